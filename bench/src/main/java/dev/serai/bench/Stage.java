package dev.serai.bench;

import java.time.Duration;

/** One kind of load. */
sealed interface Stage {
    /** Each of so many connections sends its next request as soon as it has the answer to the last. */
    record ClosedLoop(int connections, Duration duration) implements Stage {}

    /** Short streams, one after the other: how long until the first event is there? */
    record FirstByte(int streams) implements Stage {}

    /** Streams that are all open at once; they start evenly within one second. */
    record Streams(int count, Answer answer) implements Stage {}
}
