package dev.serai.dialect.openai;

import dev.serai.conversation.Content;
import dev.serai.conversation.Effort;
import dev.serai.conversation.Output;
import dev.serai.conversation.ServiceTier;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** OpenAI's words for the model's constants, and back; null for a word that stands for none of them. */
final class ChatWords {
    private ChatWords() {}

    static @Nullable ServiceTier serviceTier(String word) {
        return switch (word) {
            case "auto" -> ServiceTier.AUTO;
            case "default" -> ServiceTier.STANDARD;
            case "flex" -> ServiceTier.FLEX;
            case "priority" -> ServiceTier.PRIORITY;
            case "scale" -> ServiceTier.SCALE;
            default -> null;
        };
    }

    static @Nullable String of(ServiceTier tier) {
        return switch (tier) {
            case AUTO -> "auto";
            case STANDARD -> "default";
            case FLEX -> "flex";
            case PRIORITY -> "priority";
            case SCALE -> "scale";
            case BATCH -> null;
        };
    }

    static @Nullable Effort effort(String word) {
        return constant(Effort.values(), word);
    }

    static Output.@Nullable Verbosity verbosity(String word) {
        return constant(Output.Verbosity.values(), word);
    }

    static Output.@Nullable Modality modality(String word) {
        return constant(Output.Modality.values(), word);
    }

    static Content.@Nullable Detail detail(String word) {
        return constant(Content.Detail.values(), word);
    }

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static <E extends Enum<E>> @Nullable E constant(E[] constants, String word) {
        for (E constant : constants) {
            if (of(constant).equals(word)) {
                return constant;
            }
        }
        return null;
    }
}
