package dev.serai.conversation;

/**
 * What one attempt used: tokens in disjoint kinds, so that no token is in two of them and the total is their sum, and searches of the web.
 *
 * @param input        uncached input tokens, audio and images excluded
 * @param cacheRead    input tokens read from the provider's cache
 * @param cacheWrite5m input tokens written to the cache for five minutes
 * @param cacheWrite1h input tokens written to the cache for one hour
 * @param inputAudio   uncached audio input tokens
 * @param output       visible output tokens; reasoning, audio and images excluded
 * @param reasoning    output tokens spent on reasoning
 * @param outputAudio  audio output tokens
 * @param inputImage   uncached image input tokens, where the provider counts them apart; elsewhere they are in {@code input}
 * @param outputImage  image output tokens, where the provider counts them apart
 * @param webSearches  searches of the web that the provider made and counts; no tokens
 */
public record Usage(
        long input,
        long cacheRead,
        long cacheWrite5m,
        long cacheWrite1h,
        long inputAudio,
        long output,
        long reasoning,
        long outputAudio,
        long inputImage,
        long outputImage,
        long webSearches) {

    /** A count beyond this is nonsense and counts as not stated: no sum of what is left overflows. */
    public static final long MOST_TOKENS = 1_000_000_000;

    /** Nothing at all. */
    public static final Usage NONE = new Usage(0, 0, 0, 0, 0, 0, 0, 0);

    public Usage {
        if (input < 0
                || cacheRead < 0
                || cacheWrite5m < 0
                || cacheWrite1h < 0
                || inputAudio < 0
                || output < 0
                || reasoning < 0
                || outputAudio < 0
                || inputImage < 0
                || outputImage < 0
                || webSearches < 0) {
            throw new IllegalArgumentException("counts are never negative");
        }
    }

    /** Without images and searches, which few answers have. */
    public Usage(
            long input,
            long cacheRead,
            long cacheWrite5m,
            long cacheWrite1h,
            long inputAudio,
            long output,
            long reasoning,
            long outputAudio) {
        this(input, cacheRead, cacheWrite5m, cacheWrite1h, inputAudio, output, reasoning, outputAudio, 0, 0, 0);
    }

    /** What a provider states as a count; 0 if it is none: negative, or beyond {@link #MOST_TOKENS}. */
    public static long count(long stated) {
        return stated < 0 || stated > MOST_TOKENS ? 0 : stated;
    }

    /** The same with these image tokens, which are in none of the other kinds. */
    public Usage withImages(long inputTokens, long outputTokens) {
        return new Usage(
                input,
                cacheRead,
                cacheWrite5m,
                cacheWrite1h,
                inputAudio,
                output,
                reasoning,
                outputAudio,
                inputTokens,
                outputTokens,
                webSearches);
    }

    /** The same with so many searches of the web. */
    public Usage withWebSearches(long searches) {
        return new Usage(
                input,
                cacheRead,
                cacheWrite5m,
                cacheWrite1h,
                inputAudio,
                output,
                reasoning,
                outputAudio,
                inputImage,
                outputImage,
                searches);
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
                outputAudio + other.outputAudio,
                inputImage + other.inputImage,
                outputImage + other.outputImage,
                webSearches + other.webSearches);
    }

    public long totalInput() {
        return input + cacheRead + cacheWrite5m + cacheWrite1h + inputAudio + inputImage;
    }

    public long totalOutput() {
        return output + reasoning + outputAudio + outputImage;
    }
}
