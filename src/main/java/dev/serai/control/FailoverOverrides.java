package dev.serai.control;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a configuration wants of failing over, in the place of {@code config/failover.yaml}.
 *
 * @param after      label of a fault to label of an action, such as {@code rate-limited} to {@code stop}
 * @param attempts   how many may begin; null for no such limit
 * @param rescue     {@code off}, {@code continue} or {@code buffered}; null for no wish
 * @param hedgeAfter how long to wait for first content before the next candidate is asked too; null for never
 */
public record FailoverOverrides(
        Map<String, String> after,
        @Nullable Long attempts,
        @Nullable String rescue,
        @Nullable Duration hedgeAfter) {
    static final List<String> RESCUES = List.of("off", "continue", "buffered");
    public static final FailoverOverrides NONE = new FailoverOverrides(Map.of(), null, null, null);

    public FailoverOverrides {
        after = Checks.entries("after", after, 50, 64);
        Checks.positive("attempts", attempts);
        if (rescue != null && !RESCUES.contains(rescue)) {
            throw new IllegalArgumentException("rescue must be one of " + String.join(", ", RESCUES));
        }
        Timeouts.check("hedgeAfter", hedgeAfter);
    }
}
