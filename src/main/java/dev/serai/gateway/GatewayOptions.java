package dev.serai.gateway;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
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
 * @param load          how many requests for models are served at once, and what becomes of one more
 * @param bodyTimeout   how long a client may take to send a body that is being waited for
 * @param idleTimeout   how long a connection without a request stays open; also the time for the first request's headers
 * @param stalledTimeout how long a client may take no byte of an answer that waits for it, before its connection is closed
 * @param keepAlive     how long a client that awaits a stream hears nothing before it gets a sign of life; zero for none at all
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
        LoadOptions load,
        Duration bodyTimeout,
        Duration idleTimeout,
        Duration stalledTimeout,
        Duration keepAlive,
        boolean cleartextHttp2,
        @Nullable Tls tls) {

    /** PEM files of the server's certificate chain and private key. */
    public record Tls(Path certificate, Path key) {}

    /** The shipped limits; no keep-alives. */
    public static GatewayOptions on(String host, int port) {
        return new Builder(host, port).build();
    }

    /** The same but for what is changed. */
    public GatewayOptions with(Consumer<Builder> changes) {
        Builder builder = new Builder(this);
        changes.accept(builder);
        return builder.build();
    }

    /** Options one by one. Not thread-safe. */
    public static final class Builder {
        private final String host;
        private final int port;
        private int eventLoops = Math.max(2, Runtime.getRuntime().availableProcessors());
        private int maxBodyBytes = 32 << 20;
        private int maxHeaderBytes = 64 << 10;
        private int maxUrlBytes = 8 << 10;
        private LoadOptions load = LoadOptions.SHIPPED;
        private Duration bodyTimeout = Duration.ofSeconds(60);
        private Duration idleTimeout = Duration.ofSeconds(75);
        private Duration stalledTimeout = Duration.ofMinutes(5);
        private Duration keepAlive = Duration.ZERO;
        private boolean cleartextHttp2;
        private @Nullable Tls tls;

        private Builder(String host, int port) {
            this.host = host;
            this.port = port;
        }

        private Builder(GatewayOptions options) {
            this(options.host, options.port);
            eventLoops = options.eventLoops;
            maxBodyBytes = options.maxBodyBytes;
            maxHeaderBytes = options.maxHeaderBytes;
            maxUrlBytes = options.maxUrlBytes;
            load = options.load;
            bodyTimeout = options.bodyTimeout;
            idleTimeout = options.idleTimeout;
            stalledTimeout = options.stalledTimeout;
            keepAlive = options.keepAlive;
            cleartextHttp2 = options.cleartextHttp2;
            tls = options.tls;
        }

        public Builder eventLoops(int loops) {
            eventLoops = loops;
            return this;
        }

        public Builder maxBodyBytes(int bytes) {
            maxBodyBytes = bytes;
            return this;
        }

        public Builder maxHeaderBytes(int bytes) {
            maxHeaderBytes = bytes;
            return this;
        }

        public Builder maxUrlBytes(int bytes) {
            maxUrlBytes = bytes;
            return this;
        }

        public Builder load(LoadOptions options) {
            load = options;
            return this;
        }

        public Builder bodyTimeout(Duration time) {
            bodyTimeout = time;
            return this;
        }

        public Builder idleTimeout(Duration time) {
            idleTimeout = time;
            return this;
        }

        public Builder stalledTimeout(Duration time) {
            stalledTimeout = time;
            return this;
        }

        /** Zero for none. */
        public Builder keepAlive(Duration silence) {
            keepAlive = silence;
            return this;
        }

        public Builder cleartextHttp2(boolean spoken) {
            cleartextHttp2 = spoken;
            return this;
        }

        public Builder tls(@Nullable Tls files) {
            tls = files;
            return this;
        }

        private GatewayOptions build() {
            return new GatewayOptions(
                    host,
                    port,
                    eventLoops,
                    maxBodyBytes,
                    maxHeaderBytes,
                    maxUrlBytes,
                    load,
                    bodyTimeout,
                    idleTimeout,
                    stalledTimeout,
                    keepAlive,
                    cleartextHttp2,
                    tls);
        }
    }
}
