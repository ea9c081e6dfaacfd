package dev.serai.management;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import dev.serai.access.Secrets;
import dev.serai.client.ApiAddress;
import dev.serai.client.ApiClient;
import dev.serai.declared.Export;
import dev.serai.declared.Present;
import dev.serai.management.ApiServer.Answer;
import dev.serai.store.Backup;
import dev.serai.store.Database;
import dev.serai.store.DatabaseUrl;
import dev.serai.testing.RawClient;
import dev.serai.testing.StripeDouble;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Secrets that are looked for wherever they must not be. */
@Timeout(60)
class SecretsStaySecretTest {
    private static final String VALUE = "sk-canary-Zx81Qw92Er73Ty64Ui55Op46As37Df28";
    private static final String ROTATED = "sk-canary-Gh19Jk20Lz31Xc42Vb53Nm64Qa75Ws86";
    private static final String INLINE = "sk-canary-Ed97Rf08Tg19Yh20Uj31Ik42Ol53Pz64";
    private static final String TRIED = "sk-canary-Az10Sx29Dc38Fv47Gb56Hn65Jm74Kq83";
    private static final String MASTER =
            Base64.getEncoder().encodeToString("the master key of this test, 32b".getBytes(StandardCharsets.US_ASCII));

    private static final String PEPPER =
            Base64.getEncoder().encodeToString("the pepper of this test, 32 b...".getBytes(StandardCharsets.US_ASCII));
    private static final String MOUNTED = "sk-canary-Pl13Ok24Ij35Uh46Yg57Tf68Rd79Es80";

    private final List<String> log = new CopyOnWriteArrayList<>();

    /** What every logger says, before masking, at the level that operators ask for when something is wrong. */
    private AppenderBase<ILoggingEvent> listening(Logger root) {
        AppenderBase<ILoggingEvent> listener = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                log.add(event.getFormattedMessage() + " " + event.getKeyValuePairs() + " "
                        + (event.getThrowableProxy() == null
                                ? ""
                                : ThrowableProxyUtil.asString(event.getThrowableProxy())));
            }
        };
        listener.setContext(root.getLoggerContext());
        listener.start();
        root.addAppender(listener);
        return listener;
    }

    @Test
    void no_secret_is_in_a_log_an_answer_a_metric_an_export_a_backup_or_a_file(
            @TempDir Path home, @TempDir Path secrets) throws Exception {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Level usual = root.getLevel();
        Logger camel = (Logger) LoggerFactory.getLogger("org.apache.camel");
        Level usualOfCamel = camel.getLevel();
        AppenderBase<ILoggingEvent> listener = listening(root);
        root.setLevel(Level.INFO);
        camel.setLevel(Level.INFO);
        List<String> canaries =
                new ArrayList<>(List.of(VALUE, ROTATED, INLINE, TRIED, MOUNTED, MASTER, PEPPER, ApiServer.OPERATOR));
        canaries.addAll(List.of(StripeDouble.KEY, StripeDouble.WEBHOOK_SECRET));
        Files.writeString(secrets.resolve("hook"), StripeDouble.WEBHOOK_SECRET + "\n");
        try (StripeDouble stripe = new StripeDouble(Clock.systemUTC());
                ApiServer api = ApiServer.start(ApiServer.setup(home)
                        .with("SERAI_BOOTSTRAP_API_KEY", ApiServer.OPERATOR)
                        .with("SERAI_SECRET_FOLDERS", secrets.toString())
                        .with("SERAI_STRIPE_SECRET_KEY", StripeDouble.KEY)
                        .with("SERAI_STRIPE_WEBHOOK_SECRET", "{{file:" + secrets.resolve("hook") + "}}")
                        .with("SERAI_STRIPE_API_BASE", stripe.url())
                        .with("SERAI_PEPPER", PEPPER)
                        .with("SERAI_MASTER_KEY", MASTER))) {
            Files.writeString(secrets.resolve("mounted"), MOUNTED);
            List<Answer> first = List.of(
                    api.post("/api/access-keys", "{\"name\":\"a\"}", "Idempotency-Key", "canary"),
                    api.post("/api/api-keys", "{\"name\":\"b\",\"role\":\"operator\"}"));
            first.forEach(answer -> canaries.add(answer.json().path("token").asText()));
            int shown = api.answers().size();
            buy(api, stripe);
            use(api, first.get(1).json().path("token").asText());
            call(api, first.get(0).json().path("token").asText(), secrets.resolve("mounted"));
            for (String path :
                    List.of("/health", "/health/ready", "/api/openapi.json", "/api/gateway-config/effective")) {
                api.send(ApiServer.OPERATOR, "GET", path, null);
            }
            Files.writeString(home.resolve("export.yaml"), export(api));
            backUp(home);
            String metrics = api.send(null, "GET", "/metrics", null).text();
            assertThat(metrics).contains("create-provider-key");
            canaries.forEach(canary -> {
                assertThat(api.answers().subList(shown, api.answers().size()))
                        .as(canary)
                        .noneMatch(answer -> answer.contains(canary));
                assertThat(metrics).doesNotContain(canary);
            });
        } finally {
            root.detachAppender(listener);
            root.setLevel(usual);
            camel.setLevel(usualOfCamel);
        }
        assertThat(log).as("somebody said something").isNotEmpty();
        assertThat(canaries).hasSize(12).allSatisfy(canary -> {
            assertThat(log).noneMatch(line -> line.contains(canary));
            files(home).forEach((file, text) -> assertThat(text).as(file).doesNotContain(canary));
        });
        assertThat(files(home).keySet()).anyMatch(file -> file.endsWith("serai.db"));
    }

    /** In ways that succeed, and in ways that do not. */
    private static void buy(ApiServer api, StripeDouble stripe) throws Exception {
        String order = """
                {"amount": "5", "successUrl": "https://shop.example/a", "cancelUrl": "https://shop.example/b"}""";
        Answer made = api.post("/api/credits/checkout-session", order);
        assertThat(made.status()).as("%s", made).isEqualTo(201);
        stripe.refuseNext(400, "invalid_request_error", "url_invalid");
        assertThat(api.post("/api/credits/checkout-session", order).status()).isEqualTo(502);
        String event = stripe.event("checkout.session.completed", stripe.paid(made.id()));
        for (String secret : List.of(StripeDouble.WEBHOOK_SECRET, StripeDouble.KEY)) {
            String signature = StripeDouble.signature(secret, Instant.now().getEpochSecond(), event);
            api.send(null, "POST", "/webhooks/stripe", event, "Stripe-Signature", signature);
            api.send(null, "POST", "/webhooks/stripe", event, "Stripe-Signature", secret);
        }
        assertThat(api.get("/api/credits/balance").json().path("balance").asText())
                .isEqualTo("5");
    }

    /** Everything that a value can be sent to, also in ways that fail. */
    private static void use(ApiServer api, String token) throws Exception {
        String key = api.post("/api/provider-keys", body(VALUE)).header("location");
        api.get(key);
        api.post(key + "/rotate", "{\"value\":\"" + ROTATED + "\"}");
        api.post(key + "/rotate", "{\"valeu\":\"" + ROTATED + "\"}");
        api.post("/api/provider-keys", body(VALUE).replace("}", ",}"));
        api.send(ApiServer.OPERATOR, "POST", "/api/provider-keys", VALUE);
        api.post("/api/provider-keys", body(VALUE + " "));
        api.post("/api/provider-keys", "{\"name\":\"k\",\"providerId\":\"openai\",\"value\":[\"" + VALUE + "\"]}");
        api.post("/api/access-key-configurations", """
                {"name": "c", "router": {"rules": [{"provider": "openai", "steps": [{"type": "user", "keys": [{"name": "i", "value": "%s"}]}]}]}}
                """.formatted(INLINE));
        api.post("/api/providers/check", """
                {"providerId": "h", "name": "h", "baseUrl": "http://127.0.0.1:1/v1", "supportedApiSurfaces": ["openai-chat"],
                 "auth": {"header": "Authorization", "prefix": "Bearer "}, "value": "%s"}""".formatted(TRIED));
        api.get("/api/audit?limit=100");
        api.get("/api/provider-keys");
        api.get("/api/api-keys?role=operator");
        api.as(token, "GET", "/api/access-keys", null);
        api.as(token + "x", "GET", "/api/access-keys", null);
        api.as(null, "GET", "/api/access-keys?Authorization=" + token, null);
    }

    /** A request that is sent on with a key from a file, to a provider that is not there. */
    private static void call(ApiServer api, String token, Path mounted) throws Exception {
        api.post("/api/providers", """
                {"providerId": "gone", "name": "g", "baseUrl": "http://127.0.0.1:1/v1", "supportedApiSurfaces": ["openai-chat"]}""");
        Answer made =
                api.post("/api/provider-keys", body("{{file:" + mounted + "}}").replace("openai", "gone"));
        assertThat(api.get(made.header("location")).json().has("problem")).isFalse();
        try (RawClient client = api.serai().client()) {
            RawClient.Response failed = client.post(
                            "/v1/chat/completions",
                            "{\"model\":\"gone:m\",\"messages\":[]}",
                            "Authorization: Bearer " + token,
                            "Content-Type: application/json")
                    .read();
            assertThat(failed.status()).as(failed.body()).isEqualTo(502);
            assertThat(failed.head() + failed.body()).doesNotContain(MOUNTED).doesNotContain(token);
        }
    }

    /** What {@code serai export} writes. */
    private static String export(ApiServer api) throws Exception {
        ApiAddress address =
                ApiAddress.of("http://127.0.0.1:" + api.port(), Map.of(ApiAddress.KEY_VARIABLE, ApiServer.OPERATOR));
        String text = new Export(Present.ask(new ApiClient(address, null))).text();
        assertThat(text).contains("mounted");
        return text;
    }

    /** What {@code serai store backup} writes, unpacked. */
    private static void backUp(Path home) throws Exception {
        Path file = home.resolve("backup.gz");
        Path data = home.resolve("data");
        try (Database database = Database.open(DatabaseUrl.parse("", data, new Secrets(1)))) {
            assertThat(new Backup(database).write(file, Clock.systemUTC())).isPositive();
        }
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            Files.write(home.resolve("backup.jsonl"), in.readAllBytes());
        }
    }

    private static String body(String value) {
        return "{\"name\":\"k\",\"providerId\":\"openai\",\"value\":\"" + value + "\"}";
    }

    private static Map<String, String> files(Path home) throws Exception {
        Map<String, String> texts = new java.util.TreeMap<>();
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                texts.put(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return texts;
    }
}
