package dev.serai.management;

import java.time.Duration;

/** What the operator says of everybody's requests at this moment, and where. */
public record OperatorSettings(
        Said<Duration> connect,
        Said<Duration> perRequest,
        Said<Duration> total,
        Said<Duration> streamIdle,
        Said<Duration> longestStream,
        Said<Long> maxInputTokens,
        Said<Long> maxOutputTokens,
        Said<Boolean> strictTranslation,
        Said<String> rescue,
        Said<Duration> hedgeAfter) {}
