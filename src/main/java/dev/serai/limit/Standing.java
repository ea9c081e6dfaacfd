package dev.serai.limit;

/**
 * How a limit stands.
 *
 * @param limit      what may be used in a minute
 * @param remaining  what is left of it now; never negative
 * @param resetNanos until nothing of it is used any more, if nothing more is used
 */
public record Standing(long limit, long remaining, long resetNanos) {}
