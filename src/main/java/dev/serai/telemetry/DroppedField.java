package dev.serai.telemetry;

import ch.qos.logback.classic.spi.ILoggingEvent;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import net.logstash.logback.composite.AbstractJsonProvider;

/** The field {@code dropped} of a JSON log line: how many events were lost before it. Absent if none were. */
public final class DroppedField extends AbstractJsonProvider<ILoggingEvent> {
    @Override
    public void writeTo(JsonGenerator generator, ILoggingEvent event) throws IOException {
        long dropped = DroppedEvents.takeUnsaid();
        if (dropped > 0) {
            generator.writeNumberField("dropped", dropped);
        }
    }
}
