package dev.serai.refresh;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/** Writes an overlay as YAML: a line for each statement, so that a comparison of two versions reads well. */
final class OverlayText {
    /** Words that mean the same in every version of YAML, in a list, in braces and alone. */
    private static final Pattern PLAIN =
            Pattern.compile("[A-Za-z][A-Za-z0-9_./+-]*( [A-Za-z0-9_./+(-][A-Za-z0-9_./+()-]*)*");

    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Set<String> NO_TEXT =
            Set.of("true", "false", "yes", "no", "on", "off", "y", "n", "null", "inf", "nan");

    private OverlayText() {}

    static String of(Overlay overlay) {
        StringBuilder text = new StringBuilder("""
                # yaml-language-server: $schema=../overlay.schema.json
                # Kept by `serai catalog refresh`, which replaces what a list said before, keeps every other statement, and
                # drops comments. It adds to the provider file of the same name, which wins wherever it says something itself,
                # except over a statement with override: true.
                """);
        text.append("provider: ").append(text(overlay.provider())).append('\n');
        if (overlay.models().isEmpty()) {
            return text.append("models: []\n").toString();
        }
        text.append("models:\n");
        for (Overlay.Entry entry : overlay.models()) {
            text.append("  - id: ").append(text(entry.id())).append("\n    said:\n");
            entry.said()
                    .forEach(statement ->
                            text.append("      - ").append(line(statement)).append('\n'));
        }
        return text.toString();
    }

    private static String line(Overlay.Statement statement) {
        StringJoiner fields = new StringJoiner(", ", "{", "}");
        fields.add("by: " + text(statement.by())).add("on: " + text(statement.on()));
        if (statement.override()) {
            fields.add("override: true");
        }
        for (Map.Entry<String, JsonNode> fact : statement.facts().entrySet()) {
            fields.add(text(fact.getKey()) + ": " + flow(fact.getValue()));
        }
        return fields.toString();
    }

    /** A value in YAML's flow form. */
    static String flow(JsonNode value) {
        if (value.isObject()) {
            StringJoiner fields = new StringJoiner(", ", "{", "}");
            value.properties().forEach(field -> fields.add(key(field.getKey()) + ": " + flow(field.getValue())));
            return fields.toString();
        }
        if (value.isArray()) {
            StringJoiner items = new StringJoiner(", ", "[", "]");
            value.forEach(item -> items.add(flow(item)));
            return items.toString();
        }
        if (value.isNumber()) {
            return value.decimalValue().toPlainString();
        }
        return value.isTextual() ? text(value.textValue()) : value.asText();
    }

    private static String key(String key) {
        return key.matches("[1-9][0-9]*") ? key : text(key);
    }

    /** Text that YAML reads as this text; JSON's strings are YAML's. */
    static String text(String text) {
        boolean plain = PLAIN.matcher(text).matches() && !NO_TEXT.contains(text.toLowerCase(Locale.ROOT));
        return plain || DAY.matcher(text).matches()
                ? text
                : FactSheet.NODES.textNode(text).toString();
    }
}
