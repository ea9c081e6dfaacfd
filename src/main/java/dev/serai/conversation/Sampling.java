package dev.serai.conversation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How tokens are drawn. Null and empty mean that the client did not say. The numbers are the client's, unchecked: ranges differ
 * from dialect to dialect (OpenAI and Gemini take a temperature up to 2, Anthropic up to 1), and an encoder that cuts one names
 * it.
 *
 * @param temperature      Chat, Responses, Messages and Gemini
 * @param topP             {@code top_p}, {@code topP}: all four
 * @param topK             Messages: {@code top_k}. Gemini: {@code topK}. Chat: {@code top_k} at many providers other than OpenAI
 * @param frequencyPenalty Chat and Gemini
 * @param presencePenalty  Chat and Gemini
 * @param seed             Chat and Gemini
 * @param logitBias        token id to bias: Chat
 */
public record Sampling(
        @Nullable Double temperature,
        @Nullable Double topP,
        @Nullable Long topK,
        @Nullable Double frequencyPenalty,
        @Nullable Double presencePenalty,
        @Nullable Long seed,
        Map<String, Double> logitBias) {

    /** Nothing was said. */
    public static final Sampling UNSAID = new Sampling(null, null, null, null, null, null, Map.of());

    public Sampling {
        logitBias = Collections.unmodifiableMap(new LinkedHashMap<>(logitBias));
    }

    public static Sampling of(@Nullable Double temperature, @Nullable Double topP) {
        return new Sampling(temperature, topP, null, null, null, null, Map.of());
    }
}
