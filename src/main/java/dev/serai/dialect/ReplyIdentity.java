package dev.serai.dialect;

/**
 * What an answer is called where the provider does not say, and how its stream is written: see {@link ReplyContext}.
 *
 * @param id           unique, letters and digits only
 * @param epochSeconds the time of the request
 */
public record ReplyIdentity(String id, long epochSeconds, ReplyContext.Framing framing) {
    /** What may stand in an id, of a request's own. */
    public static String idOf(String requestId) {
        StringBuilder id = new StringBuilder(requestId.length());
        requestId.chars().filter(ReplyIdentity::isLetterOrDigit).forEach(c -> id.append((char) c));
        return id.toString();
    }

    private static boolean isLetterOrDigit(int c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
