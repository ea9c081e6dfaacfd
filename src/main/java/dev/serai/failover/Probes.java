package dev.serai.failover;

import dev.serai.telemetry.Measures;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * What came of asking providers for their lists of models, which says whether they can be reached before a request has to find out. A
 * list that is had ends the pauses of its provider's breakers; one that is not had closes nobody out, because answers may be had all the
 * same. Thread-safe.
 */
public final class Probes {
    private static final Logger LOG = LoggerFactory.getLogger(Probes.class);

    private final Map<String, Probe> last = new ConcurrentHashMap<>();
    private final Breakers breakers;
    private final Measures measures;

    /** How a provider took the question. */
    public enum Outcome {
        /** It has a list for us. */
        ANSWERED,
        /** It can be reached, and has another status. */
        REFUSED,
        /** There was no answer. */
        UNREACHABLE;

        /** As in JSON, meters and the log: {@code answered}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        private static Outcome of(int status) {
            return status >= 200 && status < 300 ? ANSWERED : REFUSED;
        }
    }

    /**
     * A probe that has ended.
     *
     * @param at     when the provider was asked
     * @param status of its answer; 0 if there was none
     * @param took   to the head of the answer, or to the end of patience
     */
    public record Probe(Instant at, Outcome outcome, int status, Duration took) {}

    public Probes(Breakers breakers, Measures measures) {
        this.breakers = breakers;
        this.measures = measures;
    }

    /** A provider that was asked at that time has answered with this status. */
    public void answered(String provider, Instant asked, Duration took, int status) {
        Probe probe = new Probe(asked, Outcome.of(status), status, took);
        note(provider, probe, "");
        if (probe.outcome() == Outcome.ANSWERED) {
            breakers.reached(provider, asked);
        }
    }

    /**
     * A provider that was asked at that time has not answered.
     *
     * @param reason for the log; contains no secret
     */
    public void failed(String provider, Instant asked, Duration took, String reason) {
        note(provider, new Probe(asked, Outcome.UNREACHABLE, 0, took), reason);
    }

    private void note(String provider, Probe probe, String reason) {
        measures.probe(provider, probe.outcome().label(), probe.took().toNanos());
        Probe before = last.put(provider, probe);
        boolean isWell = probe.outcome() == Outcome.ANSWERED;
        boolean isNews =
                before == null ? !isWell : before.outcome() != probe.outcome() || before.status() != probe.status();
        if (isNews) {
            LOG.atLevel(isWell ? Level.INFO : Level.WARN)
                    .addKeyValue("provider", provider)
                    .addKeyValue("outcome", probe.outcome().label())
                    .addKeyValue("status", probe.status())
                    .addKeyValue("millis", probe.took().toMillis())
                    .addKeyValue("reason", reason)
                    .log("probe");
        }
    }

    /** The last probe of this provider; null if it has not been probed. */
    public @Nullable Probe last(String provider) {
        return last.get(provider);
    }

    /** From now on, only these are probed: of others, nothing is known any more. */
    public void keepOnly(Collection<String> providers) {
        last.keySet().retainAll(providers);
    }
}
