package dev.serai.reload;

import dev.serai.catalog.Catalog;

/** The routes of providers, one each. Called by one thread at a time. */
public interface ProviderRoutes {
    /**
     * Makes routes for the providers that have none. Afterwards a request may be sent to any of them.
     *
     * @throws Exception if that fails; then none is made
     */
    void prepare(Catalog next) throws Exception;

    /**
     * Lets go of the routes of providers that are not in this catalog, each when no request can need it any more. To be called
     * again and again.
     */
    void release(Catalog inForce);
}
