package dev.serai.failover;

import java.time.Duration;

/**
 * What comes after a failed attempt.
 *
 * @param goesOn whether another attempt may be made; if not, the failure is the client's
 * @param delay  how long to wait before it; zero or more
 */
public record Verdict(boolean goesOn, Duration delay) {
    static final Verdict STOP = new Verdict(false, Duration.ZERO);
    static final Verdict NOW = new Verdict(true, Duration.ZERO);

    static Verdict after(Duration delay) {
        return new Verdict(true, delay);
    }
}
