package dev.serai.conversation;

import org.jspecify.annotations.Nullable;

/**
 * What a model hands out to recognise its own thinking by: opaque, and of use to nobody but the model that made it. Responses: the
 * {@code encrypted_content} and the id of a reasoning item. Messages: the {@code signature} of a thinking block, the {@code data}
 * of a redacted one. Gemini: the {@code thoughtSignature} of a part. Chat has none of its own.
 *
 * @param text    as the provider sent it; empty only if there is an {@code itemId}
 * @param dialect the id of the dialect that the provider spoke, such as {@code anthropic-messages}
 * @param model   the id by which the model was asked for; null if nobody remembers
 * @param itemId  the id of the item that held it, where the dialect gives it one (Responses: {@code rs_…}); otherwise null
 */
public record Signature(
        String text,
        String dialect,
        @Nullable String model,
        @Nullable String itemId) {
    public Signature {
        if (text.isEmpty() && itemId == null) {
            throw new IllegalArgumentException("a signature has a text or names an item");
        }
    }

    public Signature(String text, String dialect, @Nullable String model) {
        this(text, dialect, model, null);
    }

    /** Whether this model may see it: the same dialect, and the model that made it or one that cannot be told. */
    public boolean isFor(String targetDialect, String targetModel) {
        return dialect.equals(targetDialect) && (model == null || model.equalsIgnoreCase(targetModel));
    }
}
