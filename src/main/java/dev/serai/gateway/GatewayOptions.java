package dev.serai.gateway;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The limits and the place of one HTTP server.
 *
 * @param host          address to listen on
 * @param port          port, 0 for any free one
 * @param eventLoops    how many listeners share the port
 * @param maxBodyBytes  largest request body, also after decompression
 * @param maxHeaderBytes largest sum of request headers
 * @param maxUrlBytes   longest request line
 * @param maxRequests   how many requests for models are served at once; one more is refused as overload
 * @param bodyTimeout   how long a client may take to send a body that is being waited for
 * @param idleTimeout   how long a connection without a request stays open; also the time for the first request's headers
 * @param stalledTimeout how long a client may take no byte of an answer that waits for it, before its connection is closed
 * @param cleartextHttp2 whether HTTP/2 is spoken without TLS, for a proxy in front that wants it. Off by default: while the server
 *     waits to learn which HTTP it is, it cannot time out a client that drips its first headers
 * @param tls           certificate and key (then HTTP/2 is agreed on inside TLS), or null for plain HTTP
 */
public record GatewayOptions(
        String host,
        int port,
        int eventLoops,
        int maxBodyBytes,
        int maxHeaderBytes,
        int maxUrlBytes,
        int maxRequests,
        Duration bodyTimeout,
        Duration idleTimeout,
        Duration stalledTimeout,
        boolean cleartextHttp2,
        @Nullable Tls tls) {

    /** PEM files of the server's certificate chain and private key. */
    public record Tls(Path certificate, Path key) {}

    /** The shipped limits. */
    public static GatewayOptions on(String host, int port) {
        int eventLoops = Math.max(2, Runtime.getRuntime().availableProcessors());
        return new GatewayOptions(
                host,
                port,
                eventLoops,
                32 << 20,
                64 << 10,
                8 << 10,
                10_000,
                Duration.ofSeconds(60),
                Duration.ofSeconds(75),
                Duration.ofMinutes(5),
                false,
                null);
    }

    public GatewayOptions withMaxBodyBytes(int bytes) {
        return new GatewayOptions(
                host,
                port,
                eventLoops,
                bytes,
                maxHeaderBytes,
                maxUrlBytes,
                maxRequests,
                bodyTimeout,
                idleTimeout,
                stalledTimeout,
                cleartextHttp2,
                tls);
    }

    public GatewayOptions withEventLoops(int loops) {
        return new GatewayOptions(
                host,
                port,
                loops,
                maxBodyBytes,
                maxHeaderBytes,
                maxUrlBytes,
                maxRequests,
                bodyTimeout,
                idleTimeout,
                stalledTimeout,
                cleartextHttp2,
                tls);
    }

    public GatewayOptions withTimeouts(Duration body, Duration idle) {
        return new GatewayOptions(
                host,
                port,
                eventLoops,
                maxBodyBytes,
                maxHeaderBytes,
                maxUrlBytes,
                maxRequests,
                body,
                idle,
                stalledTimeout,
                cleartextHttp2,
                tls);
    }

    public GatewayOptions withStalledTimeout(Duration stalled) {
        return new GatewayOptions(
                host,
                port,
                eventLoops,
                maxBodyBytes,
                maxHeaderBytes,
                maxUrlBytes,
                maxRequests,
                bodyTimeout,
                idleTimeout,
                stalled,
                cleartextHttp2,
                tls);
    }

    public GatewayOptions withCleartextHttp2() {
        return new GatewayOptions(
                host,
                port,
                eventLoops,
                maxBodyBytes,
                maxHeaderBytes,
                maxUrlBytes,
                maxRequests,
                bodyTimeout,
                idleTimeout,
                stalledTimeout,
                true,
                tls);
    }

    public GatewayOptions withTls(@Nullable Tls files) {
        return new GatewayOptions(
                host,
                port,
                eventLoops,
                maxBodyBytes,
                maxHeaderBytes,
                maxUrlBytes,
                maxRequests,
                bodyTimeout,
                idleTimeout,
                stalledTimeout,
                cleartextHttp2,
                files);
    }
}
