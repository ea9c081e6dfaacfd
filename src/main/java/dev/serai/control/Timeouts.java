package dev.serai.control;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The clocks of a request; null: as it is set for everybody.
 *
 * @param connect       to a connection with a provider
 * @param perRequest    one attempt: to the whole answer, or to the first content of a stream
 * @param total         all attempts, to the first content that the client gets
 * @param streamIdle    between two content events
 * @param longestStream from the first content of a stream to its end
 */
public record Timeouts(
        @Nullable Duration connect,
        @Nullable Duration perRequest,
        @Nullable Duration total,
        @Nullable Duration streamIdle,
        @Nullable Duration longestStream) {
    public static final Timeouts NONE = new Timeouts(null, null, null, null, null);
    private static final Duration LONGEST = Duration.ofHours(24);

    public Timeouts {
        check("connect", connect);
        check("perRequest", perRequest);
        check("total", total);
        check("streamIdle", streamIdle);
        check("longestStream", longestStream);
    }

    static void check(String field, @Nullable Duration duration) {
        if (duration != null && (duration.toMillis() < 1 || duration.compareTo(LONGEST) > 0)) {
            throw new IllegalArgumentException(field + " must be a time from 1ms to 24h");
        }
    }
}
