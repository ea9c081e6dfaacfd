package dev.serai.dialect.gemini;

import dev.serai.conversation.ServiceTier;
import org.jspecify.annotations.Nullable;

/** The words for service tiers, both ways. */
final class ServiceTiers {
    private ServiceTiers() {}

    /** Null for a word that says nothing, or that nobody knows. */
    static @Nullable ServiceTier decode(String tier) {
        return switch (tier) {
            case "standard" -> ServiceTier.STANDARD;
            case "flex" -> ServiceTier.FLEX;
            case "priority" -> ServiceTier.PRIORITY;
            default -> null;
        };
    }

    /** Null if there is no word for it. */
    static @Nullable String encode(ServiceTier tier) {
        return switch (tier) {
            case STANDARD -> "standard";
            case FLEX -> "flex";
            case PRIORITY -> "priority";
            case AUTO, SCALE, BATCH -> null;
        };
    }
}
