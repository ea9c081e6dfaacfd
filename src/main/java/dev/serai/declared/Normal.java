package dev.serai.declared;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.serai.config.DurationText;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Set;

/** One way of writing for all that means the same: what is empty is left out, times have their shortest form. */
final class Normal {
    private static final Set<String> EMPTY_MEANS_NONE = Set.of("description", "prefix");
    private static final Set<String> DURATIONS =
            Set.of("connect", "perRequest", "total", "streamIdle", "longestStream", "hedgeAfter");

    private static final Set<String> AMOUNTS = Set.of("budgetPerDay", "budgetPerMonth");

    /** Texts by names of people's own, which are not touched. */
    private static final Set<String> FREE = Set.of("metadata", "headers", "query", "after");

    private Normal() {}

    static ObjectNode of(JsonNode object) {
        ObjectNode normal = JsonNodeFactory.instance.objectNode();
        object.properties().forEach(member -> {
            JsonNode value = of(member.getKey(), member.getValue());
            if (!isNothing(member.getKey(), value)) {
                normal.set(member.getKey(), value);
            }
        });
        return normal;
    }

    private static JsonNode of(String name, JsonNode value) {
        if (FREE.contains(name)) {
            return value;
        }
        if (value.isObject()) {
            return of(value);
        }
        if (value.isArray()) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            value.forEach(item -> list.add(item.isObject() ? of(item) : item));
            return list;
        }
        if (AMOUNTS.contains(name) && value.isValueNode()) {
            return TextNode.valueOf(amount(value.asText()));
        }
        // A file's numbers have a type of their own, which equals no other.
        return value.isIntegralNumber() && value.canConvertToLong()
                ? JsonNodeFactory.instance.numberNode(value.longValue())
                : value.isTextual() ? TextNode.valueOf(text(name, value.textValue())) : value;
    }

    private static String amount(String text) {
        try {
            return new BigDecimal(text).stripTrailingZeros().toPlainString();
        } catch (NumberFormatException e) {
            // The API refuses it, and says why.
            return text;
        }
    }

    private static String text(String name, String text) {
        try {
            if (DURATIONS.contains(name)) {
                return DurationText.of(DurationText.parse(text));
            }
            return name.equals("expiresAt")
                    ? OffsetDateTime.parse(text).toInstant().toString()
                    : text;
        } catch (IllegalArgumentException | DateTimeException e) {
            // The API refuses it, and says why.
            return text;
        }
    }

    /** No list under {@code allow} allows everything, an empty one nothing. */
    private static boolean isNothing(String name, JsonNode value) {
        return value.isNull()
                || (value.isContainerNode() && value.isEmpty() && !name.equals("allow"))
                || (EMPTY_MEANS_NONE.contains(name) && value.asText().isEmpty());
    }
}
