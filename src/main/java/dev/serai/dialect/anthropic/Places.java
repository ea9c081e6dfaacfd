package dev.serai.dialect.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.Extra;
import dev.serai.dialect.JsonTree;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the parts of a body stood when it was decoded, and what was written for them: so that extras come back to their place, also
 * when messages were joined or left out. Not thread-safe.
 */
final class Places {
    private static final Set<String> GROUPS = Set.of("metadata", "output_config", "usage");

    private final ObjectNode root;
    private final Map<String, ObjectNode> written = new HashMap<>();

    Places(ObjectNode root) {
        this.root = root;
    }

    /** Notes what was written for the part that stood here; of several things, the first. */
    void put(String path, JsonNode node) {
        if (node instanceof ObjectNode object) {
            written.putIfAbsent(path, object);
        }
    }

    /** Writes extras of this dialect to their place; the others, and those whose place is gone, are dropped. */
    void restore(List<Extra> extras, Drops drops) {
        for (Extra extra : extras) {
            if (!extra.dialect().equals(AnthropicMessagesCodec.DIALECT) || !restore(extra)) {
                drops.add(extra);
            }
        }
    }

    private boolean restore(Extra extra) {
        String name = extra.name();
        int dot = name.lastIndexOf('.');
        ObjectNode holder = dot < 0 ? root : resolve(name.substring(0, dot));
        if (holder == null) {
            return !name.matches("(messages|system|tools|content)\\[.*") && set(root, name, extra);
        }
        String member = name.substring(dot + 1);
        if (member.equals("type") && extra.value().text().equals("\"search_result\"")) {
            return SourceEncoder.toSearchResult(holder);
        }
        return set(holder, member, extra);
    }

    private static boolean set(ObjectNode holder, String member, Extra extra) {
        if (holder.has(member)) {
            return false;
        }
        holder.set(member, JsonTree.leaf(extra.value()));
        return true;
    }

    private @Nullable ObjectNode resolve(String path) {
        ObjectNode known = written.get(path);
        if (known != null) {
            return known;
        }
        int dot = path.lastIndexOf('.');
        ObjectNode holder = dot < 0 ? root : resolve(path.substring(0, dot));
        if (holder == null) {
            return null;
        }
        String member = path.substring(dot + 1);
        if (dot < 0 && GROUPS.contains(member) && !root.has(member)) {
            return root.putObject(member);
        }
        return holder.get(member) instanceof ObjectNode child ? child : null;
    }
}
