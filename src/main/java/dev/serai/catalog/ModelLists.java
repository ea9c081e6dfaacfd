package dev.serai.catalog;

import org.jspecify.annotations.Nullable;

/**
 * Where lists of a provider's models are found.
 *
 * @param path      of the provider's own list, below its base URL; null if it has none that says what it serves
 * @param modelsDev what documents of models.dev's form call the provider; null if they are not to be used for it
 */
public record ModelLists(@Nullable String path, @Nullable String modelsDev) {
    /** There are none. */
    public static final ModelLists NONE = new ModelLists(null, null);

    /** The path that OpenAI chose, and most others after it. */
    static ModelLists usual(String providerId) {
        return new ModelLists("/models", providerId);
    }
}
