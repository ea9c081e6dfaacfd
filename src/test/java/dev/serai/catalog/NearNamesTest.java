package dev.serai.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;

class NearNamesTest {
    @Property
    void up_to_the_limit_the_distance_is_exact_and_beyond_it_is_larger(
            @ForAll @CharRange(from = 'a', to = 'c') @StringLength(max = 12) String from,
            @ForAll @CharRange(from = 'a', to = 'c') @StringLength(max = 12) String to,
            @ForAll @IntRange(max = 8) int limit) {
        assertThat(NearNames.distance(from, to, limit)).isEqualTo(Math.min(slowly(from, to), limit + 1));
    }

    private static int slowly(String from, String to) {
        if (from.isEmpty() || to.isEmpty()) {
            return Math.max(from.length(), to.length());
        }
        int[][] edits = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                edits[i][j] = i == 0 || j == 0
                        ? i + j
                        : Math.min(
                                edits[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1),
                                1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
            }
        }
        return edits[from.length()][to.length()];
    }
}
