package dev.serai.conversation;

/**
 * Tokens of one attempt, in disjoint kinds: no token is in two of them, so the total is their sum.
 *
 * @param input        uncached input tokens, audio excluded
 * @param cacheRead    input tokens read from the provider's cache
 * @param cacheWrite5m input tokens written to the cache for five minutes
 * @param cacheWrite1h input tokens written to the cache for one hour
 * @param inputAudio   uncached audio input tokens
 * @param output       visible output tokens, reasoning and audio excluded
 * @param reasoning    output tokens spent on reasoning
 * @param outputAudio  audio output tokens
 */
public record Usage(
        long input,
        long cacheRead,
        long cacheWrite5m,
        long cacheWrite1h,
        long inputAudio,
        long output,
        long reasoning,
        long outputAudio) {

    /** No tokens at all. */
    public static final Usage NONE = new Usage(0, 0, 0, 0, 0, 0, 0, 0);

    public Usage {
        if (input < 0
                || cacheRead < 0
                || cacheWrite5m < 0
                || cacheWrite1h < 0
                || inputAudio < 0
                || output < 0
                || reasoning < 0
                || outputAudio < 0) {
            throw new IllegalArgumentException("token counts are never negative");
        }
    }

    /** Both together, such as those of two attempts at one answer. */
    public Usage plus(Usage other) {
        return new Usage(
                input + other.input,
                cacheRead + other.cacheRead,
                cacheWrite5m + other.cacheWrite5m,
                cacheWrite1h + other.cacheWrite1h,
                inputAudio + other.inputAudio,
                output + other.output,
                reasoning + other.reasoning,
                outputAudio + other.outputAudio);
    }

    public long totalInput() {
        return input + cacheRead + cacheWrite5m + cacheWrite1h + inputAudio;
    }

    public long totalOutput() {
        return output + reasoning + outputAudio;
    }
}
