package dev.serai.control;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a configuration wants of failing over, in the place of {@code config/failover.yaml}.
 *
 * @param after      label of a fault to label of an action, such as {@code rate-limited} to {@code stop}
 * @param attempts   how many may begin; null for no such limit
 * @param rescue     {@code off} or {@code buffered}; null for no wish
 * @param hedgeAfter how long to wait for first content before the next candidate is asked too; null for never
 */
public record FailoverOverrides(
        Map<String, String> after,
        @Nullable Long attempts,
        @Nullable String rescue,
        @Nullable Duration hedgeAfter) {
    public static final FailoverOverrides NONE = new FailoverOverrides(Map.of(), null, null, null);

    public FailoverOverrides {
        after = Checks.entries("after", after, 50, 64);
        Checks.positive("attempts", attempts);
        if (rescue != null && !rescue.equals("off") && !rescue.equals("buffered")) {
            throw new IllegalArgumentException("rescue must be off or buffered");
        }
        Timeouts.check("hedgeAfter", hedgeAfter);
    }
}
