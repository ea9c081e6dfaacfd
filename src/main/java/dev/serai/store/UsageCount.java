package dev.serai.store;

import dev.serai.conversation.Usage;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * A kind of tokens, or of something else that is counted, as documents and tables call it.
 *
 * @param field  of a document
 * @param column of a table
 * @param count  how many of them were used
 */
record UsageCount(String field, String column, ToLongFunction<Usage> count) {
    private static final UsageCount INPUT = new UsageCount("input", "input", Usage::input);
    private static final UsageCount CACHE_READ = new UsageCount("cacheRead", "cache_read", Usage::cacheRead);
    private static final UsageCount CACHE_WRITE_5M =
            new UsageCount("cacheWrite5m", "cache_write_5m", Usage::cacheWrite5m);
    private static final UsageCount CACHE_WRITE_1H =
            new UsageCount("cacheWrite1h", "cache_write_1h", Usage::cacheWrite1h);
    private static final UsageCount INPUT_AUDIO = new UsageCount("inputAudio", "input_audio", Usage::inputAudio);
    private static final UsageCount INPUT_IMAGE = new UsageCount("inputImage", "input_image", Usage::inputImage);
    private static final UsageCount OUTPUT = new UsageCount("output", "output", Usage::output);
    private static final UsageCount REASONING = new UsageCount("reasoning", "reasoning", Usage::reasoning);
    private static final UsageCount OUTPUT_AUDIO = new UsageCount("outputAudio", "output_audio", Usage::outputAudio);

    private static final UsageCount OUTPUT_IMAGE = new UsageCount("outputImage", "output_image", Usage::outputImage);
    private static final UsageCount WEB_SEARCHES = new UsageCount("webSearches", "web_searches", Usage::webSearches);

    /** All kinds, in the order in which they are shown. */
    static final List<UsageCount> ALL = List.of(
            INPUT,
            CACHE_READ,
            CACHE_WRITE_5M,
            CACHE_WRITE_1H,
            INPUT_AUDIO,
            INPUT_IMAGE,
            OUTPUT,
            REASONING,
            OUTPUT_AUDIO,
            OUTPUT_IMAGE,
            WEB_SEARCHES);

    long of(Usage usage) {
        return count.applyAsLong(usage);
    }

    /** The reverse of {@link #of}, for all kinds at once. */
    static Usage usage(ToLongFunction<UsageCount> of) {
        return new Usage(
                of.applyAsLong(INPUT),
                of.applyAsLong(CACHE_READ),
                of.applyAsLong(CACHE_WRITE_5M),
                of.applyAsLong(CACHE_WRITE_1H),
                of.applyAsLong(INPUT_AUDIO),
                of.applyAsLong(OUTPUT),
                of.applyAsLong(REASONING),
                of.applyAsLong(OUTPUT_AUDIO),
                of.applyAsLong(INPUT_IMAGE),
                of.applyAsLong(OUTPUT_IMAGE),
                of.applyAsLong(WEB_SEARCHES));
    }
}
