package dev.serai.dialect.openai;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.dialect.JsonTree;
import dev.serai.dialect.StreamReading.Sink;
import dev.serai.sse.SseFrame;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the frames of chat completion chunks. What is the same in all of them is put together once. */
final class ChunkWriter {
    private static final byte[] DONE = "data: [DONE]\n\n".getBytes(StandardCharsets.US_ASCII);
    private static final JsonStringEncoder STRINGS = JsonStringEncoder.getInstance();

    private final String noUsage;
    private final StringBuilder chunk = new StringBuilder(512);
    private final Map<String, String> added = new LinkedHashMap<>();
    private String identity = "";
    private String head = "";

    /** @param showsUsage whether the client asked for usage: then chunks without it say so */
    ChunkWriter(boolean showsUsage) {
        noUsage = showsUsage ? ",\"usage\":null" : "";
    }

    /** What all chunks say of the answer. */
    void identify(String id, long createdEpochSeconds, String model) {
        identity = "{\"id\":" + quoted(id) + ",\"object\":\"chat.completion.chunk\",\"created\":" + createdEpochSeconds
                + ",\"model\":" + quoted(model);
        putTogether();
    }

    /** A member of all chunks from now on. */
    void add(String name, String json) {
        added.put(name, json);
        putTogether();
    }

    private void putTogether() {
        StringBuilder members = new StringBuilder("data: ").append(identity);
        added.forEach((name, json) ->
                members.append(',').append(quoted(name)).append(':').append(json));
        head = members.append(",\"choices\":[").toString();
    }

    /** More of a text. */
    void text(int choice, String field, String text, Sink out) {
        begin(choice).append('"').append(field).append("\":\"");
        STRINGS.quoteAsString(text, chunk);
        chunk.append("\"}");
        end("null", null, null, out);
    }

    /** More of the arguments of a call. */
    void arguments(int choice, int call, String text, Sink out) {
        begin(choice).append("\"tool_calls\":[{\"index\":").append(call).append(",\"function\":{\"arguments\":\"");
        STRINGS.quoteAsString(text, chunk);
        chunk.append("\"}}]}");
        end("null", null, null, out);
    }

    void delta(int choice, JsonNode delta, Sink out) {
        delta(choice, JsonTree.text(delta), out);
    }

    /** @param delta a JSON object */
    void delta(int choice, String delta, Sink out) {
        begin(choice).append(delta, 1, delta.length());
        end("null", null, null, out);
    }

    /** @param logprobs a JSON object */
    void logprobs(int choice, String logprobs, Sink out) {
        begin(choice).append("\"content\":\"\"}");
        end(logprobs, null, null, out);
    }

    void finish(int choice, String reason, @Nullable String stopSequence, Sink out) {
        begin(choice).append('}');
        end("null", reason, stopSequence, out);
    }

    /** @param usage a JSON object */
    void usage(String usage, Sink out) {
        chunk.setLength(0);
        chunk.append(head).append("],\"usage\":").append(usage);
        write(out);
    }

    void error(byte[] envelope, Sink out) {
        byte[] frame = SseFrame.of("", envelope);
        out.write(frame, 0, frame.length);
    }

    void done(Sink out) {
        out.write(DONE, 0, DONE.length);
    }

    private StringBuilder begin(int choice) {
        chunk.setLength(0);
        return chunk.append(head).append("{\"index\":").append(choice).append(",\"delta\":{");
    }

    private void end(String logprobs, @Nullable String reason, @Nullable String stopSequence, Sink out) {
        chunk.append(",\"logprobs\":").append(logprobs).append(",\"finish_reason\":");
        if (reason == null) {
            chunk.append("null");
        } else {
            chunk.append('"').append(reason).append('"');
        }
        if (stopSequence != null) {
            chunk.append(",\"stop_reason\":").append(quoted(stopSequence));
        }
        chunk.append("}]").append(noUsage);
        write(out);
    }

    private void write(Sink out) {
        // Half a surrogate pair becomes a question mark here; a JSON library's generator would refuse it.
        byte[] frame = chunk.append("}\n\n").toString().getBytes(StandardCharsets.UTF_8);
        out.write(frame, 0, frame.length);
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 16).append('"');
        STRINGS.quoteAsString(text, quoted);
        return quoted.append('"').toString();
    }
}
