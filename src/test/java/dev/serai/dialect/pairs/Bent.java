package dev.serai.dialect.pairs;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Puts odd things into what was good: values of the wrong type, none or far too many, members of others, broken bytes. */
final class Bent {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BREAKING = "{}[]\",:\\\n\r 0-e.t\u0000\u00ff";

    private final Random random;
    private final List<JsonNode> strange;

    /** @param strange bodies whose parts turn up where nobody expects them */
    Bent(Random random, List<JsonNode> strange) {
        this.random = random;
        this.strange = strange;
    }

    byte[] json(byte[] good) {
        return bytes(tree(new String(good, UTF_8)).getBytes(UTF_8));
    }

    /** Events that are bent, left out, said twice, in another order or cut off. */
    byte[] stream(byte[] good) {
        List<String> lines = new ArrayList<>(new String(good, UTF_8).lines().toList());
        for (int i = random.nextInt(4); i >= 0 && !lines.isEmpty(); i--) {
            int at = random.nextInt(lines.size());
            String line = lines.get(at);
            switch (random.nextInt(6)) {
                case 0 -> lines.remove(at);
                case 1 -> lines.add(random.nextInt(lines.size() + 1), line);
                case 2 -> lines.subList(at, lines.size()).clear();
                default -> lines.set(at, line.startsWith("data: {") ? "data: " + tree(line.substring(6)) : line);
            }
        }
        return bytes(String.join("\n", lines).concat("\n\n").getBytes(UTF_8));
    }

    private String tree(String json) {
        try {
            JsonNode root = JSON.readTree(json);
            for (int i = random.nextInt(4); i > 0; i--) {
                change(root);
            }
            return JSON.writeValueAsString(root);
        } catch (JsonProcessingException e) {
            return json; // no JSON, or too deep to be written
        }
    }

    private void change(JsonNode root) {
        List<JsonNode> holders = new ArrayList<>();
        collect(root, holders);
        if (holders.isEmpty()) {
            return;
        }
        JsonNode holder = holders.get(random.nextInt(holders.size()));
        if (holder instanceof ObjectNode object && !object.isEmpty()) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            String name = names.get(random.nextInt(names.size()));
            switch (random.nextInt(5)) {
                case 0 -> object.remove(name);
                case 1 -> object.set(name + "x", object.remove(name));
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
        return switch (random.nextInt(16)) {
            case 0 -> NODES.nullNode();
            case 1 -> NODES.booleanNode(random.nextBoolean());
            case 2 -> NODES.numberNode(random.nextLong());
            case 3 -> NODES.numberNode(random.nextInt(5) - 2);
            case 4 -> NODES.numberNode(-1.5e300);
            case 5 -> NODES.numberNode(new BigDecimal("1e9999"));
            case 6 -> NODES.textNode("");
            case 7 -> NODES.textNode("\ud800 half");
            case 8 -> NODES.textNode("c2VyYWkxOTk6YQ==");
            case 9 -> NODES.textNode("data:image/png;base64,%%%");
            case 10 -> NODES.arrayNode();
            case 11 -> NODES.objectNode();
            case 12 -> deep(random.nextBoolean() ? 480 : 530);
            case 13, 14 -> part(strange.get(random.nextInt(strange.size())));
            default -> holders.get(random.nextInt(holders.size())).deepCopy();
        };
    }

    private JsonNode part(JsonNode of) {
        List<JsonNode> holders = new ArrayList<>();
        collect(of, holders);
        return holders.isEmpty()
                ? of
                : holders.get(random.nextInt(holders.size())).deepCopy();
    }

    /** Codecs read 512 levels. */
    private static JsonNode deep(int levels) {
        JsonNode deep = NODES.arrayNode();
        for (int i = 0; i < levels; i++) {
            deep = NODES.arrayNode().add(deep);
        }
        return deep;
    }

    /** One time in four broken as bytes. */
    private byte[] bytes(byte[] good) {
        if (random.nextInt(4) != 0 || good.length == 0) {
            return good;
        }
        byte[] broken = good.clone();
        for (int i = random.nextInt(3); i >= 0; i--) {
            broken[random.nextInt(broken.length)] = (byte) BREAKING.charAt(random.nextInt(BREAKING.length()));
        }
        return random.nextBoolean() ? broken : Arrays.copyOf(broken, random.nextInt(broken.length));
    }
}
