package dev.serai.failover;

import dev.serai.access.Credential;
import dev.serai.access.Secret;
import dev.serai.catalog.Model;
import dev.serai.catalog.Provider;
import dev.serai.config.ConfigurationException;
import dev.serai.config.DurationText;
import dev.serai.selection.Candidate;
import dev.serai.selection.Plan;
import dev.serai.selection.Target;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Requests under way in a time that passes when the test says so. A candidate is written {@code provider:model#key}; what becomes of an
 * attempt is a fault with what the provider said of waiting and how long it took, {@code rate-limited(2s)@60s}, or {@code answered}.
 */
final class Trip {
    static final FailoverPolicy SHIPPED = shipped();
    private static final Clocks CLOCKS = new Clocks(Duration.ofMinutes(2), Duration.ofMinutes(1));

    private final Failover failover;
    private long nanos = 1_000_000_000_000L;

    Trip() {
        this(SHIPPED, CLOCKS);
    }

    Trip(FailoverPolicy policy, Clocks clocks) {
        failover = new Failover(() -> policy, clocks, () -> nanos, () -> 0.5);
    }

    private static FailoverPolicy shipped() {
        try {
            return FailoverLoader.load(List.of(FailoverLoader.SHIPPED));
        } catch (ConfigurationException e) {
            throw new AssertionError(e);
        }
    }

    static Candidate candidate(String text) {
        String[] nameAndKey = text.split("#", 2);
        String[] names = nameAndKey[0].split(":", 2);
        String model = names.length > 1 ? names[1] : "m";
        Provider provider = Provider.builder(names[0], URI.create("https://" + names[0] + ".example/v1"))
                .dialect("openai-chat", "/chat/completions")
                .models(List.of(new Model(model)))
                .build();
        Credential key = nameAndKey.length > 1
                ? new Credential.Header("Authorization", "Bearer ", new Secret(nameAndKey[1]))
                : new Credential.None();
        return new Candidate(new Target(provider, model, provider.models().get(0)), "openai-chat", key);
    }

    static Plan plan(String candidates) {
        return new Plan(
                Arrays.stream(candidates.split(" ", -1)).map(Trip::candidate).toList());
    }

    /** As it is written. */
    static String name(Candidate candidate) {
        String model = candidate.model().equals("m") ? "" : ":" + candidate.model();
        String key = candidate.credential() instanceof Credential.Header header
                ? "#" + header.value().reveal()
                : "";
        return candidate.provider().id() + model + key;
    }

    Course begin(String candidates, Wishes wishes) {
        return failover.begin(plan(candidates), wishes);
    }

    void pass(Duration time) {
        nanos += time.toNanos();
    }

    /**
     * Whom a request asks, one after the other, with the waits between them, such as {@code a (100ms) a b}; then {@code !} if all were in
     * vain. An attempt for which nothing is said is answered.
     */
    String ask(String candidates, String header, String... attempts) {
        Course course = begin(candidates, header.isEmpty() ? Wishes.NONE : Wishes.parse(header));
        StringJoiner asked = new StringJoiner(" ");
        for (int i = 0; course.hasNext(); i++) {
            Candidate candidate = course.next();
            asked.add(name(candidate));
            String became = i < attempts.length ? attempts[i] : "answered";
            Verdict verdict = became.equals("answered") ? null : fail(course, candidate, became);
            if (verdict == null) {
                course.answered(candidate);
                return asked.toString();
            }
            if (!verdict.goesOn()) {
                return asked.add("!").toString();
            }
            if (!verdict.delay().isZero()) {
                asked.add("(" + verdict.delay().toMillis() + "ms)");
                pass(verdict.delay());
            }
        }
        return asked.add("?").toString();
    }

    private Verdict fail(Course course, Candidate candidate, String became) {
        String[] parts = became.split("[(@]", -1);
        @Nullable Duration retryAfter = null;
        for (int i = 1; i < parts.length; i++) {
            if (parts[i].endsWith(")")) {
                retryAfter = DurationText.parse(parts[i].replace(")", ""));
            } else {
                pass(DurationText.parse(parts[i]));
            }
        }
        return course.failed(candidate, fault(parts[0]), retryAfter);
    }

    static Fault fault(String label) {
        return Fault.valueOf(label.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
