package dev.serai.selection;

import dev.serai.access.Credential;
import dev.serai.catalog.Provider;
import java.util.List;

/** With what a request may be authenticated at providers. Thread-safe, and never waits. */
@FunctionalInterface
public interface Credentials {
    /**
     * A credential and whose it is.
     *
     * @param credential registered with the secrets that are masked
     */
    record Owned(Credential credential, KeySource source) {}

    /**
     * What may be sent with a request, in the order in which to try it; empty if that asks for a key and there is none.
     *
     * @param model   the provider's own name of it
     * @param dialect what is spoken to the provider
     */
    List<Owned> of(Provider provider, String model, String dialect);
}
