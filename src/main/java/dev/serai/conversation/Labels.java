package dev.serai.conversation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * On whose behalf a request is made, and what the client notes about it. Null and empty mean that it did not say.
 *
 * @param user             Chat and Responses: {@code user}. Messages: {@code metadata.user_id}
 * @param safetyIdentifier Chat and Responses: {@code safety_identifier}
 * @param metadata         Chat and Responses: {@code metadata}. Gemini: {@code labels}
 */
public record Labels(@Nullable String user, @Nullable String safetyIdentifier, Map<String, String> metadata) {

    /** Nothing was said. */
    public static final Labels UNSAID = new Labels(null, null, Map.of());

    public Labels {
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }
}
