package dev.serai.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/** What one logger says from INFO on, each event a line of level, message and fields; kept from the console. */
public final class LogTap implements AutoCloseable {
    private final Logger logger;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            lines.add(line(event));
        }
    };

    public LogTap(String name) {
        logger = (Logger) LoggerFactory.getLogger(name);
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
        appender.start();
        logger.addAppender(appender);
    }

    private static String line(ILoggingEvent event) {
        return Stream.concat(
                        Stream.of(event.getLevel() + " " + event.getFormattedMessage()),
                        event.getKeyValuePairs() == null
                                ? Stream.of()
                                : event.getKeyValuePairs().stream().map(field -> field.key + "=" + field.value))
                .collect(Collectors.joining(" "));
    }

    /** What was said since this was asked last. */
    public List<String> take() {
        List<String> taken = List.copyOf(lines);
        lines.removeAll(taken);
        return taken;
    }

    @Override
    public void close() {
        logger.detachAppender(appender);
        logger.setAdditive(true);
        logger.setLevel(null);
    }
}
