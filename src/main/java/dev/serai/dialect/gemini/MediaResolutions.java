package dev.serai.dialect.gemini;

import dev.serai.conversation.Content.Detail;
import org.jspecify.annotations.Nullable;

/** How closely to look at an image, both ways. */
final class MediaResolutions {
    private MediaResolutions() {}

    /** Null for a level that the model has no word for. */
    static @Nullable Detail decode(String level) {
        return switch (level) {
            case "MEDIA_RESOLUTION_LOW" -> Detail.LOW;
            case "MEDIA_RESOLUTION_HIGH" -> Detail.HIGH;
            case "MEDIA_RESOLUTION_ULTRA_HIGH" -> Detail.ORIGINAL;
            default -> null;
        };
    }

    /** Null where nothing has to be said. */
    static @Nullable String encode(Detail detail) {
        return switch (detail) {
            case AUTO -> null;
            case LOW -> "MEDIA_RESOLUTION_LOW";
            case HIGH -> "MEDIA_RESOLUTION_HIGH";
            case ORIGINAL -> "MEDIA_RESOLUTION_ULTRA_HIGH";
        };
    }
}
