package dev.serai.selection;

import dev.serai.access.Credential;
import dev.serai.catalog.Provider;

/**
 * One thing to try: a model at a provider, with a credential, in a dialect that the provider speaks.
 *
 * @param dialect    the id of the dialect spoken to the provider
 * @param credential what authenticates Serai there
 * @param source     whose credential it is
 */
public record Candidate(Target target, String dialect, Credential credential, KeySource source) {
    /** One with the operator's own credential. */
    public Candidate(Target target, String dialect, Credential credential) {
        this(target, dialect, credential, KeySource.MANAGED);
    }

    /** Who is asked. */
    public Provider provider() {
        return target.provider();
    }

    /** The provider's own name of the model. */
    public String model() {
        return target.model();
    }
}
