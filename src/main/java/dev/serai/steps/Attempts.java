package dev.serai.steps;

import dev.serai.conversation.Usage;
import dev.serai.dialect.ReplyFacts;
import dev.serai.dialect.Translation;
import dev.serai.failover.Breakers;
import dev.serai.failover.Course;
import dev.serai.failover.Fault;
import dev.serai.selection.Candidate;
import dev.serai.selection.Experience;
import dev.serai.upstream.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What was tried for one request, in order. Used by one step at a time. */
public final class Attempts {
    private final Course course;
    private final boolean stream;
    private final Experience experience;
    private final List<Tried> tried = new ArrayList<>(2);
    private Map<String, Object> clientHeaders = Map.of();

    /** One candidate that was tried, and what became of it. */
    public static final class Tried {
        private final Candidate candidate;
        private long startNanos = System.nanoTime();
        private long firstContentNanos;
        private long endNanos;
        private @Nullable Outcome outcome;
        private ReplyFacts facts = ReplyFacts.NONE;
        private List<String> dropped = List.of();
        private @Nullable Translation translation;
        private final Experience.Running running;
        private Breakers.@Nullable Pass pass;
        private boolean waiting;
        private @Nullable Fault fault;
        private boolean isAnswer;
        private boolean isTold;

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
            return facts.usage();
        }

        /** What the answer said of itself; {@link ReplyFacts#NONE} while the attempt is running, and if there was none. */
        public ReplyFacts facts() {
            return facts;
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

        /** Whether the provider answered, in part at least. */
        boolean hasContent() {
            return firstContentNanos > 0 || outcome instanceof Outcome.Answered;
        }

        /** The parameters of the request that this attempt went without, as the client called them. */
        public List<String> dropped() {
            return dropped;
        }

        void drop(List<String> parameters) {
            dropped = parameters;
        }

        /** It waits for a place at its provider. */
        void waits() {
            waiting = true;
        }

        /** Its target lets it pass, and wants to know what becomes of it. A wait before says nothing about the target: it begins now. */
        void enters(Breakers.Pass granted) {
            pass = granted;
            if (waiting) {
                waiting = false;
                startNanos = System.nanoTime();
            }
        }

        /** Whether anything was sent to the provider, or tried to be. */
        public boolean isStarted() {
            return !waiting
                    && !(outcome instanceof Outcome.LeftAlone)
                    && !(outcome instanceof Outcome.Full)
                    && !(outcome instanceof Outcome.Untranslatable);
        }

        /** Whether the client has the answer of this attempt, or a part of it. */
        boolean isAnswer() {
            return isAnswer;
        }

        /** What was wrong; null if it answered, or goes on. */
        @Nullable
        Fault fault() {
            return fault;
        }

        /** Whether this is the first time that anybody wants to tell of it. */
        boolean tell() {
            boolean first = !isTold;
            isTold = true;
            return first;
        }

        /** What it answers goes to the client from now on. */
        void goesToClient() {
            isAnswer = true;
        }

        /** The first content of a stream is there. */
        void content() {
            firstContentNanos = System.nanoTime() - startNanos;
            succeeded(firstContentNanos);
        }

        /** A whole answer is there, or a stream has ended as it should. */
        void answered(Outcome.Answered result, ReplyFacts said) {
            over(result, said);
            if (firstContentNanos == 0) {
                succeeded(nanos());
            }
            leave();
        }

        /** It gave no answer, or not the whole of one. */
        void failed(Outcome.Failure result, Fault reason, ReplyFacts said) {
            over(result, said);
            fault = reason;
            boolean speaksAgainstTarget = reason.isProvidersFault() || reason == Fault.RATE_LIMITED;
            if (firstContentNanos == 0 && speaksAgainstTarget) {
                running.failed();
            }
            if (pass != null) {
                pass.failed(reason, nanos());
            }
            leave();
        }

        private void succeeded(long nanos) {
            running.answered(nanos);
            if (pass != null) {
                pass.answered(nanos);
            }
        }

        private void over(Outcome result, ReplyFacts said) {
            endNanos = System.nanoTime();
            outcome = result;
            facts = said;
        }

        /** Nothing will be heard of this attempt any more, whether it has ended or not. */
        void leave() {
            running.end();
            if (pass != null) {
                pass.leave();
            }
        }

        /** The provider, the model and the reason in one line, such as {@code openai:gpt-5.4 answered with status 503}. */
        String failure() {
            String reason = outcome instanceof Outcome.Failure failed ? failed.reason() : "has not ended";
            return candidate.provider().id() + ":" + candidate.model() + " " + reason;
        }
    }

    /** @param experience learns from the attempts */
    Attempts(Course course, boolean stream, Experience experience) {
        this.course = course;
        this.stream = stream;
        this.experience = experience;
    }

    boolean hasNext() {
        return course.hasNext();
    }

    Course course() {
        return course;
    }

    Tried next() {
        Candidate candidate = course.next();
        Tried attempt = new Tried(candidate, experience.begin(candidate.target(), stream));
        tried.add(attempt);
        return attempt;
    }

    /** What the client said, as it was before the first attempt. */
    Map<String, Object> clientHeaders() {
        return clientHeaders;
    }

    void setClientHeaders(Map<String, Object> headers) {
        clientHeaders = headers;
    }

    /** How many were made, as clients are told: those that sent something, or tried to; one at least. */
    int started() {
        int started = 0;
        for (Tried attempt : tried) {
            started += attempt.isStarted() ? 1 : 0;
        }
        return Math.max(1, started);
    }

    /** Whether the answer comes in the place of one that broke off, and of which the client has seen nothing. */
    boolean isRescued() {
        for (int i = 0; i < tried.size() - 1; i++) {
            if (tried.get(i).outcome instanceof Outcome.Broken) {
                return true;
            }
        }
        return false;
    }

    /** Whether nobody but one candidate was ever tried. */
    boolean isOfOneCandidate() {
        return tried.stream().map(Tried::candidate).distinct().count() == 1;
    }

    /** In the order in which they were tried. */
    public List<Tried> tried() {
        return tried;
    }
}
