package dev.serai.conversation;

import org.jspecify.annotations.Nullable;

/**
 * What a request as a whole says about caching the prompt; marks on its parts are {@link CacheMark}s. Null means that the client did
 * not say.
 *
 * @param key       requests with the same key are likely to share a beginning. Chat and Responses: {@code prompt_cache_key}
 * @param retention how long to keep it, in the provider's words. Chat and Responses: {@code prompt_cache_retention}
 * @param mark      mark the prompt's end. Messages: {@code cache_control} at the top level
 * @param content   the name of a prompt that was stored before. Gemini: {@code cachedContent}
 */
public record CacheSettings(
        @Nullable String key,
        @Nullable String retention,
        @Nullable CacheMark mark,
        @Nullable String content) {

    /** Nothing was said. */
    public static final CacheSettings UNSAID = new CacheSettings(null, null, null, null);
}
