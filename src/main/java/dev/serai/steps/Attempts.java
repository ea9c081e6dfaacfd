package dev.serai.steps;

import dev.serai.conversation.Usage;
import dev.serai.dialect.Translation;
import dev.serai.selection.Candidate;
import dev.serai.selection.Experience;
import dev.serai.selection.Plan;
import dev.serai.upstream.Outcome;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What was tried for one request, in order. Used by one step at a time. */
public final class Attempts {
    private final Iterator<Candidate> candidates;
    private final boolean stream;
    private final Experience experience;
    private final List<Tried> tried = new ArrayList<>(2);
    private Map<String, Object> clientHeaders = Map.of();

    /** One candidate that was tried, and what became of it. */
    public static final class Tried {
        private final Candidate candidate;
        private final long startNanos = System.nanoTime();
        private long firstContentNanos;
        private long endNanos;
        private @Nullable Outcome outcome;
        private Usage usage = Usage.NONE;
        private List<String> dropped = List.of();
        private @Nullable Translation translation;
        private final Experience.Running running;

        Tried(Candidate candidate, Experience.Running running) {
            this.candidate = candidate;
            this.running = running;
        }

        public Candidate candidate() {
            return candidate;
        }

        /** Empty while the attempt is running. */
        public Optional<Outcome> outcome() {
            return Optional.ofNullable(outcome);
        }

        public Usage usage() {
            return usage;
        }

        /** Between the client and this candidate; null if they speak the same dialect. */
        @Nullable
        Translation translation() {
            return translation;
        }

        void translated(Translation between) {
            translation = between;
        }

        /** From the start to the end, or to now. */
        public long nanos() {
            return (outcome == null ? System.nanoTime() : endNanos) - startNanos;
        }

        /** From the start to the first content; 0 if there was none. */
        public long firstContentNanos() {
            return firstContentNanos;
        }

        /** The parameters of the request that this attempt went without, as the client called them. */
        public List<String> dropped() {
            return dropped;
        }

        void drop(List<String> parameters) {
            dropped = parameters;
        }

        void content() {
            firstContentNanos = System.nanoTime() - startNanos;
            running.answered(firstContentNanos);
        }

        void ended(Outcome result, Usage used) {
            endNanos = System.nanoTime();
            outcome = result;
            usage = used;
            if (firstContentNanos == 0) {
                learn(result);
            }
            running.end();
        }

        private void learn(Outcome result) {
            if (result instanceof Outcome.Failure failed) {
                if (isFaultOfTarget(failed)) {
                    running.failed();
                }
            } else {
                running.answered(nanos());
            }
        }

        /** A client that left, and a request that is itself at fault, say nothing of the target. */
        private static boolean isFaultOfTarget(Outcome.Failure failed) {
            return switch (failed.kind()) {
                case UNREACHABLE, RESET, TIMED_OUT, UNUSABLE, BROKEN -> true;
                case REFUSED ->
                    failed instanceof Outcome.Refused refused && (refused.status() == 429 || refused.status() >= 500);
                case UNTRANSLATABLE, CANCELLED, ANSWERED -> false;
            };
        }

        /** Nothing will be heard of this attempt any more, whether it has ended or not. */
        void abandon() {
            running.end();
        }

        /** The provider, the model and the reason in one line, such as {@code openai:gpt-5.4 answered with status 503}. */
        String failure() {
            String reason = outcome instanceof Outcome.Failure failed ? failed.reason() : "has not ended";
            return candidate.provider().id() + ":" + candidate.model() + " " + reason;
        }
    }

    /** @param experience learns from the attempts */
    Attempts(Plan plan, boolean stream, Experience experience) {
        candidates = plan.candidates().iterator();
        this.stream = stream;
        this.experience = experience;
    }

    boolean hasNext() {
        return candidates.hasNext();
    }

    Tried next() {
        Candidate candidate = candidates.next();
        Tried attempt = new Tried(candidate, experience.begin(candidate.target(), stream));
        tried.add(attempt);
        return attempt;
    }

    /** What the client said, as it was before the first attempt; empty if there is one candidate only. */
    Map<String, Object> clientHeaders() {
        return clientHeaders;
    }

    void setClientHeaders(Map<String, Object> headers) {
        clientHeaders = headers;
    }

    /** The attempt that is running or was the last. */
    Tried current() {
        if (tried.isEmpty()) {
            throw new IllegalStateException("nothing was tried yet");
        }
        return tried.get(tried.size() - 1);
    }

    /** In the order in which they were tried. */
    public List<Tried> tried() {
        return tried;
    }
}
