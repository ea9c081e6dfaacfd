package dev.serai.conversation;

import java.util.List;

/**
 * Vectors, one for each input, in the order of the inputs.
 *
 * @param model as the provider states it; empty if it does not
 * @param usage {@link Usage#NONE} if none was stated
 */
public record EmbeddingReply(String model, List<Vector> vectors, Usage usage) {
    public EmbeddingReply {
        vectors = List.copyOf(vectors);
    }
}
