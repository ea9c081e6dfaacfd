package dev.serai.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Writes a tree as YAML that every version of it reads alike, and {@link YamlDocument} as the same tree: a line for each value. */
public final class YamlText {
    /** Words that mean the same everywhere; anything else is put into quotes as JSON does it. */
    private static final Pattern PLAIN =
            Pattern.compile("[A-Za-z][A-Za-z0-9_./*+-]*( [A-Za-z0-9_./+(-][A-Za-z0-9_./+()-]*)*");

    private static final Set<String> NO_TEXT =
            Set.of("true", "false", "yes", "no", "on", "off", "y", "n", "null", "inf", "nan");
    private static final String INDENT = "  ";

    private YamlText() {}

    /** Several lines, each with its end. */
    public static String of(JsonNode value) {
        StringBuilder text = new StringBuilder();
        if (isBranch(value)) {
            branch(value, "", text);
        } else {
            text.append(leaf(value)).append('\n');
        }
        return text.toString();
    }

    private static void branch(JsonNode value, String indent, StringBuilder text) {
        if (value.isObject()) {
            value.properties().forEach(member -> {
                text.append(indent).append(word(member.getKey())).append(':');
                below(member.getValue(), indent, text);
            });
        } else {
            for (JsonNode item : value) {
                text.append(indent).append('-');
                if (isBranch(item)) {
                    int begin = text.length();
                    branch(item, indent + INDENT, text);
                    // The first member stands behind the dash, in the place of its indent.
                    text.replace(begin, begin + indent.length() + INDENT.length(), " ");
                } else {
                    text.append(' ').append(leaf(item)).append('\n');
                }
            }
        }
    }

    private static void below(JsonNode value, String indent, StringBuilder text) {
        if (isBranch(value)) {
            text.append('\n');
            branch(value, indent + INDENT, text);
        } else {
            text.append(' ').append(leaf(value)).append('\n');
        }
    }

    private static boolean isBranch(JsonNode value) {
        return value.isContainerNode() && !value.isEmpty();
    }

    private static String leaf(JsonNode value) {
        return value.isTextual() ? word(value.textValue()) : value.toString();
    }

    private static String word(String text) {
        boolean isPlain = PLAIN.matcher(text).matches() && !NO_TEXT.contains(text.toLowerCase(Locale.ROOT));
        return isPlain ? text : escaped(TextNode.valueOf(text).toString());
    }

    /** What JSON may show as it is, YAML takes for the end of a line, or refuses. */
    private static String escaped(String quoted) {
        StringBuilder text = new StringBuilder(quoted.length());
        for (int i = 0; i < quoted.length(); i++) {
            char c = quoted.charAt(i);
            int type = Character.getType(c);
            boolean isOdd = type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR
                    || type == Character.CONTROL
                    || type == Character.FORMAT;
            text.append(isOdd ? String.format("\\u%04x", (int) c) : String.valueOf(c));
        }
        return text.toString();
    }
}
