package dev.serai.sandbox;

/**
 * How long the pretend models take.
 *
 * @param pauseMillis before each word of {@code slow}
 * @param stallMillis how long {@code stall} keeps silent before it breaks off
 */
record Timing(long pauseMillis, long stallMillis) {
    static final Timing SHIPPED = new Timing(250, 600_000);
}
