package dev.serai.reload;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What is different between two sets of named things; names only.
 *
 * @param reordered whether those that stayed have another order
 */
record Changes(List<String> added, List<String> changed, List<String> removed, boolean reordered) {
    /** The order of a map counts if it has one. */
    static <V> Changes between(Map<String, V> before, Map<String, V> now) {
        List<String> stayed = now.keySet().stream().filter(before::containsKey).toList();
        return new Changes(
                now.keySet().stream().filter(name -> !before.containsKey(name)).toList(),
                stayed.stream()
                        .filter(name -> !Objects.equals(before.get(name), now.get(name)))
                        .toList(),
                before.keySet().stream().filter(name -> !now.containsKey(name)).toList(),
                !stayed.equals(before.keySet().stream().filter(now::containsKey).toList()));
    }

    boolean isEmpty() {
        return added.isEmpty() && changed.isEmpty() && removed.isEmpty() && !reordered;
    }
}
