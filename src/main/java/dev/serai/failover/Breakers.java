package dev.serai.failover;

import dev.serai.selection.Health;
import dev.serai.selection.Target;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.circuitbreaker.IllegalStateTransitionException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A circuit breaker for each model at each provider, and so many places for requests at each provider. Models that the catalog does not
 * list share one breaker with their like at the same provider: their names are inventions of clients. An open breaker costs an attempt
 * nothing; after its pause one attempt at a time may try again. Thread-safe.
 */
public final class Breakers implements Health {
    private static final Logger LOG = LoggerFactory.getLogger(Breakers.class);
    private static final String UNLISTED = "*";

    private final Map<Target.Key, Guarded> breakers = new ConcurrentHashMap<>();
    private final Map<String, Places> places = new ConcurrentHashMap<>();
    private final CircuitBreaker never = CircuitBreaker.ofDefaults("never");
    private final Supplier<FailoverPolicy> policy;
    private final Clock clock;
    private volatile Watcher watcher = (provider, model, state) -> {};

    /** A breaker, the rule it was made by, and since when it is as it is. */
    private static final class Guarded {
        private final FailoverPolicy.BreakerRule rule;
        private final CircuitBreaker breaker;
        private volatile Instant since;

        Guarded(FailoverPolicy.BreakerRule rule, CircuitBreaker breaker, Instant since) {
            this.rule = rule;
            this.breaker = breaker;
            this.since = since;
        }

        /** From when on it may be tried again, if it is open. */
        Instant tryAgain() {
            return since.plus(rule.pause());
        }

        /** Of the rates that have no value before there are enough attempts. */
        private static @Nullable Double share(float percent) {
            return percent < 0 ? null : percent / 100.0;
        }

        State state(Target.Key key) {
            CircuitBreaker.State state = breaker.getState();
            return new State(
                    key.provider(),
                    key.model(),
                    state.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                    since,
                    state == CircuitBreaker.State.OPEN ? tryAgain() : null,
                    share(breaker.getMetrics().getFailureRate()),
                    share(breaker.getMetrics().getSlowCallRate()),
                    breaker.getMetrics().getNumberOfBufferedCalls());
        }
    }

    /** Told of each target whose attempts are counted, when that begins. */
    @FunctionalInterface
    public interface Watcher {
        /** @param state 0 closed, 1 half open, 2 open, at the time of asking */
        void watch(String provider, String model, Supplier<Number> state);
    }

    /**
     * How one breaker is.
     *
     * @param model       {@code *} for all that the catalog does not list
     * @param state       {@code closed}, {@code open} or {@code half-open}
     * @param since       when that began
     * @param tryAgain    from when on it may be tried again; null if it is not open
     * @param failureRate the share of failures among the attempts that count, 0 to 1; null if they are too few to decide
     * @param slowRate    the share of slow ones, likewise
     * @param attempts    how many attempts count by now
     */
    public record State(
            String provider,
            String model,
            String state,
            Instant since,
            @Nullable Instant tryAgain,
            @Nullable Double failureRate,
            @Nullable Double slowRate,
            int attempts) {}

    public Breakers(Supplier<FailoverPolicy> policy, Clock clock) {
        this.policy = policy;
        never.transitionToDisabledState();
        this.clock = clock;
    }

    /** Says who wants to know of the targets that are counted from now on. */
    public void watchedBy(Watcher whoever) {
        watcher = whoever;
    }

    /** What who wants to ask a target is told. */
    public sealed interface Entry permits Pass, Refusal {}

    /** Why an attempt may not be made now. */
    public enum Refusal implements Entry {
        /** Too many attempts have failed of late. */
        LEFT_ALONE,
        /** The provider has as many requests as it may have. */
        FULL
    }

    /** Somebody who waits for a place. */
    @FunctionalInterface
    public interface Waiting {
        /** Waits no longer. False if the waiting is over: what came of it has been told, or will be in a moment. Any thread. */
        boolean giveUp();
    }

    /** One attempt that may be made; it says how it ended, once. For one thread at a time. */
    public static final class Pass implements Entry {
        private final CircuitBreaker breaker;
        private final Places places;
        private boolean judged;
        private boolean left;

        private Pass(CircuitBreaker breaker, Places places) {
            this.breaker = breaker;
            this.places = places;
        }

        /** It answered, or began to. */
        public void answered(long nanos) {
            if (!judged) {
                judged = true;
                breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
            }
        }

        /** It failed; also after it had begun to answer. */
        public void failed(Fault fault, long nanos) {
            if (fault.isProvidersFault()) {
                judged = true;
                breaker.onError(nanos, TimeUnit.NANOSECONDS, new Failed(fault));
            }
        }

        /** Nothing more will be heard of it. */
        public void leave() {
            if (!left) {
                left = true;
                if (!judged) {
                    breaker.releasePermission(); // before somebody else has the place, and needs the permission
                }
                places.leave();
            }
        }
    }

    /** Resilience4j wants to know what was thrown; here nothing is. */
    private static final class Failed extends Exception {
        private static final long serialVersionUID = 1L;

        Failed(Fault fault) {
            super(fault.label(), null, false, false);
        }
    }

    /** Lets an attempt pass, or says why not. */
    public Entry enter(Target target) {
        Places of = places(target.provider().key());
        if (!of.take()) {
            return isHealthy(target) ? Refusal.FULL : Refusal.LEFT_ALONE;
        }
        Entry entry = admit(target, of);
        if (entry == Refusal.LEFT_ALONE) {
            of.leave();
        }
        return entry;
    }

    /**
     * Waits until the provider has a place for this attempt, behind those who wait already. As many may wait as there are places.
     *
     * @param then told once what came of it, unless the waiting is given up: a pass that has to be left, or that the target is left alone
     *     by now. Called by whatever thread gave the place back, perhaps before this returns; it has to be quick.
     * @return null if too many wait: nothing will be told
     */
    public @Nullable Waiting await(Target target, Consumer<Entry> then) {
        Places of = places(target.provider().key());
        Places.Turn turn = () -> {
            Entry entry = admit(target, of);
            then.accept(entry);
            return entry != Refusal.LEFT_ALONE;
        };
        return of.join(turn) ? () -> of.giveUp(turn) : null;
    }

    /** Of an attempt that has a place. */
    private Entry admit(Target target, Places of) {
        FailoverPolicy.BreakerRule rule = policy.get().breaker();
        CircuitBreaker breaker = rule.enabled() ? of(key(target), rule) : never;
        return breaker.tryAcquirePermission() ? new Pass(breaker, of) : Refusal.LEFT_ALONE;
    }

    private Places places(String provider) {
        Places known = places.get(provider);
        return known != null
                ? known
                : places.computeIfAbsent(
                        provider, id -> new Places(() -> policy.get().breaker().maxInFlight()));
    }

    /** How many requests this provider has now. */
    public int requests(String provider) {
        Places known = places.get(provider);
        return known == null ? 0 : known.taken();
    }

    /** How many requests wait for a place at this provider now. */
    public int waiting(String provider) {
        Places known = places.get(provider);
        return known == null ? 0 : known.waiting();
    }

    /** A target whose pause is over counts as healthy: whoever is always tried last would never be tried again. */
    @Override
    public boolean isHealthy(Target target) {
        Guarded known = breakers.get(key(target));
        return known == null
                || known.breaker.getState() != CircuitBreaker.State.OPEN
                || !policy.get().breaker().enabled()
                || !clock.instant().isBefore(known.tryAgain());
    }

    /**
     * Its list of models was had: those of its models that have been left alone since before it was asked may be tried at once, by one
     * attempt at a time, although their pause is not over. That a list is not had opens nothing: answers may be had all the same.
     */
    public void reached(String provider, Instant asked) {
        breakers.forEach((key, known) -> {
            if (key.provider().equals(provider)
                    && known.since.isBefore(asked)
                    && known.breaker.getState() == CircuitBreaker.State.OPEN) {
                tryAgain(known.breaker);
            }
        });
    }

    private static void tryAgain(CircuitBreaker open) {
        try {
            open.transitionToHalfOpenState();
        } catch (IllegalStateTransitionException changedMeanwhile) {
            LOG.atDebug().addKeyValue("breaker", open.getName()).log("no longer open");
        }
    }

    /** Those of this provider that have been used, in the order of their models; none while breakers are switched off. */
    public List<State> states(String provider) {
        if (!policy.get().breaker().enabled()) {
            return List.of();
        }
        List<State> states = new ArrayList<>();
        breakers.forEach((key, known) -> {
            if (key.provider().equals(provider)) {
                states.add(known.state(key));
            }
        });
        states.sort(Comparator.comparing(State::model));
        return states;
    }

    /** A changed rule begins anew, with a closed breaker. */
    private CircuitBreaker of(Target.Key key, FailoverPolicy.BreakerRule rule) {
        Guarded known = breakers.get(key);
        if (known == null || !known.rule.equals(rule)) {
            known = breakers.compute(
                    key, (same, now) -> now == null || !now.rule.equals(rule) ? make(same, rule) : now);
        }
        return known.breaker;
    }

    private static Target.Key key(Target target) {
        return target.facts() == null ? new Target.Key(target.provider().key(), UNLISTED) : target.key();
    }

    private Guarded make(Target.Key key, FailoverPolicy.BreakerRule rule) {
        CircuitBreaker breaker = CircuitBreaker.of(key.provider() + ":" + key.model(), config(rule));
        Guarded made = new Guarded(rule, breaker, clock.instant());
        breaker.getEventPublisher().onStateTransition(event -> {
            made.since = clock.instant();
            LOG.atWarn()
                    .addKeyValue("provider", key.provider())
                    .addKeyValue("model", key.model())
                    .addKeyValue("from", event.getStateTransition().getFromState())
                    .addKeyValue("to", event.getStateTransition().getToState())
                    .log("circuit breaker");
        });
        watcher.watch(key.provider(), key.model(), () -> state(key));
        return made;
    }

    private int state(Target.Key key) {
        Guarded known = breakers.get(key);
        return known == null
                ? 0
                : switch (known.breaker.getState()) {
                    case OPEN, FORCED_OPEN -> 2;
                    case HALF_OPEN -> 1;
                    case CLOSED, DISABLED, METRICS_ONLY -> 0;
                };
    }

    private CircuitBreakerConfig config(FailoverPolicy.BreakerRule rule) {
        return CircuitBreakerConfig.custom()
                .slidingWindowType(SlidingWindowType.COUNT_BASED)
                .slidingWindowSize(rule.calls())
                .minimumNumberOfCalls(rule.minimum())
                .failureRateThreshold((float) rule.failures() * 100)
                .slowCallDurationThreshold(rule.slow())
                .slowCallRateThreshold((float) rule.slowShare() * 100)
                .waitDurationInOpenState(rule.pause())
                .permittedNumberOfCallsInHalfOpenState(1)
                .writableStackTraceEnabled(false)
                .clock(clock)
                .build();
    }
}
