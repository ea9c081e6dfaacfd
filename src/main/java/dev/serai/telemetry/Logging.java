package dev.serai.telemetry;

import ch.qos.logback.classic.LoggerContext;
import org.slf4j.LoggerFactory;

/** The life of the log, which is written by a thread of its own. */
public final class Logging {
    private Logging() {}

    /** Writes what is still queued and ends logging: the last thing a program does. Waits for five seconds at most. */
    public static void stop() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.stop();
        }
    }
}
