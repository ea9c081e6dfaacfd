package dev.serai.dialect.openai;

import dev.serai.conversation.ServiceTier;
import org.jspecify.annotations.Nullable;

/** {@code service_tier}, of requests and of replies. */
final class ResponsesTiers {
    private ResponsesTiers() {}

    /** Null for a tier that the model does not have. */
    static @Nullable ServiceTier read(String tier) {
        return switch (tier) {
            case "auto" -> ServiceTier.AUTO;
            case "default" -> ServiceTier.STANDARD;
            case "flex" -> ServiceTier.FLEX;
            case "priority" -> ServiceTier.PRIORITY;
            case "scale" -> ServiceTier.SCALE;
            default -> null;
        };
    }

    /** Null for a tier that the dialect does not have. */
    static @Nullable String write(ServiceTier tier) {
        return switch (tier) {
            case AUTO -> "auto";
            case STANDARD -> "default";
            case FLEX -> "flex";
            case PRIORITY -> "priority";
            case SCALE -> "scale";
            case BATCH -> null;
        };
    }
}
