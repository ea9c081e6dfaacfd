package dev.serai.catalog;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A kind of token that can have a price of its own. Where a provider states none, the kind costs what the one it falls back
 * to costs: nothing is free because a list is silent.
 */
public enum TokenKind {
    INPUT("input", null),
    OUTPUT("output", null),
    /** Input read from the provider's cache. */
    CACHE_READ("cacheRead", INPUT),
    /** Input written to the cache for five minutes, or for as long as the provider keeps it if there is no choice. */
    CACHE_WRITE_5M("cacheWrite5m", INPUT),
    /** Input written to the cache for one hour. */
    CACHE_WRITE_1H("cacheWrite1h", CACHE_WRITE_5M),
    INPUT_AUDIO("inputAudio", INPUT),
    OUTPUT_AUDIO("outputAudio", OUTPUT),
    /** Tokens of images that were sent, where they are priced apart. */
    INPUT_IMAGE("inputImage", INPUT),
    /** Tokens of images that were made. */
    OUTPUT_IMAGE("outputImage", OUTPUT),
    /** Output spent on reasoning. */
    REASONING("reasoning", OUTPUT);

    private static final Map<String, TokenKind> BY_KEY =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(TokenKind::key, kind -> kind));

    private final String key;
    private final @Nullable TokenKind billedAs;

    TokenKind(String key, @Nullable TokenKind billedAs) {
        this.key = key;
        this.billedAs = billedAs;
    }

    /** The name in provider files. */
    public String key() {
        return key;
    }

    /** Whose price holds where this kind has none; null for input and output, which have nothing to fall back to. */
    public @Nullable TokenKind billedAs() {
        return billedAs;
    }

    /** The kind with this name in provider files; null if there is none. */
    static @Nullable TokenKind of(String key) {
        return BY_KEY.get(key);
    }
}
