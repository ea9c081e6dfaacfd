package dev.serai.conversation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Log probabilities of the tokens of an answer. Chat: {@code logprobs}. Responses: on each {@code output_text}. Gemini: {@code
 * logprobsResult}.
 *
 * @param content of the answer's text
 * @param refusal of the text of a refusal
 */
public record Logprobs(List<Token> content, List<Token> refusal) {
    public Logprobs {
        content = List.copyOf(content);
        refusal = List.copyOf(refusal);
    }

    /**
     * A token at its place.
     *
     * @param chosen the one that was drawn
     * @param top    the likeliest at this place, as many as were asked for, likeliest first
     */
    public record Token(Candidate chosen, List<Candidate> top) {
        public Token {
            top = List.copyOf(top);
        }
    }

    /**
     * One token that is or might have been.
     *
     * @param logprob natural logarithm of its probability
     * @param bytes   its UTF-8, 0 to 255 each, which may be half a character; null if not stated
     */
    public record Candidate(
            String token, double logprob, @Nullable List<Integer> bytes) {
        public Candidate {
            bytes = bytes == null ? null : List.copyOf(bytes);
        }
    }
}
