package dev.serai.catalog;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where and how a provider speaks one dialect. {@code {model}} in a path stands for the URL-encoded model id.
 *
 * @param path       below the base URL, beginning with a slash; may have a query
 * @param streamPath the path for streamed answers; null: the same
 * @param auth       how requests of this dialect are authenticated; null: as the provider's others are
 * @param baseUrl    the base URL of this dialect; null: the provider's
 * @param inlineMedia whether it fetches no images and documents by URL, so that their bytes must be in the request
 */
public record Surface(
        String path,
        @Nullable String streamPath,
        @Nullable Auth auth,
        @Nullable URI baseUrl,
        boolean inlineMedia) {
    public Surface(String path, @Nullable String streamPath, @Nullable Auth auth, @Nullable URI baseUrl) {
        this(path, streamPath, auth, baseUrl, false);
    }

    /** The usual case: one path below the provider's base URL. */
    public Surface(String path) {
        this(path, null, null, null);
    }

    String path(boolean stream) {
        return stream && streamPath != null ? streamPath : path;
    }
}
