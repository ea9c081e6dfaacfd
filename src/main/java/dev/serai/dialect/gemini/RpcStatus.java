package dev.serai.dialect.gemini;

/** The names that Google's interfaces have for HTTP statuses (https://cloud.google.com/apis/design/errors#handling_errors). */
final class RpcStatus {
    private RpcStatus() {}

    /** @param status 400 to 599 */
    static String of(int status) {
        return switch (status) {
            case 401 -> "UNAUTHENTICATED";
            case 402, 412 -> "FAILED_PRECONDITION";
            case 403 -> "PERMISSION_DENIED";
            case 404, 405 -> "NOT_FOUND";
            case 408, 504 -> "DEADLINE_EXCEEDED";
            case 409 -> "ABORTED";
            case 429 -> "RESOURCE_EXHAUSTED";
            case 499 -> "CANCELLED";
            case 501 -> "UNIMPLEMENTED";
            case 502, 503, 529 -> "UNAVAILABLE";
            default -> status < 500 ? "INVALID_ARGUMENT" : "INTERNAL";
        };
    }
}
