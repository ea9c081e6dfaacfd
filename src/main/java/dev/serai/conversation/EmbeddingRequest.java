package dev.serai.conversation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Texts to be turned into vectors. OpenAI: {@code /v1/embeddings}. Gemini: {@code embedContent}, {@code batchEmbedContents}. The other
 * dialects have none.
 *
 * @param inputs     in order, at least one
 * @param dimensions OpenAI: {@code dimensions}. Gemini: {@code outputDimensionality}. Null if not stated
 * @param encoding   of the reply (OpenAI: {@code encoding_format}); null if not stated, which means numbers
 * @param user       null if not stated
 * @param taskType   what the vectors are for, in the provider's words (Gemini: {@code taskType}); null if not stated
 * @param title      of the document (Gemini: {@code title}); null if not stated
 * @param extras     fields that have no place above
 */
public record EmbeddingRequest(
        String model,
        List<Input> inputs,
        @Nullable Integer dimensions,
        @Nullable Encoding encoding,
        @Nullable String user,
        @Nullable String taskType,
        @Nullable String title,
        List<Extra> extras) {
    public EmbeddingRequest {
        inputs = List.copyOf(inputs);
        extras = List.copyOf(extras);
        if (inputs.isEmpty()) {
            throw new IllegalArgumentException("there is something to embed");
        }
    }

    /** How vectors are written in JSON. */
    public enum Encoding {
        /** As numbers. */
        FLOAT,
        /** Little-endian 32-bit floats in base64. */
        BASE64
    }

    /** One thing to embed. */
    public sealed interface Input {
        /** As text. */
        record Text(String text) implements Input {}

        /** As the numbers of the model's own tokens (OpenAI). */
        record Tokens(List<Integer> tokens) implements Input {
            public Tokens {
                tokens = List.copyOf(tokens);
            }
        }
    }
}
