package dev.serai.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.config.DurationText;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How the text behind an option becomes the value of a field. A null clears the field. */
enum FieldForm {
    /** As it is; nothing clears. */
    TEXT("TEXT"),
    /** A name or an id of an access key configuration; {@code none} clears. */
    CONFIGURATION("NAME|ID"),
    /** A whole number; {@code none} clears. */
    NUMBER("N"),
    /** US dollars such as {@code 12.50}, a text so that it stays exact; {@code none} clears. */
    AMOUNT("USD"),
    /** A time such as {@code 60s}; {@code none} clears. */
    DURATION("TIME"),
    /** A word; {@code none} clears. */
    CHOICE("WORD"),
    /** {@code true} or {@code false}; {@code none} clears. */
    FLAG("true|false"),
    /** A time from now, or {@code never}. */
    EXPIRY("TIME"),
    /** {@code k=v}, repeatable; nothing behind the sign takes the entry away. */
    PAIRS("K=V"),
    /** Several texts, separated by commas; {@code none} for an empty list. */
    LIST("A,B"),
    /** The same of what is allowed; {@code all} for no list, {@code nothing} for an empty one. */
    ALLOWED("A,B"),
    /** Ids of models, each an object. */
    MODELS("A,B");

    private static final String NONE = "none";
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Pattern DAYS = Pattern.compile("(\\d{1,5})d");

    private final String label;

    FieldForm(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    boolean isList() {
        return this == PAIRS || this == LIST || this == ALLOWED || this == MODELS;
    }

    /**
     * The value of a field.
     *
     * @param texts one, or several if {@link #isList()}
     * @throws IllegalArgumentException if a text has another form; the message begins with "has"
     */
    JsonNode value(List<String> texts, Clock clock) {
        String text = texts.get(0);
        return switch (this) {
            case TEXT -> text.isEmpty() ? NODES.nullNode() : NODES.textNode(text);
            case CONFIGURATION, AMOUNT, DURATION, CHOICE -> text.equals(NONE) ? NODES.nullNode() : NODES.textNode(text);
            case NUMBER -> number(text);
            case FLAG -> flag(text);
            case EXPIRY ->
                text.equals("never")
                        ? NODES.nullNode()
                        : NODES.textNode(expiry(text, clock).toString());
            case PAIRS -> pairs(texts);
            case LIST -> texts.equals(List.of(NONE)) ? NODES.arrayNode() : list(texts);
            case ALLOWED -> allowed(texts);
            case MODELS -> models(texts);
        };
    }

    private static JsonNode number(String text) {
        if (!text.equals(NONE) && !text.matches("\\d{1,18}")) {
            throw new IllegalArgumentException("has '" + text + "', which is no whole number");
        }
        return text.equals(NONE) ? NODES.nullNode() : NODES.numberNode(Long.parseLong(text));
    }

    private static JsonNode flag(String text) {
        return switch (text) {
            case "true", "false" -> NODES.booleanNode(text.equals("true"));
            case NONE -> NODES.nullNode();
            default -> throw new IllegalArgumentException("has '" + text + "', which is none of true, false and none");
        };
    }

    /**
     * So long from now.
     *
     * @param text such as {@code 30d} or {@code 12h}
     * @throws IllegalArgumentException if it has another form
     */
    static Instant expiry(String text, Clock clock) {
        Matcher days = DAYS.matcher(text);
        Duration duration = days.matches() ? Duration.ofDays(Long.parseLong(days.group(1))) : DurationText.parse(text);
        return clock.instant().plus(duration);
    }

    private static JsonNode pairs(List<String> texts) {
        ObjectNode pairs = NODES.objectNode();
        for (String text : texts) {
            int sign = text.indexOf('=');
            if (sign < 1) {
                throw new IllegalArgumentException("has '" + text + "', which is not of the form name=value");
            }
            String value = text.substring(sign + 1);
            pairs.set(text.substring(0, sign), value.isEmpty() ? NODES.nullNode() : NODES.textNode(value));
        }
        return pairs;
    }

    private static JsonNode allowed(List<String> texts) {
        if (texts.equals(List.of("all"))) {
            return NODES.nullNode();
        }
        return texts.equals(List.of("nothing")) ? NODES.arrayNode() : list(texts);
    }

    private static ArrayNode list(List<String> texts) {
        ArrayNode list = NODES.arrayNode();
        texts.forEach(list::add);
        return list;
    }

    private static ArrayNode models(List<String> texts) {
        ArrayNode list = NODES.arrayNode();
        texts.forEach(id -> list.addObject().put("id", id));
        return list;
    }
}
