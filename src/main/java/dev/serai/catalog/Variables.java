package dev.serai.catalog;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Replaces <code>${NAME}</code> in the text of a configuration file. Immutable. */
record Variables(Map<String, String> values) {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^}]*)}?");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    Variables {
        values = Map.copyOf(values);
    }

    /**
     * @throws IllegalArgumentException if a reference is malformed or its variable has no value; the message says which
     */
    String replace(String text) {
        StringBuilder replaced = new StringBuilder();
        Matcher reference = REFERENCE.matcher(text);
        while (reference.find()) {
            reference.appendReplacement(replaced, Matcher.quoteReplacement(value(reference)));
        }
        return reference.appendTail(replaced).toString();
    }

    /** The variables that a text refers to, in its order. */
    static List<String> names(String text) {
        return REFERENCE
                .matcher(text)
                .results()
                .map(reference -> reference.group(1))
                .toList();
    }

    private String value(Matcher reference) {
        String name = reference.group(1);
        if (!reference.group().endsWith("}") || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("'" + reference.group() + "' is not of the form ${NAME}");
        }
        String value = values.get(name);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("the environment variable " + name + " is not set");
        }
        return value.strip();
    }
}
