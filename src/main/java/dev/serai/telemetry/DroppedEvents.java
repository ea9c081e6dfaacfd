package dev.serai.telemetry;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import java.util.concurrent.atomic.AtomicLong;
import net.logstash.logback.appender.listener.AppenderListener;

/**
 * Counts log events that found the queue full and were dropped, since a gateway must not wait for its own log. The next
 * line written says how many. Named in {@code logback.xml}; thread-safe.
 */
public final class DroppedEvents implements AppenderListener<ILoggingEvent> {
    private static final AtomicLong TOTAL = new AtomicLong();
    private static final AtomicLong UNSAID = new AtomicLong();

    /** How many there were since the process began. */
    public static long total() {
        return TOTAL.get();
    }

    /** How many there were since this was called last. */
    static long takeUnsaid() {
        return UNSAID.get() == 0 ? 0 : UNSAID.getAndSet(0);
    }

    @Override
    public void eventAppendFailed(Appender<ILoggingEvent> appender, ILoggingEvent event, Throwable reason) {
        TOTAL.incrementAndGet();
        UNSAID.incrementAndGet();
    }
}
