package dev.serai.steps;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Names of headers as a route file lists them: with commas between them, without regard to case; a name that ends in {@code *}
 * stands for all that begin so. Immutable.
 */
final class HeaderList {
    static final HeaderList EMPTY = of("");

    private final Set<String> names;
    private final String[] prefixes;

    private HeaderList(Set<String> names, String[] prefixes) {
        this.names = names;
        this.prefixes = prefixes;
    }

    static HeaderList of(String list) {
        Set<String> names = new HashSet<>();
        Set<String> prefixes = new HashSet<>();
        for (String name : list.split(",", -1)) {
            String lower = name.strip().toLowerCase(Locale.ROOT);
            if (lower.endsWith("*")) {
                prefixes.add(lower.substring(0, lower.length() - 1));
            } else {
                names.add(lower);
            }
        }
        return new HeaderList(Set.copyOf(names), prefixes.toArray(String[]::new));
    }

    /** @param name in small letters */
    boolean contains(String name) {
        if (names.contains(name)) {
            return true;
        }
        for (String prefix : prefixes) {
            if (name.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }
}
