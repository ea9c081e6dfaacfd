package dev.serai.dialect.anthropic;

import dev.serai.conversation.ChatRequest;
import dev.serai.conversation.Content;
import dev.serai.conversation.Message;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The ids of the calls of one request, as Anthropic takes them: letters, digits, {@code _} and {@code -}. Another id is rewritten, to
 * the same in every turn of a conversation, and no two to the same.
 */
final class ToolIds {
    private static final Pattern VALID = Pattern.compile("[a-zA-Z0-9_-]+");
    private static final int HASH_LENGTH = 12;

    private final Map<String, String> written = new HashMap<>();

    ToolIds(ChatRequest request) {
        Set<String> taken = new HashSet<>();
        for (Message message : request.messages()) {
            for (Content content : message.contents()) {
                String id = id(content);
                if (VALID.matcher(id).matches()) {
                    taken.add(id);
                }
            }
        }
        for (Message message : request.messages()) {
            for (Content content : message.contents()) {
                String id = id(content);
                written.computeIfAbsent(id, odd -> taken.contains(odd) ? odd : free(odd, taken));
            }
        }
    }

    String write(String id) {
        return written.getOrDefault(id, id);
    }

    private static String id(Content content) {
        if (content instanceof Content.ToolCall call) {
            return call.id();
        }
        return content instanceof Content.ToolResult result ? result.callId() : "";
    }

    private static String free(String id, Set<String> taken) {
        String hash = UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8))
                .toString()
                .replace("-", "")
                .substring(0, HASH_LENGTH);
        String candidate = id.replaceAll("[^a-zA-Z0-9_-]", "_") + "_" + hash;
        while (!taken.add(candidate)) {
            candidate += "_";
        }
        return candidate;
    }
}
