package dev.serai.command;

import dev.serai.catalog.Catalog;
import dev.serai.catalog.CatalogFiles;
import dev.serai.catalog.Provider;
import dev.serai.config.ConfigurationException;
import dev.serai.refresh.CatalogRefresh;
import dev.serai.refresh.ListRequest;
import dev.serai.refresh.Outcome;
import java.time.Clock;
import java.util.List;

/** Serai as it is installed here: its files and what works on them, without a running gateway. */
public interface Installation {
    CatalogFiles files();

    /** @throws ConfigurationException if the aliases of this installation do not fit such a catalog */
    void check(Catalog catalog) throws ConfigurationException;

    CatalogRefresh refresh();

    /**
     * Fetches a list of models through the route {@code model-list}, and takes it. Blocks.
     *
     * @throws Exception if it cannot be had, or is not to be used; the message says why
     */
    List<Outcome> fetch(ListRequest request) throws Exception;

    /** Whether there is what this provider wants to be called with. */
    boolean hasKey(Provider provider);

    Clock clock();
}
