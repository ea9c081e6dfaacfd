package dev.serai;

import dev.serai.catalog.Catalog;
import dev.serai.catalog.Provider;
import dev.serai.reload.ProviderRoutes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the route of each provider from the template {@code provider}. A route knows its provider by id alone and reads the rest
 * from the candidate of the request, so that a changed provider keeps its route, and a request the provider it began with.
 *
 * <p>A request plans its candidates once, and may come to the last of them long after. So the route of a provider that is gone
 * stays for a while: {@link #GRACE}, or less if more than {@link #MAX_IDLE} are waiting.
 */
final class TemplateRoutes implements ProviderRoutes {
    static final Duration GRACE = Duration.ofMinutes(10);
    static final int MAX_IDLE = 32;

    /** An idle route stops at once; this is for one that a request enters at the same moment. */
    private static final int STOP_SECONDS = 5;

    private static final Logger LOG = LoggerFactory.getLogger(TemplateRoutes.class);

    private final Clock clock;
    private final Set<String> made = new LinkedHashSet<>();
    private final Map<String, Instant> idleSince = new LinkedHashMap<>();
    private @Nullable CamelContext context;

    TemplateRoutes(Clock clock) {
        this.clock = clock;
    }

    /** Makes the routes of this catalog, and from now on those of others, in this context, which has the template already. */
    synchronized void begin(CamelContext withTemplate, Catalog catalog) throws Exception {
        context = withTemplate;
        prepare(catalog);
    }

    @Override
    public synchronized void prepare(Catalog next) throws Exception {
        CamelContext target = context;
        if (target == null || target.isStopping()) {
            return; // too early: begin() asks again; or too late: whoever stops the context waits for this thread
        }
        List<String> added = new ArrayList<>();
        try {
            for (String name : names(next)) {
                if (made.add(name)) {
                    added.add(name);
                    add(target, name);
                }
            }
        } catch (Exception e) {
            added.forEach(id -> remove(target, id));
            throw e;
        }
    }

    private static List<String> names(Catalog catalog) {
        List<String> names = new ArrayList<>(List.of(Provider.OF_ACCOUNTS));
        catalog.providers().forEach(provider -> names.add(provider.route()));
        return names;
    }

    @Override
    public synchronized void release(Catalog inForce) {
        CamelContext target = context;
        if (target == null || !target.getStatus().isStarted()) {
            return;
        }
        idleSince.keySet().removeIf(id -> inForce.provider(id) != null);
        for (String id : made) {
            if (inForce.provider(id) == null && !id.equals(Provider.OF_ACCOUNTS)) {
                idleSince.putIfAbsent(id, clock.instant());
            }
        }
        due().forEach(id -> remove(target, id));
    }

    private List<String> due() {
        Instant longAgo = clock.instant().minus(GRACE);
        List<String> due = new ArrayList<>();
        int tooMany = idleSince.size() - MAX_IDLE;
        for (Map.Entry<String, Instant> idle : idleSince.entrySet()) {
            if (due.size() < tooMany || !idle.getValue().isAfter(longAgo)) {
                due.add(idle.getKey());
            }
        }
        return due;
    }

    private static void add(CamelContext context, String provider) throws Exception {
        TemplatedRouteBuilder.builder(context, "provider")
                .routeId(routeId(provider))
                .prefixId(provider)
                .parameter("provider", provider)
                .add();
    }

    /** Leaves a route alone that has a request in it: the next look is soon enough. */
    private void remove(CamelContext context, String provider) {
        String route = routeId(provider);
        if (context.getInflightRepository().size(route) > 0) {
            return;
        }
        try {
            if (context.getRoute(route) == null
                    || context.getRouteController().stopRoute(route, STOP_SECONDS, TimeUnit.SECONDS, true)) {
                context.removeRoute(route);
                made.remove(provider);
                idleSince.remove(provider);
            }
        } catch (Exception e) {
            LOG.atWarn()
                    .setCause(e)
                    .addKeyValue("route", route)
                    .log("the route of a former provider cannot be removed");
        }
    }

    private static String routeId(String provider) {
        return "provider-" + provider;
    }
}
