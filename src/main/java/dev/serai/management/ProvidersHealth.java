package dev.serai.management;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.catalog.Catalog;
import dev.serai.catalog.Provider;
import dev.serai.failover.Breakers;
import dev.serai.failover.Failover;
import dev.serai.failover.Probes;
import dev.serai.selection.ProviderCredentials;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How each provider is at this moment, as JSON: what Serai has seen of it, and nothing that would have to be asked. Holds no key.
 * {@code docs/run.md} describes the form. Thread-safe.
 */
public final class ProvidersHealth implements Resource {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Supplier<Catalog> catalog;
    private final ProviderCredentials credentials;
    private final Breakers breakers;
    private final Failover failover;
    private final Probes probes;
    private final Clock clock;

    public ProvidersHealth(
            Supplier<Catalog> catalog,
            ProviderCredentials credentials,
            Breakers breakers,
            Failover failover,
            Probes probes,
            Clock clock) {
        this.catalog = catalog;
        this.credentials = credentials;
        this.breakers = breakers;
        this.failover = failover;
        this.probes = probes;
        this.clock = clock;
    }

    @Override
    public Map<String, Function<Call, Reply>> operations() {
        return Map.of("describe-providers", call -> Reply.ok(all()));
    }

    /** Those that can be called: without a key, nobody is. */
    private ObjectNode all() {
        ObjectNode all = JSON.createObjectNode();
        ArrayNode providers = all.putArray("providers");
        for (Provider provider : catalog.get().providers()) {
            if (credentials.of(provider).isPresent()) {
                describe(provider.id(), providers.addObject());
            }
        }
        return all;
    }

    private void describe(String provider, ObjectNode out) {
        out.put("id", provider);
        out.put("requests", breakers.requests(provider));
        out.put("waiting", breakers.waiting(provider));
        ArrayNode resting = out.putArray("restingKeys");
        Instant now = clock.instant();
        failover.restingKeys(provider).forEach(left -> resting.addObject().put("until", text(now.plus(left))));
        describe(probes.last(provider), out);
        ArrayNode models = out.putArray("models");
        breakers.states(provider).forEach(state -> describe(state, models.addObject()));
    }

    private static void describe(Probes.@Nullable Probe probe, ObjectNode out) {
        if (probe == null) {
            out.putNull("probe");
            return;
        }
        ObjectNode last = out.putObject("probe");
        last.put("at", text(probe.at()));
        last.put("outcome", probe.outcome().label());
        last.put("status", probe.status() == 0 ? null : (Integer) probe.status());
        last.put("millis", probe.took().toMillis());
    }

    private static void describe(Breakers.State state, ObjectNode out) {
        out.put("id", state.model());
        out.put("breaker", state.state());
        out.put("since", text(state.since()));
        out.put("tryAgain", state.tryAgain() == null ? null : text(state.tryAgain()));
        out.put("attempts", state.attempts());
        out.put("failureRate", state.failureRate());
        out.put("slowRate", state.slowRate());
    }

    private static String text(Instant time) {
        return time.truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
