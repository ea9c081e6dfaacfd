package dev.serai.secrets;

import dev.serai.access.Secret;
import dev.serai.access.Secrets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The values of references as they were when they were asked for last. One that was had once stays good until there is another, also
 * while nobody can be asked: a key that may have been replaced is better than none. Thread-safe.
 */
public final class ReferenceValues {
    private static final Logger LOG = LoggerFactory.getLogger(ReferenceValues.class);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(30);

    private final References references;
    private final Secrets masked;
    private final Clock clock;
    private final Duration every;
    private final Map<String, Held> held = new ConcurrentHashMap<>();

    /** @param problem why it was not had when it was asked for last; null if it was */
    private record Held(@Nullable Secret value, @Nullable String problem, Instant askedAt) {}

    /**
     * @param masked where values are registered before anybody gets them
     * @param every  how often to ask for what lies elsewhere than on this machine
     */
    public ReferenceValues(References references, Secrets masked, Clock clock, Duration every) {
        this.references = references;
        this.masked = masked;
        this.clock = clock;
        this.every = every;
    }

    /** @throws ReferenceException like {@link References#check} */
    public void check(String expression) {
        references.check(expression);
    }

    /** The value; empty if there never was one. Asks, and blocks, the first time. */
    public Optional<Secret> value(String expression) {
        return Optional.ofNullable(
                held.computeIfAbsent(expression, any -> ask(any, null)).value());
    }

    /** Why the value could not be had when it was asked for last. Asks nobody. */
    public Optional<String> problem(String expression) {
        Held last = held.get(expression);
        return last == null ? Optional.empty() : Optional.ofNullable(last.problem());
    }

    /** Forgets all others. */
    public void keepOnly(Collection<String> expressions) {
        held.keySet().retainAll(expressions);
    }

    /**
     * Asks again for those whose time has come: for what lies on this machine every time, for the rest now and then. Blocks.
     *
     * @return whether any has another value than before
     */
    public boolean refresh() {
        boolean isAnyNew = false;
        for (Map.Entry<String, Held> entry : Map.copyOf(held).entrySet()) {
            Held before = entry.getValue();
            if (isDue(entry.getKey(), before)) {
                Held after = ask(entry.getKey(), before);
                // Not if it was forgotten meanwhile.
                isAnyNew |=
                        held.replace(entry.getKey(), before, after) && !Objects.equals(before.value(), after.value());
            }
        }
        return isAnyNew;
    }

    private boolean isDue(String expression, Held last) {
        Duration pause = last.problem() == null || AFTER_FAILURE.compareTo(every) > 0 ? every : AFTER_FAILURE;
        return references.isNear(expression) || !last.askedAt().plus(pause).isAfter(clock.instant());
    }

    private Held ask(String expression, @Nullable Held before) {
        try {
            Secret value = references.value(expression);
            masked.register(value);
            return new Held(value, null, clock.instant());
        } catch (ReferenceException e) {
            String problem = String.valueOf(e.getMessage());
            if (before == null || !problem.equals(before.problem())) {
                LOG.atWarn()
                        .addKeyValue("reference", expression)
                        .addKeyValue("reason", problem)
                        .log("the value of a provider key cannot be had");
            }
            return new Held(before == null ? null : before.value(), problem, clock.instant());
        }
    }
}
