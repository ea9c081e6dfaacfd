package dev.serai.gateway;

import dev.serai.error.GatewayError;
import java.nio.charset.StandardCharsets;

/**
 * What the server says by itself, in the dialect of a request: errors and signs of life. The one thing that it must know of
 * dialects. Thread-safe.
 */
public interface OwnWords {
    /**
     * The dialect to answer in where no route says it: an unknown path, a request that cannot be read.
     *
     * @param path              the request's path, possibly empty
     * @param anthropicVersion  whether the client sent {@code anthropic-version}
     */
    String guessDialect(String path, boolean anthropicVersion);

    /** The error as a JSON body. */
    byte[] body(String dialect, GatewayError error);

    /** The error as the last event of a stream, framed as SSE. */
    byte[] event(String dialect, GatewayError error);

    /** The error as the last element of a stream that is one JSON array, comma and closing bracket included. */
    default byte[] element(String dialect, GatewayError error) {
        return event(dialect, error);
    }

    /** What may stand before, between and behind the events of a stream and says nothing, framed as SSE. */
    default byte[] keepAlive(String dialect) {
        return ": keep-alive\n\n".getBytes(StandardCharsets.US_ASCII);
    }
}
