package dev.serai.selection;

import java.util.function.LongSupplier;

/**
 * What a strategy may know of a request.
 *
 * @param stream      whether a stream is wanted
 * @param inputTokens an estimate of its input, worked out when it is asked for
 */
public record RequestShape(boolean stream, LongSupplier inputTokens) {}
