package dev.serai.catalog;

/**
 * A model that a provider serves.
 *
 * @param id the provider's own name for it; compared without regard to case
 */
public record Model(String id) {}
