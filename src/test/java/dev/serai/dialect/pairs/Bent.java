package dev.serai.dialect.pairs;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.testing.OddJson;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Puts odd things into what was good: {@linkplain OddJson odd values}, events in another order, broken bytes. */
final class Bent {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BREAKING = "{}[]\",:\\\n\r 0-e.t\u0000\u00ff";

    private final Random random;
    private final OddJson odd;

    /** @param strange bodies whose parts turn up where nobody expects them */
    Bent(Random random, List<JsonNode> strange) {
        this.random = random;
        // Codecs read 512 levels.
        this.odd = new OddJson(random, strange, 480, 530);
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
                odd.change(root);
            }
            return JSON.writeValueAsString(root);
        } catch (JsonProcessingException e) {
            return json; // no JSON, or too deep to be written
        }
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
