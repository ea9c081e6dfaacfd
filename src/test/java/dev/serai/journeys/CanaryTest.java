package dev.serai.journeys;

import static dev.serai.testing.RawServer.chunk;
import static dev.serai.testing.RawServer.json;
import static dev.serai.testing.RawServer.lastChunk;
import static dev.serai.testing.RawServer.streamHead;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import dev.serai.RunningSerai;
import dev.serai.access.Credential;
import dev.serai.access.Secrets;
import dev.serai.journeys.RawProvider.Reply;
import dev.serai.testing.FreePort;
import dev.serai.testing.RawClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

/** Secrets are carried through a round of good and bad requests, with every logger at its most talkative, and then looked for. */
@Timeout(60)
class CanaryTest {
    /** What the logger of a user's own steps is called. */
    private static final String OWN_STEPS = "own.steps";

    /** Behind attach-credential, where a user should not log headers. */
    private static final String OWN_STEPS_IN_PROVIDER = "own.steps.provider";

    private static final String STRAY_KEY = "a-key-of-nobody-31337";

    /** An event of the log, before anything is masked in it. */
    private record Line(String logger, String text) {}

    private static final Queue<Line> LOG = new ConcurrentLinkedQueue<>();
    private static final List<String> ANSWERS = new ArrayList<>();

    @RegisterExtension
    static final Journey JOURNEY = new Journey() {
        private final Listening listening = new Listening();
        private int adminPort;

        @Override
        void prepare(RunningSerai.Setup setup) throws Exception {
            adminPort = FreePort.find();
            setup.with("CAMEL_MANAGEMENT_ENABLED", "true")
                    .with("SERAI_ADMIN_PORT", Integer.toString(adminPort))
                    .withProviderFile("gone", RawProvider.file("gone", "http://127.0.0.1:1/v1"))
                    .withRouteFile("extensions.camel.yaml", extensions())
                    .withRouteFile("provider-template.camel.yaml", providerTemplate());
            listening.start();
        }

        @Override
        public void afterAll(ExtensionContext test) {
            super.afterAll(test);
            listening.stop();
        }

        @Override
        RawClient admin() throws IOException {
            return new RawClient(adminPort);
        }
    };

    /** Listens to all loggers, without troubling the console. */
    private static final class Listening extends AppenderBase<ILoggingEvent> {
        private final LoggerContext logback = (LoggerContext) LoggerFactory.getILoggerFactory();
        private final List<Logger> loggers = List.of(
                logback.getLogger("dev.serai"), logback.getLogger("org.apache.camel"), logback.getLogger("own"));

        @Override
        public void start() {
            setContext(logback);
            super.start();
            loggers.forEach(logger -> {
                logger.setLevel(Level.DEBUG);
                logger.setAdditive(false);
                logger.addAppender(this);
            });
            logback.getLogger("dev.serai").setLevel(Level.TRACE);
            logback.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(this);
        }

        @Override
        public void stop() {
            loggers.forEach(logger -> {
                logger.setLevel(null);
                logger.setAdditive(true);
                logger.detachAppender(this);
            });
            logback.getLogger(Logger.ROOT_LOGGER_NAME).detachAppender(this);
            super.stop();
        }

        @Override
        protected void append(ILoggingEvent event) {
            String failure =
                    event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy());
            LOG.add(new Line(
                    event.getLoggerName(),
                    event.getFormattedMessage() + event.getKeyValuePairs() + event.getMDCPropertyMap() + failure));
        }
    }

    private static String step(String id, String logger) {
        return """
                - to:
                    id: %s
                    description: Shows all there is
                    uri: log:%s?showAll=true&showStreams=false
                """.formatted(id, logger);
    }

    /** The shipped places for a user's own steps, filled with steps that log all they can see. */
    private static String extensions() throws IOException {
        return Files.readString(Path.of("routes/extensions.camel.yaml"))
                .replace("    autoStartup: false\n", "")
                .replaceFirst(
                        "(?m)^( +)- log:\n +id: note-before-dispatch",
                        step("show-request", OWN_STEPS).indent(8).replace("$", "\\$") + "$0")
                .replaceFirst(
                        "(?m)^( +)- log:\n +id: note-after-reply",
                        step("show-reply", OWN_STEPS).indent(8) + "$0");
    }

    private static String providerTemplate() throws IOException {
        return Files.readString(Path.of("routes/provider-template.camel.yaml"))
                .replaceFirst(
                        "(?m)^( +)- to:\n +id: call-provider",
                        step("show-attempt", OWN_STEPS_IN_PROVIDER).indent(10) + "$0");
    }

    private static List<String> secrets() {
        String sandboxKey = JOURNEY.serai().configuration().catalog().providers().stream()
                .filter(provider -> provider.id().equals("sandbox"))
                .map(provider -> JOURNEY.serai()
                        .configuration()
                        .credentials()
                        .of(provider)
                        .orElseThrow())
                .map(credential -> ((Credential.Header) credential).value().reveal())
                .findFirst()
                .orElseThrow();
        return List.of(RunningSerai.KEY, RawProvider.KEY, STRAY_KEY, sandboxKey);
    }

    @BeforeAll
    static void carryThemAround() throws Exception {
        for (String model :
                List.of("sandbox:echo", "sandbox:fail", "raw:caravan", "gone:caravan", "nobody", "openai:x")) {
            for (String path : List.of("/v1/chat/completions", "/v1/messages", "/v1/responses", "/v1/embeddings")) {
                ask(path, body(model, false));
                ask(path, body(model, true));
            }
        }
        for (String path : List.of("/v1/chat/completions", "/v1/messages", "/v1/nowhere", "/v1/models/x", "/health")) {
            ask(path, "{\"model\":");
            ask(path, "");
        }
        String echoing = "{\"type\":\"error\",\"error\":{\"message\":\"Incorrect API key provided: " + RawProvider.KEY
                + ".\",\"type\":\"invalid_request_error\",\"code\":\"invalid_api_key\"}}";
        for (String reply : List.of(
                json(401, echoing),
                json(200, echoing),
                json(503, "<h1>" + RawProvider.KEY + "</h1>"),
                "HTTP/1.1 200 " + RawProvider.KEY + "\r\n" + RawProvider.KEY + "\r\n\r\n")) {
            JOURNEY.provider().answers(Reply.lastly(reply));
            for (String path : List.of("/v1/chat/completions", "/v1/messages", "/v1/responses")) {
                ask(path, body("raw:caravan", false));
                ask(path, body("raw:caravan", true));
            }
        }
        for (String content : List.of("", "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"hi\"}}]}\n\n")) {
            JOURNEY.provider()
                    .answers(Reply.lastly(streamHead() + chunk(content + "data: " + echoing + "\n\n") + lastChunk()));
            ask("/v1/chat/completions", body("raw:caravan", true));
        }
        for (String path : List.of("/health", "/metrics")) {
            try (RawClient admin = JOURNEY.admin()) {
                ANSWERS.add(admin.send("GET " + path + " HTTP/1.1\r\nHost: t\r\nx-api-key: " + STRAY_KEY + "\r\n\r\n")
                        .read()
                        .body());
            }
        }
        JOURNEY.expectToBeIdleWithinASecond();
    }

    private static String body(String model, boolean streamed) {
        return "{\"model\":\"" + model + "\",\"stream\":" + streamed
                + ",\"max_tokens\":9,\"input\":\"hi\",\"messages\":[{\"role\":\"user\",\"content\":\"status=418\"}]}";
    }

    /** With the right key in each of the four places, and with a wrong one. */
    private static void ask(String path, String body) throws IOException {
        ask(path, body, "Authorization: Bearer " + RunningSerai.KEY, "x-api-key: " + STRAY_KEY);
        ask(path, body, "x-api-key: " + RunningSerai.KEY);
        ask(path, body, "x-goog-api-key: " + RunningSerai.KEY, "Cookie: session=" + STRAY_KEY);
        ask(path + "?key=" + RunningSerai.KEY, body, "Proxy-Authorization: Basic " + STRAY_KEY);
        ask(path, body, "x-api-key: " + STRAY_KEY);
        ask(path + "?key=" + STRAY_KEY, body, "Authorization: " + STRAY_KEY);
    }

    private static void ask(String path, String body, String... headers) throws IOException {
        try (RawClient client = JOURNEY.raw()) {
            RawClient.Response response = client.post(path, body, headers).read();
            ANSWERS.add(response.head() + response.body());
        }
    }

    /** The texts that show one of the secrets. */
    private static List<String> showing(List<String> secrets, List<String> texts) {
        return texts.stream()
                .filter(text -> secrets.stream().anyMatch(text::contains))
                .toList();
    }

    @Test
    void no_answer_shows_a_secret() {
        assertThat(ANSWERS.stream().filter(answer -> answer.contains("Incorrect API key")))
                .isNotEmpty();
        assertThat(ANSWERS.stream().filter(answer -> answer.contains("serai_requests_seconds_count")))
                .hasSize(1);
        assertThat(showing(secrets(), ANSWERS)).isEmpty();
    }

    @Test
    void serai_and_camel_log_no_secret_even_before_it_is_masked() {
        List<String> lines = LOG.stream()
                .filter(line -> !line.logger().startsWith("own."))
                .map(line -> line.logger() + ": " + line.text())
                .toList();

        assertThat(lines).hasSizeGreaterThan(400);
        assertThat(showing(secrets(), lines)).isEmpty();
    }

    /** What a client sends beside its key, such as a cookie, is its own, and its stray key may be in there. */
    @Test
    void no_step_of_a_user_sees_a_key_of_serais() {
        assertThat(linesOf(OWN_STEPS)).hasSizeGreaterThan(50).anyMatch(line -> line.contains("accessKey"));
        assertThat(showing(withoutStray(), linesOf(OWN_STEPS))).isEmpty();
    }

    @Test
    void the_credential_is_a_header_behind_attach_credential_and_masked_if_a_step_there_logs_it() {
        List<String> lines = linesOf(OWN_STEPS_IN_PROVIDER);

        assertThat(showing(List.of(RawProvider.KEY), lines)).isNotEmpty();
        assertThat(showing(
                        withoutStray(),
                        lines.stream().map(Secrets.ofProcess()::redact).toList()))
                .isEmpty();
    }

    private static List<String> withoutStray() {
        return secrets().stream().filter(secret -> !secret.equals(STRAY_KEY)).toList();
    }

    private static List<String> linesOf(String logger) {
        return LOG.stream()
                .filter(line -> line.logger().equals(logger))
                .map(Line::text)
                .toList();
    }
}
