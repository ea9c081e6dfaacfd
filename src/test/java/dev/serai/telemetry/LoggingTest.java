package dev.serai.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import ch.qos.logback.core.status.Status;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.access.Secret;
import dev.serai.access.Secrets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

/** Runs the {@code logback.xml} that is shipped, not one made for tests. */
class LoggingTest {
    private static final String CANARY = "canary-bird/4711+\"quoted\"";
    private static final List<String> CANARIES = List.of(
            CANARY,
            "sk-proj-c4n4ryc4n4ry",
            "serai-ak-0123456789-c4n4ry",
            "serai-api-c4n4ryc4n4ry",
            "gsk_c4n4ryc4n4ry",
            "AIzac4n4ryc4n4ryc4n4ry");

    @ParameterizedTest
    @ValueSource(strings = {"json", "text"})
    void no_part_of_an_event_shows_a_secret(String format) {
        Secrets.ofProcess().register(new Secret(CANARY));
        for (String canary : CANARIES) {
            String log = logged(format, logger -> logEverywhere(logger, canary));
            assertThat(log.replace("\\\"", "\""))
                    .contains("as a message", "as an argument", "as a value", "as a header", "in a map", "in a context")
                    .contains("***")
                    .doesNotContain(canary)
                    .doesNotContain(canary.substring(canary.length() - 6));
        }
    }

    private static void logEverywhere(Logger logger, String canary) {
        logger.info("as a message " + canary);
        logger.info("as an argument {}", canary);
        logger.atInfo().addKeyValue("key", canary).log("as a value");
        logger.atInfo().addKeyValue("key", Map.of("a", List.of(canary))).log("in a map");
        logger.atInfo()
                .addKeyValue("headers", "{Authorization=[Bearer " + canary + "]}")
                .log("as a header");
        logger.warn("exception", new IllegalStateException("outer " + canary, new IOException("inner " + canary)));
        IOException suppressing = new IOException("one");
        suppressing.addSuppressed(new IOException("two " + canary));
        logger.warn("suppressed", suppressing);
        MDC.put("context", canary);
        logger.info("in a context");
        MDC.remove("context");
    }

    @Test
    void a_json_line_has_the_fields_that_are_logged_and_no_others() throws IOException {
        JsonNode line = new ObjectMapper().readTree(logged("json", logger -> logger.atWarn()
                .addKeyValue("provider", "openai")
                .addKeyValue("status", 502)
                .log("refused {}", "it")));
        assertThat(line.properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder("time", "level", "logger", "thread", "message", "provider", "status");
        assertThat(line.path("time").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");
        assertThat(line.path("message").asText()).isEqualTo("refused it");
        assertThat(line.path("provider").asText()).isEqualTo("openai");
        assertThat(line.path("status").isInt()).isTrue();
    }

    @Test
    void a_text_line_cannot_be_broken_by_what_it_says() {
        String log = logged("text", logger -> logger.atInfo()
                .addKeyValue("model", "a\r\nb\u001b[31m")
                .log("one\ntwo"));
        assertThat(log)
                .endsWith("one two model=\"a b [31m\" " + System.lineSeparator())
                .hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource({
        "dev.serai.gateway, INFO",
        "dev.serai, INFO",
        "org.apache.camel.impl, WARN",
        "io.vertx.core, WARN",
        "anything.else, WARN",
    })
    void serai_speaks_at_info_and_the_others_at_warn(String logger, String level) throws JoranException {
        LoggerContext context = configured("json", Map.of());
        assertThat(context.getLogger(logger).getEffectiveLevel()).hasToString(level);
        context.stop();
    }

    @ParameterizedTest
    @CsvSource({"json, true", "text, true", "yaml, false"})
    void a_good_configuration_gives_logback_nothing_to_say_of_its_own(String format, boolean good)
            throws JoranException {
        LoggerContext context = configured(format, Map.of());
        assertThat(context.getStatusManager().getCopyOfStatusList().stream()
                        .allMatch(status -> status.getEffectiveLevel() == Status.INFO))
                .isEqualTo(good);
        context.stop();
    }

    @Test
    void the_level_of_serai_alone_is_a_setting() throws JoranException {
        LoggerContext context = configured("json", Map.of("SERAI_LOG_LEVEL", "DEBUG"));
        assertThat(context.getLogger("dev.serai").getEffectiveLevel()).hasToString("DEBUG");
        assertThat(context.getLogger("io.vertx").getEffectiveLevel()).hasToString("WARN");
        context.stop();
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "text"})
    void when_nobody_reads_the_log_nobody_waits_and_what_was_dropped_is_said(String format) throws Exception {
        int events = 20_000;
        long before = DroppedEvents.total();
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        CountDownLatch reading = new CountDownLatch(1);
        PrintStream stuck = new PrintStream(new OutputStream() {
            @Override
            public void write(int b) {
                awaitThen(() -> log.write(b));
            }

            @Override
            public void write(byte[] bytes, int from, int length) {
                awaitThen(() -> log.write(bytes, from, length));
            }

            private void awaitThen(Runnable write) {
                try {
                    assertThat(reading.await(1, TimeUnit.MINUTES)).isTrue();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                write.run();
            }
        });
        withErr(stuck, () -> {
            LoggerContext context = configured(format, Map.of());
            for (int i = 0; i < events; i++) {
                context.getLogger("dev.serai").info("event");
            }
            reading.countDown();
            context.stop();
        });
        long dropped = DroppedEvents.total() - before;
        List<String> lines = log.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(dropped).isBetween(events - 8_193L, events - 1L);
        assertThat(lines.stream().filter(line -> line.contains("INFO"))).hasSize((int) (events - dropped));
        Pattern said =
                Pattern.compile(format.equals("json") ? "\"dropped\":(\\d+)" : "\\((\\d+) log events dropped\\)");
        long told = lines.stream()
                .map(said::matcher)
                .filter(Matcher::find)
                .mapToLong(line -> Long.parseLong(line.group(1)))
                .sum();
        assertThat(told).isEqualTo(dropped);
    }

    private static String logged(String format, Consumer<Logger> logging) {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        try {
            withErr(new PrintStream(log, true, StandardCharsets.UTF_8), () -> {
                LoggerContext context = configured(format, Map.of());
                logging.accept(context.getLogger("dev.serai.Test"));
                context.stop();
            });
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        return log.toString(StandardCharsets.UTF_8);
    }

    private interface Action {
        void run() throws Exception;
    }

    private static void withErr(PrintStream err, Action action) throws Exception {
        PrintStream before = System.err;
        System.setErr(err);
        try {
            action.run();
        } finally {
            System.setErr(before);
        }
    }

    private static LoggerContext configured(String format, Map<String, String> settings) throws JoranException {
        LoggerContext context = new LoggerContext();
        context.setMDCAdapter(MDC.getMDCAdapter());
        context.putProperty("SERAI_LOG_FORMAT", format);
        settings.forEach(context::putProperty);
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        URL shipped = Objects.requireNonNull(LoggingTest.class.getClassLoader().getResource("logback.xml"));
        configurator.doConfigure(shipped);
        return context;
    }
}
