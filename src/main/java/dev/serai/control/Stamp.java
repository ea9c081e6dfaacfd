package dev.serai.control;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * When an object was made and last changed, to the microsecond, and how often.
 *
 * @param version 1 when it is made, one more with each change: whoever changes an object says which version they saw
 */
public record Stamp(Instant createdAt, Instant updatedAt, long version) {
    public Stamp {
        createdAt = createdAt.truncatedTo(ChronoUnit.MICROS);
        updatedAt = updatedAt.truncatedTo(ChronoUnit.MICROS);
        if (version < 1) {
            throw new IllegalArgumentException("versions count from 1");
        }
    }

    /** Of something that is made now. */
    public static Stamp first(Instant now) {
        return new Stamp(now, now, 1);
    }

    /** Of the same thing, changed now. */
    public Stamp next(Instant now) {
        return new Stamp(createdAt, now, version + 1);
    }
}
