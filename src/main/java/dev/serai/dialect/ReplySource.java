package dev.serai.dialect;

import org.jspecify.annotations.Nullable;

/**
 * From whom a reply is decoded.
 *
 * @param model                   the id by which the model was asked for: signatures in the reply are tied to it
 * @param inputIncludesCache      whether the provider's input tokens contain those read from and written to its cache; null for what the
 *     dialect's inventor does
 * @param outputIncludesReasoning whether its output tokens contain those of reasoning; null for what the dialect's inventor does
 */
public record ReplySource(
        String model,
        @Nullable Boolean inputIncludesCache,
        @Nullable Boolean outputIncludesReasoning) {
    public ReplySource(String model) {
        this(model, null, null);
    }
}
