package dev.serai.limit;

/**
 * Why a request is refused.
 *
 * @param limit     which limit it meets
 * @param whose     whose limit
 * @param allowed   what the limit allows
 * @param waitNanos until the request would be let in, if nobody else comes; 0 if nobody knows
 */
public record Refusal(Limit limit, Whose whose, long allowed, long waitNanos) {
    /** What is limited. */
    public enum Limit {
        REQUESTS,
        TOKENS,
        AT_ONCE,
        /** A single request wants more tokens than a minute has: it will never be let in. */
        TOKENS_OF_ONE
    }

    /** Who is limited. */
    public enum Whose {
        KEY,
        ACCOUNT
    }
}
