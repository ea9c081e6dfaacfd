package dev.serai.selection;

import dev.serai.catalog.Provider;

/**
 * What a model name turned out to mean.
 *
 * @param model the provider's own name of the model
 */
public record Target(Provider provider, String model) {}
