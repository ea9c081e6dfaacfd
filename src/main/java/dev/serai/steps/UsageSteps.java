package dev.serai.steps;

import dev.serai.store.StoreAwayException;
import dev.serai.store.UsageEventJson;
import dev.serai.store.UsageSinks;
import dev.serai.usage.UsageEvent;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Predicate;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers usage events to the routes that begin at {@code direct:usage} or {@code direct:usage-…}, as long as they run: to each of them all
 * events, in the order in which they were settled, some at a time, each at least once. What was delivered is noted only when the route has
 * ended without an exception. Blocks; thread-safe.
 */
public final class UsageSteps {
    private static final Logger LOG = LoggerFactory.getLogger(UsageSteps.class);
    private static final Pattern SINK = Pattern.compile("direct:(?://)?(usage(?:-[^?]+)?)(?:\\?.*)?");
    private static final int ABOUT = 200;

    /** After so long another node delivers what this one seems not to. */
    private static final Duration LEASE = Duration.ofMinutes(5);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final UsageSinks sinks;
    private final String node;
    private final boolean fromFirst;
    private final Clock clock;
    private final Set<String> busy = ConcurrentHashMap.newKeySet();
    private final Map<String, Pause> pauses = new ConcurrentHashMap<>();

    /** How long a route is left alone that has failed. */
    private record Pause(Instant until, Duration length) {}

    /**
     * An event as a route gets it.
     *
     * @param id        the same each time that it is delivered
     * @param accountId whose it is
     * @param json      all of it
     */
    public record Told(String id, String accountId, String json) {
        static Told of(UsageEvent event) {
            return new Told(
                    event.id(),
                    event.call().accountId(),
                    new String(UsageEventJson.write(event), StandardCharsets.UTF_8));
        }
    }

    /**
     * @param node      what this node is called among those that share the store
     * @param fromFirst whether a route that never had an event gets all that are kept, and not only those to come
     */
    public UsageSteps(UsageSinks sinks, String node, boolean fromFirst, Clock clock) {
        this.sinks = sinks;
        this.node = node;
        this.fromFirst = fromFirst;
        this.clock = clock;
    }

    /** The steps by the names that the route file refers to. */
    public Map<String, Processor> beans() {
        return Map.of(
                "findUsageSinks", this::find,
                "readUsage", this::read,
                "readMoreUsage", this::read,
                "noteUsage", this::note,
                "noteUsageFailure", this::noteFailure,
                "releaseUsageSink", this::release);
    }

    /** The question that the loop asks. */
    public Map<String, Predicate> questions() {
        return Map.of("isUsageRead", exchange -> exchange.getVariable(Variables.USAGE_DELIVERY) != null);
    }

    /** Those that run, have no batch in hand, and have not just failed. */
    private void find(Exchange exchange) {
        Set<String> names = running(exchange.getContext());
        pauses.keySet().retainAll(names);
        Instant now = clock.instant();
        exchange.getMessage()
                .setBody(names.stream()
                        .filter(name -> {
                            Pause pause = pauses.get(name);
                            return pause == null || !now.isBefore(pause.until());
                        })
                        .filter(busy::add)
                        .toList());
    }

    private static Set<String> running(CamelContext context) {
        Set<String> names = new TreeSet<>();
        for (Route route : context.getRoutes()) {
            Matcher uri = SINK.matcher(route.getEndpoint().getEndpointUri());
            if (uri.matches()
                    && context.getRouteController()
                            .getRouteStatus(route.getRouteId())
                            .isStarted()) {
                names.add(uri.group(1));
            }
        }
        return names;
    }

    /** The next events become the body; without any, the loop ends. */
    private void read(Exchange exchange) {
        String sink = Variables.require(exchange, Variables.USAGE_SINK, String.class);
        exchange.removeVariable(Variables.USAGE_DELIVERY);
        if (!exchange.getContext().getStatus().isStarted()) {
            return; // the next process goes on
        }
        if (!sinks.hasAfter(position(sink))
                || !sinks.claim(sink, node, clock.instant().plus(LEASE))) {
            return;
        }
        long position = position(sink); // another node may have moved it before it let go
        UsageSinks.Delivery delivery = sinks.next(position, ABOUT);
        if (!delivery.events().isEmpty()) {
            List<Told> events = delivery.events().stream().map(Told::of).toList();
            exchange.setVariable(Variables.USAGE_DELIVERY, delivery);
            exchange.setVariable(Variables.USAGE_POSITION, position);
            exchange.setVariable(Variables.USAGE_EVENTS, events);
            exchange.getMessage().removeHeaders("*");
            exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "application/json");
            exchange.getMessage().setBody(events.stream().map(Told::json).collect(Collectors.joining(",\n", "[", "]")));
        }
    }

    private long position(String sink) {
        return sinks.position(sink).orElseGet(() -> {
            if (fromFirst) {
                return 0;
            }
            long last = sinks.last();
            sinks.note(sink, last);
            return last;
        });
    }

    private void note(Exchange exchange) {
        String sink = Variables.require(exchange, Variables.USAGE_SINK, String.class);
        sinks.note(
                sink,
                Variables.require(exchange, Variables.USAGE_DELIVERY, UsageSinks.Delivery.class)
                        .position());
        if (pauses.remove(sink) != null) {
            LOG.info("usage events are delivered to direct:{} again", sink);
        }
    }

    private void noteFailure(Exchange exchange) {
        String sink = Variables.require(exchange, Variables.USAGE_SINK, String.class);
        if (!exchange.getContext().getStatus().isStarted()) {
            return;
        }
        Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        Pause pause = pauses.compute(sink, (name, before) -> {
            Duration length = before == null ? FIRST_PAUSE : before.length().multipliedBy(2);
            length = length.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : length;
            return new Pause(clock.instant().plus(length), length);
        });
        LOG.warn(
                "usage events cannot be delivered to direct:{}, and are again in {} s: {}",
                sink,
                pause.length().toSeconds(),
                failure instanceof StoreAwayException ? failure.getMessage() : String.valueOf(failure));
    }

    private void release(Exchange exchange) {
        String sink = Variables.require(exchange, Variables.USAGE_SINK, String.class);
        try {
            sinks.release(sink, node);
        } catch (StoreAwayException e) {
            LOG.debug("nobody can be told that direct:{} has had its events; it is known soon enough", sink, e);
        } finally {
            busy.remove(sink);
        }
    }
}
