package dev.serai.steps;

import dev.serai.conversation.ChatFailure;
import dev.serai.dialect.Translator;
import dev.serai.failover.Fault;
import dev.serai.failover.RetryAfter;
import dev.serai.upstream.Outcome;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What an outcome means for failing over: one fault for every failure, by the provider's own words where it has some. Thread-safe. */
final class FaultReading {
    private final Translator translator;
    private final Clock clock;

    FaultReading(Translator translator, Clock clock) {
        this.translator = translator;
        this.clock = clock;
    }

    /** @param retryAfter how long the provider wants to be left alone; null if it did not say */
    record Finding(Fault fault, @Nullable Duration retryAfter) {}

    /** @param dialect what the provider speaks */
    Finding of(Outcome.Failure failure, String dialect) {
        return failure instanceof Outcome.Refused refused ? refused(refused, dialect) : new Finding(of(failure), null);
    }

    /** Of anything but a refusal, whose body has to be read. */
    static Fault of(Outcome.Failure failure) {
        return switch (failure.kind()) {
            case UNTRANSLATABLE -> Fault.UNTRANSLATABLE;
            case LEFT_ALONE, FULL -> Fault.LEFT_ALONE;
            case UNREACHABLE -> Fault.UNREACHABLE;
            case RESET -> Fault.RESET;
            case TIMED_OUT -> Fault.TIMED_OUT;
            case UNUSABLE, ANSWERED, REFUSED -> Fault.UNUSABLE;
            case BROKEN -> Fault.BROKEN;
            case CANCELLED -> Fault.CANCELLED;
        };
    }

    private Finding refused(Outcome.Refused refused, String dialect) {
        Duration retryAfter = RetryAfter.of(refused.headers(), clock.instant());
        ChatFailure said = translator.failure(dialect, refused.status(), refused.body(), retryAfter);
        if (said == null) {
            return new Finding(ofStatus(refused.status()), retryAfter);
        }
        Fault fault = ofKind(said.kind(), refused.status());
        return new Finding(fault, said.retryAfter() == null ? retryAfter : said.retryAfter());
    }

    private static Fault ofKind(ChatFailure.Kind kind, int status) {
        return switch (kind) {
            case RATE_LIMITED -> Fault.RATE_LIMITED;
            case QUOTA_EXHAUSTED -> Fault.QUOTA_EXHAUSTED;
            case CONTENT_FILTER -> Fault.CONTENT_FILTERED;
            case CONTEXT_TOO_LONG -> Fault.CONTEXT_TOO_LONG;
            case AUTHENTICATION -> Fault.CREDENTIAL_REFUSED;
            case NOT_FOUND -> Fault.MODEL_NOT_FOUND;
            case OVERLOADED, TIMED_OUT -> Fault.UNAVAILABLE;
            case INVALID_REQUEST, PERMISSION, REQUEST_TOO_LARGE, SERVER_ERROR -> ofStatus(status);
        };
    }

    private static Fault ofStatus(int status) {
        return switch (status) {
            case 401, 403 -> Fault.CREDENTIAL_REFUSED;
            case 402 -> Fault.QUOTA_EXHAUSTED;
            case 404 -> Fault.MODEL_NOT_FOUND;
            case 408, 409, 425 -> Fault.UNAVAILABLE;
            case 429 -> Fault.RATE_LIMITED;
            case 500, 502 -> Fault.SERVER_ERROR;
            default -> status < 400 ? Fault.UNUSABLE : status < 500 ? Fault.INVALID_REQUEST : Fault.UNAVAILABLE;
        };
    }
}
