package dev.serai.catalog;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Names that differ from a given one by a few edits. The work is bounded whatever a client sends as a name. */
final class NearNames {
    private static final int LONGEST_NAME = 64;

    private record Near(String name, int distance) {}

    private NearNames() {}

    /**
     * At most {@code max} of the known names, the nearest first, equally near ones in the given order. A vendor before
     * the model is ignored where that helps: other gateways write {@code vendor/model}, and the vendor may be no
     * provider here.
     */
    static List<String> of(String name, Collection<String> known, int max) {
        String bare = name.substring(Math.max(name.lastIndexOf('/'), name.indexOf(':')) + 1);
        if (bare.isEmpty() || name.length() > LONGEST_NAME) {
            return List.of();
        }
        return known.stream()
                .map(candidate -> new Near(candidate, Math.min(distance(name, candidate), distance(bare, candidate))))
                .filter(near -> near.distance() <= allowed(bare))
                .sorted(Comparator.comparingInt(Near::distance))
                .limit(max)
                .map(Near::name)
                .toList();
    }

    /** A third of the name, so that short names do not match everything. */
    private static int allowed(String name) {
        return Math.max(1, name.length() / 3);
    }

    /**
     * The least number of insertions, deletions and replacements of a character; beyond the allowed, any larger number.
     */
    static int distance(String from, String to) {
        if (Math.abs(from.length() - to.length()) > allowed(from)) {
            return Integer.MAX_VALUE;
        }
        int[] previous = new int[to.length() + 1];
        int[] current = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            current[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = previous[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
            }
            int[] swap = previous;
            previous = current;
            current = swap;
        }
        return previous[to.length()];
    }
}
