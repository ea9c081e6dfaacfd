package dev.serai.dialect;

import java.util.Locale;

/**
 * What not every dialect can say, by the names that {@code x-serai-dropped-params} and {@code docs/translation.md} use. Fields that
 * only one dialect knows are not here: they are named as that dialect names them.
 */
public enum Feature {
    AUDIO_INPUT,
    AUDIO_OUTPUT,
    BUILT_IN_TOOL,
    CACHED_CONTENT,
    CACHE_CONTROL,
    CITATIONS,
    CUSTOM_TOOL_FORMAT,
    DOCUMENT,
    DOCUMENT_CONTEXT,
    EFFORT,
    FILE_ID,
    FREQUENCY_PENALTY,
    IMAGE,
    IMAGE_DETAIL,
    LOGIT_BIAS,
    LOGPROBS,
    METADATA,
    MODALITIES,
    N,
    PARALLEL_TOOL_CALLS,
    PARTICIPANT_NAME,
    PRESENCE_PENALTY,
    PROMPT_CACHE_KEY,
    PROMPT_CACHE_RETENTION,
    RESPONSE_FORMAT,
    SAFETY_IDENTIFIER,
    SCHEMA_KEYWORD,
    SEED,
    SERVICE_TIER,
    STOP,
    STORE,
    STRICT,
    SYSTEM_POSITION,
    TEMPERATURE,
    THINKING,
    THINKING_BUDGET,
    THINKING_SIGNATURE,
    THINKING_SUMMARY,
    TOOL_CHOICE,
    TOOL_RESULT_ERROR,
    TOOL_RESULT_MEDIA,
    TOP_K,
    TOP_LOGPROBS,
    TOP_P,
    USER,
    VERBOSITY,
    VIDEO;

    /** As clients see it, such as {@code top_k}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
