package dev.serai.steps;

import dev.serai.access.Credential;
import dev.serai.catalog.Catalog;
import dev.serai.catalog.Provider;
import dev.serai.failover.Probes;
import dev.serai.refresh.ListRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Which providers to probe: those that have a list, and whatever it takes to be asked for it. A server of local models that had none is
 * not running, and left out. The body becomes a list of {@link ListRequest}s.
 */
final class ChooseProbes implements Processor {
    private final Supplier<Catalog> catalog;
    private final Function<Provider, Optional<Credential>> credentials;
    private final Probes probes;

    ChooseProbes(Supplier<Catalog> catalog, Function<Provider, Optional<Credential>> credentials, Probes probes) {
        this.catalog = catalog;
        this.credentials = credentials;
        this.probes = probes;
    }

    @Override
    public void process(Exchange exchange) {
        List<ListRequest> requests = new ArrayList<>();
        for (Provider provider : catalog.get().providers()) {
            String path = provider.modelLists().path();
            Optional<Credential> credential = credentials.apply(provider);
            boolean isRunning = !provider.discoverModels() || !provider.models().isEmpty();
            if (path != null && credential.isPresent() && isRunning) {
                requests.add(ListRequest.own(provider, path, credential.get(), false));
            }
        }
        probes.keepOnly(requests.stream().map(ListRequest::provider).toList());
        exchange.getMessage().setBody(requests);
    }
}
