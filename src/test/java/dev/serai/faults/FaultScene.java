package dev.serai.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.RunningSerai;
import dev.serai.faults.FaultCase.Verdict;
import dev.serai.gateway.GatewayComponent;
import dev.serai.telemetry.Meters;
import dev.serai.testing.Await;
import dev.serai.testing.FreePort;
import dev.serai.testing.RawClient;
import dev.serai.testing.RawServer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Serai with a provider that fails as it is told, and others that help. One request at a time. */
final class FaultScene implements AutoCloseable {
    private static final int MAX_ATTEMPTS = 4;
    private static final int OUTPUT_TOKENS = 60;
    private static final Duration TOTAL = Duration.ofSeconds(7);
    private static final Duration BOUND = TOTAL.plusSeconds(2);
    private static final long A_SECOND_MILLIS = 1_000;
    private static final String MODEL = ":m";

    /** What fallbacks call themselves in their words; their ids have a dialect behind a dash. */
    private static final String FALLBACK = "second";

    private final FaultServer first = new FaultServer();
    private final RawServer second = fallback(false);
    private final RawServer proud = fallback(true);
    private final RawServer noTls = RawServer.start(connection -> connection.write("this is no TLS\r\n\r\n"));
    private final RunningSerai serai;

    FaultScene(Path home) throws Exception {
        String rules = Files.readString(Path.of("config/failover.yaml"))
                .replace("enabled: true", "enabled: false")
                .replace("share: 0.2", "share: 1")
                .replaceAll("(?m)^(  (?:rate-limited|quota-exhausted|credential-refused): )\\d+[smh]$", "$11ms");
        int closed = FreePort.find();
        RunningSerai.Setup setup = RunningSerai.in(home)
                .with("SERAI_ATTEMPT_TIMEOUT", "1s")
                .with("SERAI_IDLE_TIMEOUT", "1s")
                .with("SERAI_CONNECT_TIMEOUT", "1s")
                .with("SERAI_TOTAL_TIMEOUT", TOTAL.toSeconds() + "s")
                .with("ONE_KEY", "key-of-the-first-0123456789")
                .with("TWO_KEYS", "key-of-the-keys-0123456789, key-of-the-keys-9876543210")
                .with(
                        "FIVE_KEYS",
                        "many-keys-00001, many-keys-00002, many-keys-00003, many-keys-00004, many-keys-00005")
                .withConfigFile("failover.yaml", rules)
                .withProviderFile("first", both("first", first.port(), "http", "127.0.0.1", "ONE_KEY"))
                .withProviderFile("keys", both("keys", first.port(), "http", "127.0.0.1", "TWO_KEYS"))
                .withProviderFile("many", both("many", first.port(), "http", "127.0.0.1", "FIVE_KEYS"))
                .withProviderFile("refused", both("refused", closed, "http", "127.0.0.1", "ONE_KEY"))
                .withProviderFile("nowhere", both("nowhere", closed, "https", "nowhere.invalid", "ONE_KEY"))
                .withProviderFile("notls", both("notls", noTls.port(), "https", "127.0.0.1", "ONE_KEY"));
        for (Tongue tongue : Tongue.values()) {
            setup.withProviderFile("second-" + tongue.id, one("second-" + tongue.id, second.port(), tongue));
            setup.withProviderFile("proud-" + tongue.id, one("proud-" + tongue.id, proud.port(), tongue));
        }
        serai = setup.start();
        warmUp();
    }

    /** Classes are loaded and connections made before a clock of some hundred milliseconds runs. */
    private void warmUp() throws IOException {
        for (Tongue client : Tongue.values()) {
            for (Tongue provider : Tongue.values()) {
                for (boolean streamed : new boolean[] {true, false}) {
                    serai.post(client.path, client.request("second-" + provider.id + MODEL, "", streamed));
                }
            }
        }
    }

    private static String both(String id, int port, String scheme, String host, String env) {
        return file(id, scheme + "://" + host + ":" + port, env)
                + "  openai-chat: /chat/completions\n  anthropic-messages: /messages\n";
    }

    private static String one(String id, int port, Tongue tongue) {
        return file(id, "http://127.0.0.1:" + port, "ONE_KEY") + "  " + tongue.id + ": "
                + tongue.path.substring("/v1".length()) + "\n";
    }

    private static String file(String id, String url, String env) {
        return """
                id: %s
                name: A server in a test
                baseUrl: %s/v1
                auth:
                  header: Authorization
                  prefix: "Bearer "
                  env: %s
                models:
                  - id: m
                continuations: [{}]
                dialects:
                """.formatted(id, url, env);
    }

    /** A good provider; a proud one goes on with nobody else's words. */
    private static RawServer fallback(boolean proud) {
        return RawServer.start(connection -> {
            while (connection.hasRequest()) {
                String text = connection.request().text().replace(" ", "");
                Tongue tongue = connection.request().head().startsWith("POST " + Tongue.MESSAGES.path)
                        ? Tongue.MESSAGES
                        : Tongue.CHAT;
                if (proud && text.contains("\"assistant\"")) {
                    connection.write(RawServer.json(
                            400, tongue.error("invalid_request_error", "The last message must be the user's.")));
                } else if (text.contains("\"stream\":true")) {
                    connection.write(
                            RawServer.streamHead() + Turn.chunks(tongue.events(rest(text))) + RawServer.lastChunk());
                } else {
                    connection.write(RawServer.json(200, tongue.whole(Tongue.text(FALLBACK))));
                }
            }
        });
    }

    /** All words, or those that are missing behind the beginning of an answer, the space between them included. */
    private static List<String> rest(String request) {
        Matcher last = Pattern.compile(".*-(\\d+)\"").matcher(request);
        if (!request.contains("\"assistant\"") || !last.find()) {
            return Tongue.words(FALLBACK);
        }
        List<String> rest = new ArrayList<>(List.of(" "));
        rest.addAll(Tongue.words(FALLBACK)
                .subList(Integer.parseInt(last.group(1)), Tongue.words(FALLBACK).size()));
        return rest;
    }

    /**
     * The fault ends as the table says.
     *
     * @return how long the client has waited
     */
    Duration run(FaultCase fault, Way way) throws IOException {
        first.does(fault.deed());
        long before = attempts();
        Map<String, Double> tokens = tokens();
        long start = System.nanoTime();
        RawClient.Response response = ask(fault, way);
        Duration took = Duration.ofNanos(System.nanoTime() - start);

        Verdict expected = way.verdict(fault);
        if (way.isSpliced(fault)) {
            expectTwoHalves(response, way);
        } else if (expected == Verdict.RESCUED) {
            expectOneWholeAnswer(response, way);
        } else {
            expectCleanError(response, way);
        }
        assertThat(took).isLessThan(BOUND);
        assertThat(first.requests()).isLessThanOrEqualTo(MAX_ATTEMPTS);
        expectNothingLeft();
        boolean toldLater = way.help().isGoneOn() && fault.held() != fault.helped();
        assertThat(attempts() - before)
                .as("attempts that were measured")
                .isEqualTo(Long.parseLong(response.header("x-serai-attempts")) + (toldLater ? 1 : 0));
        if (expected == Verdict.RESCUED) {
            String who = way.isSpliced(fault) ? way.fallback(fault) : response.header("x-serai-provider");
            assertThat(response.header("x-serai-rescued"))
                    .isEqualTo(way.help().isHeld() && fault.helped() == Verdict.CLEAN_ERROR ? "true" : "");
            assertThat(tokens().get(who) - tokens.getOrDefault(who, 0.0))
                    .as("tokens of who answered")
                    .isEqualTo(OUTPUT_TOKENS);
        }
        expectTheNextRequestIsAnswered(way);
        return took;
    }

    /** Whoever leaves, wherever the request is then, leaves nothing behind. */
    void leave(FaultCase fault, Way way) throws IOException {
        first.does(fault.deed());
        long before = attempts();
        try (RawClient client = serai.client()) {
            client.post(
                    way.client().path,
                    request(fault, way),
                    "Authorization: Bearer " + RunningSerai.KEY,
                    "Content-Type: application/json");
            Await.until("somebody was asked", () -> first.requests() > 0 || attempts() > before);
            var unused = client.hasNothingToReadFor(30); // it may have been answered by then
            client.reset();
        }
        expectNothingLeft();
        Await.within(A_SECOND_MILLIS, "attempts are measured", () -> attempts() > before);
        assertThat(attempts() - before).isBetween(1L, (long) MAX_ATTEMPTS);
        expectTheNextRequestIsAnswered(way);
    }

    private RawClient.Response ask(FaultCase fault, Way way) throws IOException {
        return serai.post(way.client().path, request(fault, way), way.headers());
    }

    private String request(FaultCase fault, Way way) {
        String fallback = way.fallback(fault);
        return way.client()
                .request(fault.provider() + MODEL, fallback.isEmpty() ? "" : fallback + MODEL, way.streamed());
    }

    /** Of the first or of the second, and never a half of each. */
    private void expectOneWholeAnswer(RawClient.Response response, Way way) throws IOException {
        assertThat(response.status()).as(response.body()).isEqualTo(200);
        String speaker = response.header("x-serai-provider").contains("-") ? FALLBACK : Turn.SPEAKER;
        String text = way.streamed()
                ? way.client().textOfStream(response.body())
                : way.client().textOf(Tongue.json(response.body()));
        assertThat(text.replaceFirst("!{2097152} ", "")).isEqualTo(Tongue.text(speaker));
        assertThat(response.cleanEnd()).isTrue();
        if (way.streamed()) {
            assertThat(response.body()).contains(way.client().finish);
        }
    }

    /** Of the first and of the second: no word is missing, none comes twice, and it is said who went on. */
    private void expectTwoHalves(RawClient.Response response, Way way) throws IOException {
        String text = way.client().textOfStream(response.body());
        int seam =
                (int) Tongue.words(Turn.SPEAKER).stream().filter(text::contains).count();
        List<String> words = new ArrayList<>(Tongue.words(Turn.SPEAKER).subList(0, seam));
        words.addAll(Tongue.words(FALLBACK).subList(seam, Tongue.words(FALLBACK).size()));
        assertThat(seam).isBetween(1, Tongue.words(FALLBACK).size() - 1);
        assertThat(text).isEqualTo(String.join("", words));
        assertThat(response.body()).contains(": continued by " + FALLBACK, way.client().finish);
        assertThat(response.cleanEnd()).isTrue();
    }

    private void expectCleanError(RawClient.Response response, Way way) throws IOException {
        if (response.status() == 200) {
            assertThat(way.streamed())
                    .as("a part of an answer: " + response.body())
                    .isTrue();
            assertThat(way.client().endsWithError(response.body()))
                    .as(response.body())
                    .isTrue();
            assertThat(response.body()).doesNotContain(way.client().finish, way.client().terminal);
            assertThat(response.cleanEnd()).as("the end of what is incomplete").isFalse();
            return;
        }
        assertThat(response.status()).isBetween(400, 599);
        assertThat(response.header("content-type")).startsWith("application/json");
        JsonNode error = Tongue.json(response.body());
        assertThat(way.client().isError(error)).as(response.body()).isTrue();
        assertThat(response.cleanEnd()).isTrue();
    }

    private void expectNothingLeft() {
        Await.within(2 * A_SECOND_MILLIS, "the provider's connections are closed", () -> first.inHand() == 0);
        Await.within(A_SECOND_MILLIS, "every call is over", () -> openCalls() == 0);
    }

    private int openCalls() {
        return serai.context().getComponent("gateway", GatewayComponent.class).openCalls();
    }

    private void expectTheNextRequestIsAnswered(Way way) throws IOException {
        first.does(Turn::answer);
        RawClient.Response response =
                serai.post(way.client().path, way.client().request("first" + MODEL, "", way.streamed()));
        expectOneWholeAnswer(response, way);
        Await.within(A_SECOND_MILLIS, "every call is over", () -> openCalls() == 0);
    }

    private MeterRegistry meters() {
        return serai.context().getRegistry().lookupByNameAndType("metricsRegistry", MeterRegistry.class);
    }

    private long attempts() {
        return meters().find(Meters.ATTEMPTS.meter()).timers().stream()
                .mapToLong(Timer::count)
                .sum();
    }

    private Map<String, Double> tokens() {
        Map<String, Double> tokens = new TreeMap<>();
        meters().find(Meters.TOKENS.meter())
                .tag("kind", "output")
                .counters()
                .forEach(counter ->
                        tokens.merge(String.valueOf(counter.getId().getTag("provider")), counter.count(), Double::sum));
        return tokens;
    }

    @Override
    public void close() {
        serai.close();
        first.close();
        second.close();
        proud.close();
        noTls.close();
    }
}
