package dev.serai.control;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rules that several records have in common. Each throws IllegalArgumentException with a sentence that names the field. */
final class Checks {
    static final int MAX_NAME = 200;
    static final int MAX_DESCRIPTION = 2_000;
    static final int MAX_MODEL = 300;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern PROVIDER_ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    private Checks() {}

    static String id(String field, String id) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    field + " must have 1 to 64 characters of A-Z, a-z, 0-9, '-' and '_', and no others");
        }
        return id;
    }

    static String providerId(String field, String id) {
        if (!PROVIDER_ID.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    field + " must have 1 to 63 characters of a-z, 0-9 and '-', and not begin with '-'");
        }
        return id;
    }

    /** A line for people. */
    static String line(String field, String text, int max) {
        boolean odd = text.codePoints()
                .anyMatch(point -> Character.isISOControl(point) || Character.getType(point) == Character.SURROGATE);
        return sized(field, text, max, odd);
    }

    /** Text for people that may have several lines. */
    static String text(String field, String text, int max) {
        boolean odd = text.codePoints()
                .anyMatch(point -> (Character.isISOControl(point) && "\n\r\t".indexOf(point) < 0)
                        || Character.getType(point) == Character.SURROGATE);
        return sized(field, text, max, odd);
    }

    private static String sized(String field, String text, int max, boolean odd) {
        if (text.length() > max) {
            throw new IllegalArgumentException(
                    field + " has " + text.length() + " characters; " + max + " are allowed");
        }
        if (odd) {
            throw new IllegalArgumentException(field + " holds a control character or half a character");
        }
        return text;
    }

    static String named(String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("name must not be blank");
        }
        return line("name", name, MAX_NAME);
    }

    static void atMost(String field, Collection<?> list, int max) {
        if (list.size() > max) {
            throw new IllegalArgumentException(field + " has " + list.size() + " entries; " + max + " are allowed");
        }
    }

    static void distinct(String field, Collection<?> list) {
        if (new HashSet<>(list).size() != list.size()) {
            throw new IllegalArgumentException(field + " names something twice");
        }
    }

    static void positive(String field, @Nullable Long number) {
        if (number != null && number < 1) {
            throw new IllegalArgumentException(field + " must be 1 or more; leave it out for no limit");
        }
    }

    static Map<String, String> entries(String field, Map<String, String> map, int max, int maxValue) {
        atMost(field, map.keySet(), max);
        map.forEach((name, value) -> {
            if (name.isBlank()) {
                throw new IllegalArgumentException(field + " has an entry without a name");
            }
            line(field + "'s names", name, 64);
            line(field + "." + name, value, maxValue);
        });
        return Map.copyOf(map);
    }
}
