package dev.serai.gateway;

import java.time.Duration;

/**
 * How many requests for models are served at once, and what becomes of one more.
 *
 * @param maxRequests how many are served at once
 * @param maxWaiting  how many more wait for a place; one more is refused as overload
 * @param longestWait how long one waits before it is refused
 * @param adaptive    whether the limit falls below {@code maxRequests} while answers take longer than they used to
 * @param floor       what it never falls below
 */
public record LoadOptions(int maxRequests, int maxWaiting, Duration longestWait, boolean adaptive, int floor) {
    public static final LoadOptions SHIPPED = new LoadOptions(10_000, 100, Duration.ofSeconds(1), false, 100);

    public LoadOptions {
        floor = Math.min(floor, maxRequests);
    }
}
