package dev.serai.conversation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where an answer ends. Null and empty mean that the client did not say.
 *
 * @param maxOutputTokens Chat: {@code max_completion_tokens}, or the old {@code max_tokens}. Responses: {@code max_output_tokens}.
 *     Messages: {@code max_tokens}, required there. Gemini: {@code maxOutputTokens}
 * @param stopSequences   Chat: {@code stop}. Messages: {@code stop_sequences}. Gemini: {@code stopSequences}. Responses: none
 * @param choices         how many answers are wanted. Chat: {@code n}. Gemini: {@code candidateCount}. Elsewhere always one
 */
public record Limits(
        @Nullable Long maxOutputTokens,
        List<String> stopSequences,
        @Nullable Integer choices) {

    /** Nothing was said. */
    public static final Limits UNSAID = new Limits(null, List.of(), null);

    public Limits {
        stopSequences = List.copyOf(stopSequences);
    }

    /** The same for the rest of an answer of which so many tokens are written; one is always left. */
    public Limits less(long tokens) {
        return maxOutputTokens == null
                ? this
                : new Limits(Math.max(1, maxOutputTokens - tokens), stopSequences, choices);
    }

    /** The same for an answer of so many tokens at most. */
    public Limits within(long tokens) {
        return maxOutputTokens != null && maxOutputTokens <= tokens ? this : new Limits(tokens, stopSequences, choices);
    }

    public static Limits ofTokens(long maxOutputTokens) {
        return new Limits(maxOutputTokens, List.of(), null);
    }
}
