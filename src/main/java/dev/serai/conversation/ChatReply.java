package dev.serai.conversation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A complete answer, in any dialect.
 *
 * @param id                  as the provider gave it; empty if it gave none
 * @param model               as the provider states it; empty if it does not
 * @param createdEpochSeconds null if the dialect does not say (Messages)
 * @param choices             in the order of their index, no index twice; empty if the provider gave none
 * @param usage               {@link Usage#NONE} if none was stated
 * @param serviceTier         null if not stated
 * @param extras              fields that have no place above, such as Gemini's {@code candidates[0].groundingMetadata}
 */
public record ChatReply(
        String id,
        String model,
        @Nullable Long createdEpochSeconds,
        List<Choice> choices,
        Usage usage,
        @Nullable ServiceTier serviceTier,
        List<Extra> extras) {
    public ChatReply {
        choices = List.copyOf(choices);
        extras = List.copyOf(extras);
        for (int i = 1; i < choices.size(); i++) {
            if (choices.get(i).index() <= choices.get(i - 1).index()) {
                throw new IllegalArgumentException("choices stand in the order of their index, no index twice");
            }
        }
    }
}
