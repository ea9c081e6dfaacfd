package dev.serai.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Puts odd values into JSON that was good: the wrong type, nothing, far too much, half a character, parts of something else. */
public final class OddJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Random random;
    private final List<JsonNode> strange;
    private final int[] depths;

    /**
     * @param strange values whose parts turn up where nobody expects them
     * @param depths  how many levels too deep ones have
     */
    public OddJson(Random random, List<JsonNode> strange, int... depths) {
        this.random = random;
        this.strange = List.copyOf(strange);
        this.depths = depths.clone();
    }

    /** Replaces, removes, renames or adds one value somewhere in it. */
    public void change(JsonNode root) {
        List<JsonNode> holders = new ArrayList<>();
        collect(root, holders);
        if (holders.isEmpty()) {
            return;
        }
        JsonNode holder = pick(holders);
        if (holder instanceof ObjectNode object && !object.isEmpty()) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            String name = pick(names);
            switch (random.nextInt(6)) {
                case 0 -> object.remove(name);
                case 1 -> object.set(name + "x", object.remove(name));
                case 2 -> object.set("n." + name + "[0]", object.remove(name));
                default -> object.set(name, value(holders));
            }
        } else if (holder instanceof ArrayNode array) {
            array.insert(random.nextInt(array.size() + 1), value(holders));
        }
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private static void collect(JsonNode node, List<JsonNode> holders) {
        if (node.isContainerNode()) {
            holders.add(node);
            node.forEach(child -> collect(child, holders));
        }
    }

    private JsonNode value(List<JsonNode> holders) {
        return switch (random.nextInt(16)) {
            case 0 -> NODES.nullNode();
            case 1 -> NODES.booleanNode(random.nextBoolean());
            case 2 -> NODES.numberNode(random.nextLong());
            case 3 -> NODES.numberNode(random.nextInt(5) - 2);
            case 4 -> NODES.numberNode(-1.5e300);
            case 5 -> NODES.numberNode(new BigDecimal(random.nextBoolean() ? "1e9999" : "1e99999"));
            case 6 -> NODES.textNode("");
            case 7 -> NODES.textNode("\ud800 half");
            case 8 -> NODES.textNode("c2VyYWkxOTk6YQ==");
            case 9 -> NODES.textNode("data:image/png;base64,%%%");
            case 10 -> NODES.arrayNode();
            case 11 -> NODES.objectNode();
            case 12 -> deep(depths[random.nextInt(depths.length)]);
            case 13, 14 -> part(pick(strange));
            default -> pick(holders).deepCopy();
        };
    }

    private JsonNode part(JsonNode of) {
        List<JsonNode> holders = new ArrayList<>();
        collect(of, holders);
        return holders.isEmpty() ? of : pick(holders).deepCopy();
    }

    private static JsonNode deep(int levels) {
        JsonNode deep = NODES.arrayNode();
        for (int i = 0; i < levels; i++) {
            deep = NODES.arrayNode().add(deep);
        }
        return deep;
    }
}
