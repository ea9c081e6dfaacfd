package dev.serai.failover;

import dev.serai.access.Credential;
import dev.serai.selection.Candidate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** The keys that rest, and until when. A key that rests is tried last, not left out: it may be all there is. Thread-safe. */
public final class Rests {
    /** More keys than anybody configures: beyond, those whose rest is over are forgotten. */
    private static final int MANY = 1_000;

    private record Key(String provider, Credential credential) {}

    private final Map<Key, Long> until = new ConcurrentHashMap<>();
    private final LongSupplier nanos;

    /** @param nanos a clock like {@link System#nanoTime} */
    public Rests(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** The key of this candidate rests; never shorter than it would have. */
    void rest(Candidate candidate, Duration time) {
        long now = nanos.getAsLong();
        if (until.size() > MANY) {
            until.values().removeIf(end -> end - now <= 0);
        }
        until.merge(key(candidate), now + time.toNanos(), (one, other) -> one - other > 0 ? one : other);
    }

    /** It works again, whatever was said. */
    void wake(Candidate candidate) {
        if (!until.isEmpty()) {
            until.remove(key(candidate));
        }
    }

    boolean isResting(Candidate candidate) {
        if (until.isEmpty()) {
            return false;
        }
        Long end = until.get(key(candidate));
        return end != null && end - nanos.getAsLong() > 0;
    }

    /** How long each resting key of this provider will rest, the shortest first. */
    List<Duration> left(String provider) {
        long now = nanos.getAsLong();
        return until.entrySet().stream()
                .filter(rest -> rest.getKey().provider().equals(provider))
                .map(rest -> Duration.ofNanos(rest.getValue() - now))
                .filter(left -> !left.isNegative() && !left.isZero())
                .sorted()
                .toList();
    }

    private static Key key(Candidate candidate) {
        return new Key(candidate.provider().key(), candidate.credential());
    }
}
