package dev.serai.refresh;

import dev.serai.access.Credential;
import dev.serai.catalog.Provider;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A list of models to be fetched.
 *
 * @param provider   whose models it lists; null for a document that names several providers
 * @param url        where it is
 * @param headers    what to send with the request
 * @param credential what to authenticate with
 * @param write      whether overlays are to be written, and not only compared
 */
public record ListRequest(
        @Nullable String provider, URI url, Map<String, String> headers, Credential credential, boolean write) {
    public ListRequest {
        headers = Map.copyOf(headers);
    }

    /** A provider's own list. */
    public static ListRequest own(Provider provider, String path, Credential credential, boolean write) {
        return new ListRequest(provider.id(), URI.create(provider.url(path)), provider.headers(), credential, write);
    }

    /** What overlays call the list. */
    public String by() {
        return ListUrl.name(url);
    }
}
