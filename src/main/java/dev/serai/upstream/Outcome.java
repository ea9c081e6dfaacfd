package dev.serai.upstream;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** What became of an attempt. Every attempt has exactly one outcome. */
public sealed interface Outcome {
    /** The kinds of outcomes, for an exhaustive {@code switch}, and as the values of a metric's tag. */
    enum Kind {
        ANSWERED,
        REFUSED,
        UNTRANSLATABLE,
        LEFT_ALONE,
        FULL,
        UNREACHABLE,
        RESET,
        TIMED_OUT,
        UNUSABLE,
        BROKEN,
        CANCELLED;

        /** As in metrics: {@code timed_out}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    Kind kind();

    /** The provider answered, to the end. */
    record Answered(int status) implements Outcome {
        @Override
        public Kind kind() {
            return Kind.ANSWERED;
        }
    }

    /** Anything but an answer. {@link #reason} is one line for logs and errors, without secrets. */
    sealed interface Failure extends Outcome {
        String reason();
    }

    /**
     * The provider said no with an HTTP status: an error, or a redirect, which is never followed.
     *
     * @param status  300 to 599
     * @param headers the answer's headers, names in lower case
     * @param body    the answer's body, cut off behind {@link UpstreamOptions#maxErrorBytes()}
     */
    @SuppressWarnings("ArrayRecordComponent") // read by one reader, once
    record Refused(int status, Map<String, String> headers, byte[] body) implements Failure {
        @Override
        public Kind kind() {
            return Kind.REFUSED;
        }

        @Override
        public String reason() {
            return "answered with status " + status;
        }
    }

    /** The request cannot be said in the provider's dialect. Nothing was sent. */
    record Untranslatable(String reason) implements Failure {
        @Override
        public Kind kind() {
            return Kind.UNTRANSLATABLE;
        }
    }

    /** The candidate was passed over: it has failed too often of late. Nothing was sent. */
    record LeftAlone() implements Failure {
        @Override
        public Kind kind() {
            return Kind.LEFT_ALONE;
        }

        @Override
        public String reason() {
            return "is left alone for a moment, because it failed too often";
        }
    }

    /**
     * The candidate's provider has as many requests as it may have. Nothing was sent.
     *
     * @param waited how long for a place; zero if not at all
     */
    record Full(Duration waited) implements Failure {
        @Override
        public Kind kind() {
            return Kind.FULL;
        }

        @Override
        public String reason() {
            String atOnce = "has as many requests at once as it may have";
            return waited.isZero() ? atOnce : atOnce + ", and had no place for " + waited.toMillis() + " ms";
        }
    }

    /** No connection: name resolution, connecting, TLS, or no free place in the pool. Nothing was sent. */
    record Unreachable(String reason) implements Failure {
        @Override
        public Kind kind() {
            return Kind.UNREACHABLE;
        }
    }

    /** The connection was lost after the request was (partly) sent and before any content came. */
    record Reset(String reason) implements Failure {
        @Override
        public Kind kind() {
            return Kind.RESET;
        }
    }

    /** A clock ran out before any content came. */
    record TimedOut(Duration limit) implements Failure {
        @Override
        public Kind kind() {
            return Kind.TIMED_OUT;
        }

        @Override
        public String reason() {
            return "gave no content within " + limit.toMillis() + " ms";
        }
    }

    /** An answer with a success status that is none: an error event, HTML, cut-off JSON, nothing at all. */
    record Unusable(String reason) implements Failure {
        @Override
        public Kind kind() {
            return Kind.UNUSABLE;
        }
    }

    /**
     * The stream failed after content had been passed on: cut, stalled, an error event, or no terminal event.
     *
     * @param told whether the client has read of it already, because the provider said so in the stream
     */
    record Broken(String reason, boolean told) implements Failure {
        @Override
        public Kind kind() {
            return Kind.BROKEN;
        }
    }

    /** The client left. Says nothing about the provider. */
    record Cancelled() implements Failure {
        @Override
        public Kind kind() {
            return Kind.CANCELLED;
        }

        @Override
        public String reason() {
            return "the client left";
        }
    }
}
