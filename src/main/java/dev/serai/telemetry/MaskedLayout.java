package dev.serai.telemetry;

import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.serai.access.Secrets;

/** A line of text with its secrets masked, for people at a terminal. Named in {@code logback.xml}. */
public final class MaskedLayout extends PatternLayout {
    @Override
    public String doLayout(ILoggingEvent event) {
        String line = Secrets.ofProcess().redact(super.doLayout(event));
        long dropped = DroppedEvents.takeUnsaid();
        return dropped == 0 ? line : "(" + dropped + " log events dropped)" + System.lineSeparator() + line;
    }
}
