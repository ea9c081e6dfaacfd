package dev.serai.dialect.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Puts odd values into JSON that was good: the wrong type, nothing, far too much, half a character. */
final class JsonMutation {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Random random;

    private JsonMutation(Random random) {
        this.random = random;
    }

    /** The same with up to three values replaced, removed or moved. */
    static JsonNode of(JsonNode good, long seed) {
        JsonMutation mutation = new JsonMutation(new Random(seed));
        JsonNode changed = good.deepCopy();
        for (int i = 0; i <= mutation.random.nextInt(3); i++) {
            mutation.change(changed);
        }
        return changed;
    }

    private void change(JsonNode root) {
        List<JsonNode> holders = new ArrayList<>();
        collect(root, holders);
        JsonNode holder = holders.get(random.nextInt(holders.size()));
        if (holder instanceof ObjectNode object && !object.isEmpty()) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            String name = names.get(random.nextInt(names.size()));
            switch (random.nextInt(4)) {
                case 0 -> object.remove(name);
                case 1 -> object.set("n." + name + "[0]", object.remove(name));
                default -> object.set(name, odd(holders));
            }
        } else if (holder instanceof ArrayNode array) {
            array.insert(random.nextInt(array.size() + 1), odd(holders));
        }
    }

    private static void collect(JsonNode node, List<JsonNode> holders) {
        if (node.isContainerNode()) {
            holders.add(node);
            node.forEach(child -> collect(child, holders));
        }
    }

    private JsonNode odd(List<JsonNode> holders) {
        return switch (random.nextInt(14)) {
            case 0 -> NODES.nullNode();
            case 1 -> NODES.booleanNode(random.nextBoolean());
            case 2 -> NODES.numberNode(random.nextLong());
            case 3 -> NODES.numberNode(-1.5e300);
            case 4 -> NODES.numberNode(new BigDecimal("1e99999"));
            case 5 -> NODES.textNode("");
            case 6 -> NODES.textNode("\ud800 half");
            case 7 -> NODES.textNode("c2VyYWkxOTk6YQ==");
            case 8 -> NODES.textNode("tool_use");
            case 9 -> NODES.arrayNode();
            case 10 -> NODES.objectNode();
            case 11 -> deep();
            case 12 -> NODES.objectNode().put("type", random.nextBoolean() ? "tool_result" : "thinking");
            default -> holders.get(random.nextInt(holders.size())).deepCopy();
        };
    }

    private static JsonNode deep() {
        JsonNode deep = NODES.arrayNode();
        for (int i = 0; i < 400; i++) {
            deep = NODES.arrayNode().add(deep);
        }
        return deep;
    }
}
