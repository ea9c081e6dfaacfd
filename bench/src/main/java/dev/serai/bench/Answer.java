package dev.serai.bench;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a request asks the pretend provider for. The wish stands in the text of a message ({@code chunks=20 gap=100}),
 * because a gateway may drop headers but never words.
 *
 * @param streamed whether the answer is an event stream
 * @param chunks   content events of the stream
 * @param gap      the time between two of them; zero sends all at once
 */
record Answer(boolean streamed, int chunks, Duration gap) {
    private static final Pattern STREAMED = Pattern.compile("\"stream\"\\s*:\\s*true");
    private static final Pattern CHUNKS = Pattern.compile("\\bchunks=(\\d{1,6})");
    private static final Pattern GAP = Pattern.compile("\\bgap=(\\d{1,6})");

    /** Finds the wish in the body of a request; without one, a stream is a single chunk. */
    static Answer to(String body) {
        return new Answer(
                STREAMED.matcher(body).find(),
                number(CHUNKS.matcher(body), 1),
                Duration.ofMillis(number(GAP.matcher(body), 0)));
    }

    /** The same wish as words for a message. */
    String words() {
        return "chunks=" + chunks + " gap=" + gap.toMillis();
    }

    private static int number(Matcher matcher, int otherwise) {
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : otherwise;
    }
}
