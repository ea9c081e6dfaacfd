package dev.serai;

import dev.serai.access.Secrets;
import dev.serai.config.ConfigurationException;
import dev.serai.refresh.CatalogRefresh;
import dev.serai.steps.RefreshSteps;
import java.nio.file.Path;
import java.time.Clock;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;

/** What the routes {@code catalog-refresh} and {@code model-list} need in a context. */
final class ListFetching {
    private final CatalogRefresh refresh;
    private final String from;
    private final @Nullable Path trusted;
    private final Secrets secrets;
    private final Clock clock;

    /** @throws ConfigurationException if a setting is wrong */
    ListFetching(CatalogRefresh refresh, Options options, Secrets secrets, Clock clock) throws ConfigurationException {
        this.refresh = refresh;
        this.from = options.catalogRefreshFrom();
        this.trusted = options.upstream().trustPem();
        this.secrets = secrets;
        this.clock = clock;
    }

    CatalogRefresh refresh() {
        return refresh;
    }

    void install(CamelContext context) {
        context.getRegistry().bind("unfinishedAnswers", new UnfinishedAnswers());
        context.getRegistry().bind("listTrust", new TrustedCertificates(trusted));
        RefreshSteps.beans(refresh, from, secrets, clock)
                .forEach((name, step) -> context.getRegistry().bind(name, step));
    }
}
