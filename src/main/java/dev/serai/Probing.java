package dev.serai;

import dev.serai.access.Secrets;
import dev.serai.catalog.Catalog;
import dev.serai.failover.Probes;
import dev.serai.selection.ProviderCredentials;
import dev.serai.steps.ProbeSteps;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.ThreadPoolProfileBuilder;

/** What the route {@code probe-providers} needs in a context, beside what {@link ListFetching} puts there. */
record Probing(
        Supplier<Catalog> catalog, ProviderCredentials credentials, Probes probes, Secrets secrets, Clock clock) {
    /** The head of a list of models takes less, or says that something is wrong. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final int AT_ONCE = 4;

    void install(CamelContext context) {
        context.getRegistry().bind("quickAnswers", new QuickAnswers(PATIENCE));
        // Its threads are there while the route is, and not before it asks somebody.
        context.getExecutorServiceManager()
                .registerThreadPoolProfile(new ThreadPoolProfileBuilder("probes")
                        .poolSize(AT_ONCE)
                        .maxPoolSize(AT_ONCE)
                        .allowCoreThreadTimeOut(true)
                        .build());
        ProbeSteps.beans(catalog, credentials::of, probes, secrets, clock)
                .forEach((name, step) -> context.getRegistry().bind(name, step));
    }
}
