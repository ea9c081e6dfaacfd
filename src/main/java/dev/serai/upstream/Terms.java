package dev.serai.upstream;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What one attempt is held to, where that is less than what its endpoint allows. Clocks that are longer count for nothing.
 *
 * @param attempt to the whole answer, or to the first content of a stream; null for the endpoint's
 * @param idle    between two content events; null for the endpoint's
 * @param stream  from the first content of a stream to its end; null for the endpoint's
 * @param connect to a connection; null for the component's
 * @param hold    whether nothing of a stream is handed on before it is whole
 * @param gate    asked before the end of a stream that is whole goes out; null for nobody
 */
public record Terms(
        @Nullable Duration attempt,
        @Nullable Duration idle,
        @Nullable Duration stream,
        @Nullable Duration connect,
        boolean hold,
        ReplyStream.@Nullable Gate gate) {
    /** Those of the endpoint. */
    static final Terms USUAL = new Terms(null, null, null, null, false, null);

    static Duration shorter(@Nullable Duration wished, Duration allowed) {
        return wished == null || wished.compareTo(allowed) > 0 ? allowed : wished;
    }
}
