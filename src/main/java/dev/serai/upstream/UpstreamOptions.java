package dev.serai.upstream;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Limits of the connections to providers.
 *
 * @param connectTimeout to a connection, TLS included
 * @param idleConnection how long an unused connection is kept
 * @param maxConnections per event loop and provider host; one more attempt is {@link Outcome.Unreachable}
 * @param maxHeaderBytes largest sum of an answer's headers
 * @param maxReplyBytes  largest answer that is not a stream
 * @param maxErrorBytes  how much of an error answer is read
 * @param maxEventBytes  largest event of a stream
 * @param trustPem       certificates to trust instead of the JVM's, or null
 */
public record UpstreamOptions(
        Duration connectTimeout,
        Duration idleConnection,
        int maxConnections,
        int maxHeaderBytes,
        int maxReplyBytes,
        int maxErrorBytes,
        int maxEventBytes,
        @Nullable Path trustPem) {

    /** The shipped limits. */
    public static UpstreamOptions defaults() {
        return new UpstreamOptions(
                Duration.ofSeconds(5), Duration.ofSeconds(30), 10_000, 64 << 10, 64 << 20, 64 << 10, 16 << 20, null);
    }

    public UpstreamOptions withConnectTimeout(Duration timeout) {
        return new UpstreamOptions(
                timeout,
                idleConnection,
                maxConnections,
                maxHeaderBytes,
                maxReplyBytes,
                maxErrorBytes,
                maxEventBytes,
                trustPem);
    }

    public UpstreamOptions withTrust(@Nullable Path pem) {
        return new UpstreamOptions(
                connectTimeout,
                idleConnection,
                maxConnections,
                maxHeaderBytes,
                maxReplyBytes,
                maxErrorBytes,
                maxEventBytes,
                pem);
    }
}
