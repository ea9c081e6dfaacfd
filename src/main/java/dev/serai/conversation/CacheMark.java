package dev.serai.conversation;

/**
 * The prompt up to and including the marked part shall be cached, for this long. Messages: {@code cache_control} of type {@code
 * ephemeral}. The other dialects cache on their own or by name and know no marks.
 */
public enum CacheMark {
    /** Also when the client states no duration. */
    FIVE_MINUTES,
    ONE_HOUR
}
