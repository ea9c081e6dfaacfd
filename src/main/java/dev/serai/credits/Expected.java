package dev.serai.credits;

import dev.serai.catalog.Model;
import dev.serai.catalog.TokenKind;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a request may use at most, as far as that is known before it is sent.
 *
 * @param inputTokens  about how many tokens it has
 * @param outputTokens how long the answer may become, see {@link #outputTokens(long, Model)}
 * @param kinds        kinds of tokens that it may use beside text, reasoning and the cache: those of images and sound
 * @param serviceTier  the service tier that it asks for, in the provider's words; null if it asks for none
 */
public record Expected(
        long inputTokens,
        long outputTokens,
        Set<TokenKind> kinds,
        @Nullable String serviceTier) {
    public Expected {
        if (inputTokens < 0 || outputTokens < 0) {
            throw new IllegalArgumentException("counts are never negative");
        }
        kinds = Set.copyOf(kinds);
    }

    /** Of text, in the ordinary tier. */
    public static Expected of(long inputTokens, long outputTokens) {
        return new Expected(inputTokens, outputTokens, Set.of(), null);
    }

    /**
     * How long an answer may become.
     *
     * @param asked the limit of the request, or how long answers usually become
     * @param model what is known of the model; null if nothing is
     */
    public static long outputTokens(long asked, @Nullable Model model) {
        Long most = model == null ? null : model.maxOutputTokens();
        return most == null ? asked : Math.min(asked, most);
    }
}
