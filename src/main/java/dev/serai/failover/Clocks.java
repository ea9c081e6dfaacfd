package dev.serai.failover;

import java.time.Duration;

/**
 * The longest times that the operator allows; a request may ask for less.
 *
 * @param total   all attempts of a request, to the first content that the client gets
 * @param attempt one attempt, to the whole answer or to the first content of a stream
 */
public record Clocks(Duration total, Duration attempt) {}
