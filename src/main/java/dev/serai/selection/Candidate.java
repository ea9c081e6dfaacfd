package dev.serai.selection;

import dev.serai.access.Credential;
import dev.serai.catalog.Provider;

/**
 * One thing to try: a model, at a provider, with a credential, in a dialect that the provider speaks.
 *
 * @param provider   who is asked
 * @param model      the provider's own name of the model
 * @param dialect    the id of the dialect spoken to the provider
 * @param credential what authenticates Serai there
 */
public record Candidate(Provider provider, String model, String dialect, Credential credential) {}
