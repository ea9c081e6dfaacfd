package dev.serai.upstream.media;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How far Serai goes for what requests name by URL.
 *
 * @param enabled          whether it fetches anything
 * @param privateAddresses whether also from addresses that are not public: loopback, private networks, link-local, cloud metadata
 * @param plainHttp        whether also without TLS
 * @param maxBytes         the most of one request, all its URLs together
 * @param maxUrls          the most URLs of one request
 * @param timeout          for all URLs of a request, redirects included
 * @param trustPem         certificates to trust instead of the JVM's, or null
 */
public record MediaOptions(
        boolean enabled,
        boolean privateAddresses,
        boolean plainHttp,
        int maxBytes,
        int maxUrls,
        Duration timeout,
        @Nullable Path trustPem) {}
