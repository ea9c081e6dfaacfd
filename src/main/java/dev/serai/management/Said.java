package dev.serai.management;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody says of a setting.
 *
 * @param value null for nothing
 * @param from  who: {@code default}, {@code file:failover.yaml}, {@code environment:SERAI_TOTAL_TIMEOUT}, {@code account},
 *     {@code configuration} or {@code access-key}
 */
public record Said<T>(@Nullable T value, String from) {
    /** The least of what is said, where nobody can allow more than another; of the same, what was said first. */
    static <T extends Comparable<T>> Said<T> least(List<Said<T>> all) {
        Said<T> least = all.get(0);
        for (Said<T> said : all) {
            T value = said.value();
            T known = least.value();
            least = value != null && (known == null || value.compareTo(known) < 0) ? said : least;
        }
        return least;
    }

    /** What was said last, where each can say otherwise than those before. */
    static <T> Said<T> last(List<Said<T>> all) {
        Said<T> last = all.get(0);
        for (Said<T> said : all) {
            last = said.value() == null ? last : said;
        }
        return last;
    }
}
