package dev.serai.upstream.media;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A URL that may be fetched, taken apart.
 *
 * @param host   without brackets
 * @param target path and query, encoded
 */
record MediaUri(URI uri, boolean tls, String host, int port, String target) {
    private static final int MAX_HOST_LENGTH = 100;

    /** @throws MediaException if it is no URL to fetch */
    static MediaUri parse(String url, boolean plainHttp) throws MediaException {
        try {
            return of(new URI(url), plainHttp);
        } catch (URISyntaxException e) {
            throw new MediaException("its URL is not well formed");
        }
    }

    /** Where a redirect leads. */
    MediaUri redirected(String location, boolean plainHttp) throws MediaException {
        try {
            return of(uri.resolve(new URI(location)), plainHttp);
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw new MediaException("it redirects to what is no URL");
        }
    }

    private static MediaUri of(URI uri, boolean plainHttp) throws MediaException {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        boolean tls = scheme.equals("https");
        if (!tls && !(plainHttp && scheme.equals("http"))) {
            throw new MediaException(plainHttp ? "only http and https are fetched" : "only https is fetched");
        }
        if (uri.getHost() == null || uri.getRawUserInfo() != null) {
            throw new MediaException("its URL names no host, or a user");
        }
        int port = uri.getPort() < 0 ? (tls ? 443 : 80) : uri.getPort();
        if (port < 1 || port > 65_535) {
            throw new MediaException("its URL names no port that there is");
        }
        String encoded = uri.toASCIIString();
        URI ascii = URI.create(encoded);
        String path = ascii.getRawPath() == null || ascii.getRawPath().isEmpty() ? "/" : ascii.getRawPath();
        String target = ascii.getRawQuery() == null ? path : path + "?" + ascii.getRawQuery();
        return new MediaUri(uri, tls, uri.getHost().replaceAll("[\\[\\]]", ""), port, target);
    }

    /** The host of a URL for an error: as far as there is one, and nothing else of the URL, which may hold a secret. */
    static String shownHost(String url) {
        @Nullable String host;
        try {
            host = new URI(url).getHost();
        } catch (URISyntaxException e) {
            host = null;
        }
        return host == null || host.length() > MAX_HOST_LENGTH ? "an unreadable URL" : host;
    }
}
