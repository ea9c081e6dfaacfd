package dev.serai.usage;

import java.security.SecureRandom;
import java.time.Clock;

/**
 * Makes ids of events: 26 characters in Crockford's base 32, 48 bits of milliseconds and 80 random bits, in the manner of ULID. Each is
 * greater than the one before, also if the clock is set back. Thread-safe.
 */
public final class EventIds {
    private static final char[] DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();
    private static final int TIME_DIGITS = 10;
    private static final int RANDOM_DIGITS = 8;
    private static final int BITS = 5;
    private static final long MASK = 31;

    /** 40 bits each; the lower half counts on within a millisecond and starts in its lower quarter, so that it has room. */
    private static final long HALF = (1L << 40) - 1;

    private final Clock clock;
    private final SecureRandom random;
    private long millis;
    private long high;
    private long low;

    public EventIds(Clock clock, SecureRandom random) {
        this.clock = clock;
        this.random = random;
    }

    /** A new one. */
    public synchronized String next() {
        long now = clock.millis();
        if (now > millis || low == HALF) {
            millis = Math.max(now, millis + 1);
            high = random.nextLong() & HALF;
            low = random.nextLong() & (HALF >> 2);
        } else {
            low++;
        }
        char[] id = new char[TIME_DIGITS + 2 * RANDOM_DIGITS];
        write(id, 0, TIME_DIGITS, millis);
        write(id, TIME_DIGITS, RANDOM_DIGITS, high);
        write(id, TIME_DIGITS + RANDOM_DIGITS, RANDOM_DIGITS, low);
        return new String(id);
    }

    private static void write(char[] id, int from, int digits, long value) {
        for (int i = from + digits - 1; i >= from; i--) {
            id[i] = DIGITS[(int) (value & MASK)];
            value >>>= BITS;
        }
    }
}
