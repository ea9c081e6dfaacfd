package dev.serai.catalog;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Names that differ from a given one by a few edits. The work is bounded whatever a client sends as a name, and small where near
 * names are found early: after that, only nearer ones are of interest. One use, one thread.
 */
final class NearNames {
    private static final int LONGEST_NAME = 64;

    private record Near(String name, int distance) {}

    private final String name;
    private final String bare;
    private final int max;
    private final List<Near> nearest = new ArrayList<>();

    /**
     * A vendor before the model is ignored where that helps: other gateways write {@code vendor/model}, and the vendor may be no
     * provider here.
     *
     * @param max how many to find at most
     */
    NearNames(String name, int max) {
        this.name = name;
        this.bare = name.substring(Math.max(name.lastIndexOf('/'), name.indexOf(':')) + 1);
        this.max = max;
    }

    /** Looks whether this name is one of the nearest. */
    void offer(String candidate) {
        if (bare.isEmpty() || name.length() > LONGEST_NAME) {
            return;
        }
        int limit = nearest.size() < max ? allowed() : nearest.get(max - 1).distance() - 1;
        int distance = distance(bare, candidate, limit);
        if (bare.length() < name.length()) {
            distance = Math.min(distance, distance(name, candidate, Math.min(limit, distance)));
        }
        if (distance <= limit) {
            insert(new Near(candidate, distance));
        }
    }

    /** A third of the name, so that short names do not match everything. */
    private int allowed() {
        return Math.max(1, bare.length() / 3);
    }

    private void insert(Near near) {
        int at = nearest.size();
        while (at > 0 && nearest.get(at - 1).distance() > near.distance()) {
            at--;
        }
        nearest.add(at, near);
        if (nearest.size() > max) {
            nearest.remove(max);
        }
    }

    /** Those that were offered and are near, the nearest first, equally near ones in the order of their offer. */
    List<String> found() {
        return nearest.stream().map(Near::name).toList();
    }

    /**
     * The least number of insertions, deletions and replacements of a character; beyond the limit, some larger number. Looks only at
     * the places that so few edits can lead to.
     */
    static int distance(String from, String to, int limit) {
        int farAway = limit + 1;
        if (limit < 0 || Math.abs(from.length() - to.length()) > limit) {
            return farAway;
        }
        int[] previous = new int[to.length() + 1];
        int[] current = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            previous[j] = Math.min(j, farAway);
        }
        for (int i = 1; i <= from.length(); i++) {
            if (row(from, to, i, limit, previous, current) > limit) {
                return farAway;
            }
            int[] swap = previous;
            previous = current;
            current = swap;
        }
        return previous[to.length()];
    }

    /** Fills a row and gives its least value. */
    private static int row(String from, String to, int i, int limit, int[] previous, int[] current) {
        int farAway = limit + 1;
        int first = Math.max(1, i - limit);
        int last = Math.min(to.length(), i + limit);
        Arrays.fill(current, farAway);
        current[0] = Math.min(i, farAway);
        int least = first == 1 ? current[0] : farAway;
        for (int j = first; j <= last; j++) {
            int replaced = previous[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
            current[j] = Math.min(farAway, Math.min(replaced, 1 + Math.min(previous[j], current[j - 1])));
            least = Math.min(least, current[j]);
        }
        return least;
    }
}
