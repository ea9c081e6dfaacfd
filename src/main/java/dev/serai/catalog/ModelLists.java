package dev.serai.catalog;

import org.jspecify.annotations.Nullable;

/**
 * Where lists of a provider's models are found.
 *
 * @param path      of the provider's own list, below its base URL
 * @param modelsDev what documents of models.dev's form call the provider; null: its id
 */
public record ModelLists(String path, @Nullable String modelsDev) {
    /** Where OpenAI has its list, and most others after it. */
    public static final ModelLists USUAL = new ModelLists("/models", null);
}
