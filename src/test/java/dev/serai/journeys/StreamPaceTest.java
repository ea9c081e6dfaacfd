package dev.serai.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.RunningSerai;
import dev.serai.testing.RawClient;
import dev.serai.testing.RawServer;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A stream reaches the client at the pace of the provider. */
@Timeout(60)
class StreamPaceTest {
    @RegisterExtension
    static final Journey JOURNEY = new Journey();

    private static final int CHUNKS = 20;
    private static final long GAP_MILLIS = 50;
    private static final double CLOSE_MILLIS = 5;

    private static String path(String dialect) {
        return switch (dialect) {
            case "messages" -> "/v1/messages";
            case "responses" -> "/v1/responses";
            default -> "/v1/chat/completions";
        };
    }

    private static String delta(String dialect, int number) {
        String text = "\"word " + number + "\"";
        return switch (dialect) {
            case "messages" ->
                "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,"
                        + "\"delta\":{\"type\":\"text_delta\",\"text\":" + text + "}}\n\n";
            case "responses" ->
                "event: response.output_text.delta\ndata: {\"type\":\"response.output_text.delta\","
                        + "\"sequence_number\":" + number + ",\"item_id\":\"m\",\"output_index\":0,\"content_index\":0,"
                        + "\"delta\":" + text + ",\"logprobs\":[]}\n\n";
            default ->
                "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":" + text + "},\"finish_reason\":null}]}\n\n";
        };
    }

    private static RawClient ask(String dialect) throws IOException {
        RawClient client = JOURNEY.raw()
                .post(
                        path(dialect),
                        "{\"model\":\"raw:caravan\",\"stream\":true}",
                        "Authorization: Bearer " + RunningSerai.KEY);
        client.readHead();
        return client;
    }

    @ParameterizedTest
    @ValueSource(strings = {"chat", "messages", "responses"})
    void no_chunk_waits_for_the_next_one(String dialect) throws Exception {
        Semaphore seen = new Semaphore(1);
        JOURNEY.provider().answers((request, connection) -> {
            connection.write(RawServer.streamHead());
            for (int i = 0; i < CHUNKS; i++) {
                seen.acquire(); // the client has the chunk before
                connection.write(RawServer.chunk(delta(dialect, i)));
            }
            connection.close();
        });
        try (RawClient client = ask(dialect)) {
            for (int i = 0; i < CHUNKS; i++) {
                assertThat(client.readChunk()).isEqualTo(delta(dialect, i));
                seen.release();
            }
        }
    }

    /**
     * Measured again, a few times, if the machine was so busy that the provider itself did not keep its pace, or that the client
     * came late: a gateway that holds events back does so every time. That chunks are never merged is shown above: here a machine
     * that stalls for 50 ms may merge two.
     */
    @ParameterizedTest
    @ValueSource(strings = {"chat", "messages", "responses"})
    void the_gaps_at_the_client_are_those_of_the_provider(String dialect) throws Exception {
        Run paced = null;
        for (int attempt = 1; attempt <= 5 && (paced == null || !paced.isAsSent()); attempt++) {
            Run run = stream(dialect);
            System.out.println(dialect + ": " + run);
            paced = longest(run.gapsAtProvider()) < 1.5 * GAP_MILLIS ? run : paced;
        }
        Assumptions.assumeTrue(paced != null, "this machine is too busy to keep a pace of 50 ms");
        assertThat(paced).matches(Run::isAsSent);
    }

    /** When each chunk was sent by the provider, and when it came to the client. */
    private record Run(long[] sentAt, long[] cameAt, int merged) {
        /** Whether the client had them as soon, and as far apart, as the provider sent them. */
        boolean isAsSent() {
            return Math.abs(median(gapsAtClient()) - median(gapsAtProvider())) <= CLOSE_MILLIS
                    && median(delays()) < CLOSE_MILLIS;
        }

        double[] gapsAtProvider() {
            return gaps(sentAt);
        }

        double[] gapsAtClient() {
            return gaps(cameAt);
        }

        double[] delays() {
            double[] delays = new double[CHUNKS];
            Arrays.setAll(delays, i -> (cameAt[i] - sentAt[i]) / 1e6);
            return delays;
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "gaps at the client: median %.2f ms, longest %.2f ms; at the provider: median %.2f ms, longest %.2f ms;"
                            + " on the way: median %.2f ms; merged: %d",
                    median(gapsAtClient()),
                    longest(gapsAtClient()),
                    median(gapsAtProvider()),
                    longest(gapsAtProvider()),
                    median(delays()),
                    merged);
        }
    }

    private static Run stream(String dialect) throws Exception {
        long[] sentAt = new long[CHUNKS];
        JOURNEY.provider().answers((request, connection) -> {
            connection.write(RawServer.streamHead());
            long start = System.nanoTime();
            for (int i = 0; i < CHUNKS; i++) {
                waitUntil(start + i * TimeUnit.MILLISECONDS.toNanos(GAP_MILLIS));
                sentAt[i] = System.nanoTime();
                connection.write(RawServer.chunk(delta(dialect, i)));
            }
            connection.close();
        });
        long[] cameAt = new long[CHUNKS];
        int chunks = 0;
        try (RawClient client = ask(dialect)) {
            for (int i = 0; i < CHUNKS; chunks++) {
                int events = client.readChunk().split("\n\n", -1).length - 1;
                Arrays.fill(cameAt, i, i + events, System.nanoTime());
                i += events;
            }
        }
        return new Run(sentAt, cameAt, CHUNKS - chunks);
    }

    private static void waitUntil(long nanos) {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static double[] gaps(long[] times) {
        double[] gaps = new double[times.length - 1];
        Arrays.setAll(gaps, i -> (times[i + 1] - times[i]) / 1e6);
        return gaps;
    }

    private static double longest(double[] gaps) {
        return Arrays.stream(gaps).max().orElseThrow();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
