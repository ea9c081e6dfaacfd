package dev.serai.management;

import java.util.Locale;

/** What can be wrong with a call of the management API: the code and the status of its answer. */
enum ApiError {
    INVALID_API_KEY(401),
    NOT_PERMITTED(403),
    NOT_FOUND(404),
    METHOD_NOT_ALLOWED(405),
    BODY_TOO_LARGE(413),
    UNSUPPORTED_MEDIA_TYPE(415),
    INVALID_REQUEST(400),
    URL_NOT_ALLOWED(400),
    /** It is needed by others, there already, or must not go. */
    CONFLICT(409),
    /** The same idempotency key came with another request. */
    IDEMPOTENCY_KEY_REUSED(409),
    /** Somebody changed the object since it was read. */
    PRECONDITION_FAILED(412),
    /** Nobody takes payments for this Serai. */
    BUYING_NOT_SET_UP(501),
    /** Who takes payments cannot do it now, or does not want to. */
    PAYMENT_UNAVAILABLE(502),
    STORE_UNAVAILABLE(503),
    INTERNAL_ERROR(500);

    private final int status;

    ApiError(int status) {
        this.status = status;
    }

    int status() {
        return status;
    }

    /** As in answers: {@code not_found}. */
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one for this status of the server; {@link #INTERNAL_ERROR} for one that no call should get. */
    static ApiError of(int status) {
        for (ApiError error : values()) {
            if (error.status == status && error != URL_NOT_ALLOWED) {
                return error;
            }
        }
        return INTERNAL_ERROR;
    }
}
