package dev.serai.error;

import java.util.Locale;

/** The codes of Serai's own errors, with the HTTP status each is sent with. {@code docs/errors.md} has an anchor for each. */
public enum ErrorCode {
    INVALID_ACCESS_KEY(401),
    INVALID_REQUEST_BODY(400),
    UNSUPPORTED_MEDIA_TYPE(415),
    UNSUPPORTED_DIALECT(400),
    UNTRANSLATABLE_REQUEST(400),
    MEDIA_NOT_FETCHED(400),
    BODY_TOO_LARGE(413),
    INPUT_TOO_LARGE(413),
    URL_TOO_LONG(414),
    HEADERS_TOO_LARGE(431),
    BAD_REQUEST(400),
    REQUEST_TIMEOUT(408),
    NOT_FOUND(404),
    METHOD_NOT_ALLOWED(405),
    MODEL_NOT_FOUND(404),
    MODEL_NOT_ALLOWED(403),
    UNSUPPORTED_CAPABILITY(400),
    NO_CREDENTIALS(400),
    PRICE_UNKNOWN(400),
    INSUFFICIENT_CREDITS(402),
    BUDGET_EXCEEDED(402),
    RATE_LIMITED(429),
    PROVIDER_UNREACHABLE(502),
    PROVIDER_FAILED(502),
    ALL_PROVIDERS_FAILED(503),
    TIMED_OUT(504),
    STORE_UNAVAILABLE(503),
    OVERLOADED(503),
    INTERNAL_ERROR(500);

    private final int status;

    ErrorCode(int status) {
        this.status = status;
    }

    /** The HTTP status that goes with this code. */
    public int status() {
        return status;
    }

    /** The code as clients see it, such as {@code invalid_access_key}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
