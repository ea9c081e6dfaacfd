package dev.serai.refresh;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Collects what a list says of one model, in the words of an overlay. What is absent, or cannot be, is left out: a list is a hint,
 * and unknown is better than wrong. One use, one thread.
 */
final class FactSheet {
    static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final long MAX_TOKENS = 1_000_000_000;
    private static final int MAX_NAME_LENGTH = 200;

    /** What lists call what a model takes and gives; other words mean nothing here. */
    private static final Map<String, String> MODALITIES = Map.of(
            "text", "text",
            "image", "image",
            "audio", "audio",
            "video", "video",
            "pdf", "pdf",
            "file", "pdf",
            "embeddings", "vector");

    private final Map<String, JsonNode> facts = new LinkedHashMap<>();

    /** In the order in which they were set. */
    Map<String, JsonNode> facts() {
        return facts;
    }

    boolean has(String key) {
        return facts.containsKey(key);
    }

    void set(String key, JsonNode value) {
        facts.put(key, value);
    }

    void word(String key, String word) {
        facts.put(key, NODES.textNode(word));
    }

    /** A name for people, unless it is the id again, or nothing that a terminal should be given. */
    void name(JsonNode name, String id) {
        String text = name.asText().strip();
        if (name.isTextual()
                && !text.isEmpty()
                && text.length() <= MAX_NAME_LENGTH
                && !text.equals(id)
                && text.codePoints().allMatch(FactSheet::isVisible)) {
            word("name", text);
        }
    }

    private static boolean isVisible(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    /** A number of tokens; the first of these that is one. */
    void tokens(String key, JsonNode... candidates) {
        for (JsonNode candidate : candidates) {
            if (candidate.isIntegralNumber() && candidate.canConvertToLong()) {
                long tokens = candidate.longValue();
                if (tokens > 0 && tokens <= MAX_TOKENS) {
                    facts.put(key, NODES.numberNode(tokens));
                    return;
                }
            }
        }
    }

    /** What it takes, or gives. */
    void modalities(String key, JsonNode words) {
        ArrayNode known = NODES.arrayNode();
        for (JsonNode word : words) {
            String modality = MODALITIES.get(word.asText());
            if (modality != null && !contains(known, modality)) {
                known.add(modality);
            }
        }
        if (!known.isEmpty() && !(key.equals("input") && contains(known, "vector"))) {
            facts.put(key, known);
        }
    }

    static boolean contains(@Nullable JsonNode list, String word) {
        if (list != null) {
            for (JsonNode item : list) {
                if (item.asText().equals(word)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** That it has a capability, or if this is false, lacks it; unknown if this says neither. */
    void capability(String capability, JsonNode says) {
        JsonNode flag = says.isObject() ? says.path("supported") : says;
        if (flag.isBoolean()) {
            String key = flag.booleanValue() ? "capabilities" : "lacks";
            ((ArrayNode) facts.computeIfAbsent(key, any -> NODES.arrayNode())).add(capability);
        }
    }

    /** A day, if the text begins with one. */
    void day(String key, JsonNode text) {
        LocalDate day = day(text);
        if (day != null) {
            word(key, day.toString());
        }
    }

    static @Nullable LocalDate day(JsonNode text) {
        if (!text.isTextual() || text.textValue().length() < 10) {
            return null;
        }
        try {
            LocalDate day = LocalDate.parse(text.textValue().substring(0, 10));
            // A list that knows no day may give the beginning of time.
            return day.getYear() > 1970 && day.getYear() < 10_000 ? day : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** A number that may be written as text; null if it is none. */
    static @Nullable BigDecimal number(JsonNode value) {
        if (value.isNumber()) {
            return value.decimalValue();
        }
        try {
            String text = value.isTextual() ? value.textValue().strip() : "";
            return text.isEmpty() || text.length() > 40 ? null : new BigDecimal(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
