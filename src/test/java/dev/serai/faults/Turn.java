package dev.serai.faults;

import dev.serai.testing.RawServer;
import dev.serai.testing.RawServer.Connection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/**
 * One request at the {@link FaultServer}, and what can be done to it.
 *
 * @param number which request of its case it is, from 1
 */
record Turn(Connection connection, Tongue tongue, boolean streamed, int number) {
    /** What a provider does to a request. */
    @FunctionalInterface
    interface Deed {
        void to(Turn turn) throws IOException, InterruptedException;

        /** This, and from the second request on a good answer. */
        default Deed once() {
            return turn -> (turn.number == 1 ? this : (Deed) Turn::answer).to(turn);
        }
    }

    static final String SPEAKER = "first";

    void answer() throws IOException {
        connection.write(streamed ? RawServer.streamHead() + chunks(events()) + RawServer.lastChunk() : wholeAnswer());
    }

    String body() {
        return streamed ? String.join("", events()) : tongue.whole(Tongue.text(SPEAKER));
    }

    String wholeAnswer() {
        return RawServer.json(200, tongue.whole(Tongue.text(SPEAKER)));
    }

    List<String> events() {
        return tongue.events(Tongue.words(SPEAKER));
    }

    /** The events up to and including this many words. */
    List<String> begun(int words) {
        int opening = tongue == Tongue.CHAT ? 1 : 2;
        return events().subList(0, opening + words);
    }

    static String chunks(List<String> events) {
        StringBuilder chunks = new StringBuilder();
        events.forEach(event -> chunks.append(RawServer.chunk(event)));
        return chunks.toString();
    }

    /** Begins a stream, and says so many words of it. */
    void begin(int words) throws IOException {
        connection.write(RawServer.streamHead() + chunks(begun(words)));
    }

    void refuse(int status, String code, String message, String... headers) throws IOException {
        String answer = RawServer.json(status, tongue.error(code, message));
        String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        connection.write(answer.replaceFirst("Content-Length", more + "Content-Length"));
    }

    void answerEmpty() throws IOException {
        connection.write(RawServer.response(200, type(), ""));
    }

    /** Answers with a head of one's own before the usual body. */
    void answerWithHead(String more, byte[] body) throws IOException {
        connection.write("HTTP/1.1 200 OK\r\nContent-Type: " + type() + "\r\n" + more + "Content-Length: " + body.length
                + "\r\n\r\n");
        connection.write(body);
    }

    String type() {
        return streamed ? "text/event-stream" : "application/json";
    }

    byte[] bodyBytes() {
        return body().getBytes(StandardCharsets.UTF_8);
    }

    byte[] gzipped() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bodyBytes());
        }
        return packed.toByteArray();
    }

    /** Says nothing more, and waits until nobody listens any more. */
    void hang() throws IOException {
        connection.waitUntilClientLeaves();
        connection.close();
    }
}
