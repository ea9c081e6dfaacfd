package dev.serai.dialect.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.Extra;
import dev.serai.dialect.Dropped;
import dev.serai.dialect.JsonTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Puts the extras of Chat back where they stood, such as at {@code messages[2].prefix}, and names those of others. */
final class ChatExtras {
    private static final Pattern STEP = Pattern.compile("([^.\\[\\]]+)|\\[(\\d{1,9})]");

    private final ObjectNode body;
    private final Map<String, List<? extends @Nullable JsonNode>> places = new HashMap<>();

    ChatExtras(ObjectNode body) {
        this.body = body;
    }

    /** Says where the elements of a list are now, by the index that they had. */
    ChatExtras at(String list, List<? extends @Nullable JsonNode> elements) {
        places.put(list, elements);
        return this;
    }

    void write(List<Extra> extras, List<Dropped> dropped) {
        for (Extra extra : extras) {
            boolean own = extra.dialect().equals(OpenAiChatCodec.DIALECT);
            boolean asMarkOnly = own && extra.name().equals(ChatToolsDecoder.FUNCTIONS);
            if (!asMarkOnly && !(own && put(extra))) {
                dropped.add(Dropped.of(extra));
            }
        }
    }

    /** @return false if the place is gone, or taken */
    private boolean put(Extra extra) {
        String name = extra.name();
        int dot = name.lastIndexOf('.');
        ObjectNode parent = dot < 0 ? body : find(name.substring(0, dot));
        String member = name.substring(dot + 1);
        if (parent == null && !places.containsKey(name.split("[.\\[]", 2)[0]) && body.get(name) == null) {
            return putDeep(name, extra); // a name with a dot in it, or an object of which nothing else is left
        }
        if (parent == null || parent.has(member)) {
            return false;
        }
        parent.set(member, JsonTree.leaf(extra.value()));
        return true;
    }

    private boolean putDeep(String name, Extra extra) {
        int dot = name.indexOf('.');
        String head = dot < 0 ? name : name.substring(0, dot);
        if (dot < 0 || head.contains("[") || body.has(head) || name.indexOf('.', dot + 1) >= 0) {
            body.set(name, JsonTree.leaf(extra.value()));
        } else {
            body.putObject(head).set(name.substring(dot + 1), JsonTree.leaf(extra.value()));
        }
        return true;
    }

    private @Nullable ObjectNode find(String path) {
        List<String> steps = new ArrayList<>();
        Matcher matcher = STEP.matcher(path);
        while (matcher.find()) {
            steps.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
        }
        JsonNode at = body;
        for (int i = 0; i < steps.size() && at != null; i++) {
            List<? extends @Nullable JsonNode> moved = i == 1 ? places.get(steps.get(0)) : null;
            at = moved == null ? child(at, steps.get(i)) : element(moved, steps.get(i));
        }
        return at instanceof ObjectNode object ? object : null;
    }

    private static @Nullable JsonNode child(JsonNode at, String step) {
        return at.isArray() ? at.get(index(step)) : at.get(step);
    }

    private static @Nullable JsonNode element(List<? extends @Nullable JsonNode> list, String step) {
        int index = index(step);
        return index >= 0 && index < list.size() ? list.get(index) : null;
    }

    private static int index(String step) {
        return step.chars().allMatch(c -> c >= '0' && c <= '9') && step.length() < 10 ? Integer.parseInt(step) : -1;
    }
}
