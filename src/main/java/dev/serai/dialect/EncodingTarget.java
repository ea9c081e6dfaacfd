package dev.serai.dialect;

import org.jspecify.annotations.Nullable;

/**
 * For whom a request is encoded. Strictness is not said here: an encoder always goes as far as it can and names what it dropped, and
 * the caller refuses.
 *
 * @param model           the model's id as the provider knows it; replaces that of the request
 * @param maxOutputTokens the most that the model writes, for dialects that demand a limit (Messages); null if unknown
 * @param thinking        how the model is told to think; null if unknown: then a codec goes by the model's name
 */
public record EncodingTarget(
        String model,
        @Nullable Long maxOutputTokens,
        @Nullable ThinkingControl thinking) {
    public EncodingTarget(String model, @Nullable Long maxOutputTokens) {
        this(model, maxOutputTokens, null);
    }
}
