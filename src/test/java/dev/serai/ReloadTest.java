package dev.serai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.access.AccessToken;
import dev.serai.access.KeyHash;
import dev.serai.access.Pepper;
import dev.serai.testing.Await;
import dev.serai.testing.LogTap;
import dev.serai.testing.MovableClock;
import dev.serai.testing.RawClient;
import dev.serai.testing.RawServer;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Configuration files that change beside a running gateway. */
@Timeout(60)
class ReloadTest {
    private static final String ANSWER =
            "{\"id\":\"c-1\",\"object\":\"chat.completion\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
                    + "\"content\":\"%s\"},\"finish_reason\":\"stop\"}]}";
    private static final String CHUNK =
            "data: {\"id\":\"c-1\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":{\"content\":"
                    + "\"%s\"}}]}\n\n";

    @TempDir
    Path home;

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-22T08:00:00Z"));
    private final LogTap log = new LogTap("dev.serai.reload.ReloadLog");
    private final List<AutoCloseable> open = new ArrayList<>(List.of(log));

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    private RunningSerai start(RunningSerai.Setup setup) throws Exception {
        RunningSerai serai = setup.start();
        open.add(0, serai);
        return serai;
    }

    private RunningSerai start() throws Exception {
        return start(RunningSerai.in(home).withClock(clock).with("KEY_OF_THE_TESTS", RunningSerai.PROVIDER_KEY));
    }

    private RawServer server(RawServer.Script script) {
        RawServer server = RawServer.start(script);
        open.add(server);
        return server;
    }

    private RawServer saying(String word) {
        RawServer server = RawServer.answering(RawServer.json(200, ANSWER.formatted(word)));
        open.add(server);
        return server;
    }

    private static String provider(String id, int port) {
        return """
                id: %s
                name: A server in a test
                baseUrl: http://127.0.0.1:%d/v1
                dialects:
                  openai-chat: /chat/completions
                auth:
                  header: Authorization
                  prefix: "Bearer "
                  env: KEY_OF_THE_TESTS
                models:
                  - id: model-of-%s
                """.formatted(id, port, id);
    }

    private Path providerFile(String id) throws IOException {
        return Files.createDirectories(home.resolve("config/providers")).resolve(id + ".yaml");
    }

    private void write(String id, String text) throws IOException {
        Files.writeString(providerFile(id), text);
    }

    private static RawClient.Response ask(RunningSerai serai, String model) throws IOException {
        return serai.post("/v1/chat/completions", "{\"model\":\"" + model + "\",\"messages\":[]}");
    }

    private static MeterRegistry meters(RunningSerai serai) {
        return serai.context().getRegistry().lookupByNameAndType("metricsRegistry", MeterRegistry.class);
    }

    private static double reloads(RunningSerai serai, String part, String result) {
        var counter = meters(serai)
                .find("serai.reloads")
                .tags("part", part, "result", result)
                .counter();
        return counter == null ? 0 : counter.count();
    }

    private static double problems(RunningSerai serai) {
        return meters(serai).get("serai.configuration.problems").gauge().value();
    }

    @Test
    void a_new_provider_file_can_be_called_without_anybody_asking_for_a_look() throws Exception {
        RawServer inn = saying("Hi");
        RunningSerai serai = start(
                RunningSerai.in(home).with("SERAI_RELOAD", "1s").with("KEY_OF_THE_TESTS", RunningSerai.PROVIDER_KEY));
        assertThat(ask(serai, "model-of-inn").status()).isEqualTo(404);
        write("inn", provider("inn", inn.port()));
        Await.until("the new provider is in force", () -> log.take()
                .contains("INFO configuration reloaded part=models providers=added inn"));
        assertThat(ask(serai, "model-of-inn").status()).isEqualTo(200);
        assertThat(inn.received().get(0).header("authorization")).isEqualTo("Bearer " + RunningSerai.PROVIDER_KEY);
    }

    @Test
    void an_overlay_that_appears_adds_its_models() throws Exception {
        RunningSerai serai = start();
        write("inn", provider("inn", 1));
        Path overlays = Files.createDirectories(home.resolve("config/overlays"));
        Files.writeString(overlays.resolve("inn.yaml"), """
                provider: inn
                models:
                  - id: attic-1
                    said:
                      - by: the innkeeper
                        on: 2026-11-22
                """);
        serai.configuration().reload();
        assertThat(serai.configuration().catalog().model("inn", "attic-1")).isNotNull();
    }

    @Test
    void without_a_change_nothing_is_read_said_or_counted() throws Exception {
        RunningSerai serai = start();
        write("notes", provider("notes", 1));
        serai.configuration().reload();
        Object before = serai.configuration().catalog();
        log.take();
        serai.configuration().reload();
        Files.setLastModifiedTime(providerFile("notes"), FileTime.from(Instant.parse("2026-11-22T09:00:00Z")));
        serai.configuration().reload();
        assertThat(serai.configuration().catalog()).isSameAs(before);
        assertThat(log.take()).isEmpty();
        assertThat(reloads(serai, "models", "applied")).isEqualTo(1);
    }

    @Test
    void a_changed_provider_is_called_where_it_is_now_and_a_removed_one_is_unknown() throws Exception {
        RunningSerai serai = start();
        write("inn", provider("inn", saying("old").port()));
        serai.configuration().reload();
        assertThat(ask(serai, "inn:m").body()).contains("old");
        write("inn", provider("inn", saying("new").port()));
        serai.configuration().reload();
        assertThat(ask(serai, "inn:m").body()).contains("new");
        Files.delete(providerFile("inn"));
        serai.configuration().reload();
        assertThat(ask(serai, "inn:m").status()).isEqualTo(404);
        assertThat(log.take())
                .containsExactly(
                        "INFO configuration reloaded part=models providers=added inn",
                        "INFO configuration reloaded part=models providers=changed inn",
                        "INFO configuration reloaded part=models providers=removed inn");
    }

    @Test
    void a_broken_file_changes_nothing_and_is_told_once_until_it_is_mended() throws Exception {
        RunningSerai serai = start();
        RawServer inn = saying("Hi");
        write("inn", provider("inn", inn.port()));
        serai.configuration().reload();
        log.take();

        write("inn", provider("inn", inn.port()).replace("/chat/completions", "chat"));
        serai.configuration().reload();
        serai.configuration().reload();
        assertThat(log.take())
                .singleElement()
                .asString()
                .startsWith("WARN changed configuration refused; what was in force stays in force part=models"
                        + " problems=" + providerFile("inn") + ":5: ");
        assertThat(reloads(serai, "models", "refused")).isEqualTo(1);

        write("lodge", provider("lodge", inn.port()));
        serai.configuration().reload();
        assertThat(log.take()).isEmpty();
        assertThat(reloads(serai, "models", "refused")).isEqualTo(2);
        assertThat(ask(serai, "inn:m").status()).isEqualTo(200);
        assertThat(ask(serai, "lodge:m").status()).isEqualTo(404);
        assertThat(problems(serai)).isPositive();

        write("inn", provider("inn", inn.port()));
        serai.configuration().reload();
        assertThat(ask(serai, "lodge:m").status()).isEqualTo(200);
        assertThat(log.take()).containsExactly("INFO configuration reloaded part=models providers=added lodge");
        assertThat(problems(serai)).isZero();
    }

    @Test
    void the_age_of_the_configuration_begins_anew_with_each_that_is_taken() throws Exception {
        RunningSerai serai = start();
        clock.pass(Duration.ofMinutes(3));
        assertThat(age(serai)).isEqualTo(180);
        write("inn", "id: inn\n");
        serai.configuration().reload();
        assertThat(age(serai)).isEqualTo(180);
        write("inn", provider("inn", 1));
        serai.configuration().reload();
        clock.pass(Duration.ofSeconds(5));
        assertThat(age(serai)).isEqualTo(5);
    }

    private static double age(RunningSerai serai) {
        return meters(serai).get("serai.configuration.age").gauge().value();
    }

    @Test
    void a_provider_that_was_mended_is_said_even_if_nothing_else_changed() throws Exception {
        RunningSerai serai = start();
        write("inn", "id: inn\n");
        serai.configuration().reload();
        Files.delete(providerFile("inn"));
        serai.configuration().reload();
        assertThat(log.take()).last().isEqualTo("INFO configuration reloaded part=models");
        assertThat(problems(serai)).isZero();
    }

    @Test
    void an_alias_is_added_and_checked_together_with_the_providers() throws Exception {
        RunningSerai serai = start();
        Path aliases = home.resolve("config/aliases.yaml");
        Files.writeString(aliases, "aliases:\n  smart: [inn:m]\n");
        serai.configuration().reload();
        assertThat(log.take()).singleElement().asString().contains("problems=" + aliases + ":2: ");
        write("inn", provider("inn", saying("Hi").port()));
        serai.configuration().reload();
        assertThat(ask(serai, "smart").header("x-serai-provider")).isEqualTo("inn");
        Files.delete(providerFile("inn"));
        serai.configuration().reload();
        assertThat(ask(serai, "smart").status()).isEqualTo(200);
        Files.writeString(aliases, "aliases: {}\n");
        serai.configuration().reload();
        assertThat(ask(serai, "smart").status()).isEqualTo(404);
        assertThat(log.take())
                .satisfiesExactly(
                        added -> assertThat(added)
                                .isEqualTo("INFO configuration reloaded part=models providers=added inn"
                                        + " aliases=added smart"),
                        refused -> assertThat(refused).contains("problems=" + aliases + ":2: "),
                        removed -> assertThat(removed)
                                .isEqualTo("INFO configuration reloaded part=models providers=removed inn"
                                        + " aliases=removed smart"));
    }

    @Test
    void a_configuration_folder_that_vanishes_takes_no_provider_with_it() throws Exception {
        RunningSerai serai = start();
        write("inn", provider("inn", saying("Hi").port()));
        serai.configuration().reload();
        log.take();
        Files.move(home.resolve("config"), home.resolve("elsewhere"));
        serai.configuration().reload();
        assertThat(log.take())
                .singleElement()
                .asString()
                .endsWith("problems=" + home.resolve("config") + ": is no folder");
        assertThat(ask(serai, "inn:m").status()).isEqualTo(200);
    }

    // --- Access keys

    private String addKey(String id, String more) throws Exception {
        Path data = home.resolve("data");
        AccessToken token = AccessToken.generate(new SecureRandom());
        KeyHash hash = Pepper.of(data, new SecureRandom()).hash(token.value().reveal());
        Path file = data.resolve("access-keys.yaml");
        String before = Files.exists(file) ? Files.readString(file) : "keys:\n";
        Files.writeString(file, before + """
                  - id: "%s"
                    name: "%s"
                    createdAt: "2026-11-22T08:00:00Z"
                    hash: "%s"
                %s""".formatted(id, id, hash.hex(), more));
        return token.value().reveal();
    }

    private static int statusWith(String key, RunningSerai serai) throws IOException {
        try (RawClient client = serai.client()) {
            return client.send("GET /v1/models HTTP/1.1\r\nHost: test\r\nx-api-key: " + key + "\r\n\r\n")
                    .read()
                    .status();
        }
    }

    @Test
    void a_key_that_is_added_works_and_one_that_is_removed_stops_at_the_next_request() throws Exception {
        RunningSerai serai = start();
        String key = addKey("ada", "");
        assertThat(statusWith(key, serai)).isEqualTo(401);
        serai.configuration().reload();
        assertThat(statusWith(key, serai)).isEqualTo(200);
        Files.writeString(home.resolve("data/access-keys.yaml"), "keys: []\n");
        serai.configuration().reload();
        assertThat(statusWith(key, serai)).isEqualTo(401);
        assertThat(statusWith(RunningSerai.KEY, serai)).isEqualTo(200);
        assertThat(log.take())
                .containsExactly(
                        "INFO configuration reloaded part=access_keys keys=added ada",
                        "INFO configuration reloaded part=access_keys keys=removed ada");
    }

    @Test
    void a_key_is_withdrawn_although_a_provider_file_is_broken() throws Exception {
        RunningSerai serai = start();
        String key = addKey("ada", "");
        serai.configuration().reload();
        write("inn", "id: inn\n");
        Files.writeString(home.resolve("data/access-keys.yaml"), "keys: []\n");
        serai.configuration().reload();
        assertThat(statusWith(key, serai)).isEqualTo(401);
    }

    @Test
    void a_key_file_that_is_broken_or_gone_is_refused_and_its_keys_stay() throws Exception {
        RunningSerai serai = start();
        String key = addKey("ada", "");
        serai.configuration().reload();
        log.take();
        addKey("eve", "    colour: blue\n");
        serai.configuration().reload();
        Path file = home.resolve("data/access-keys.yaml");
        assertThat(log.take()).singleElement().asString().contains(file + ":10: keys.1: property 'colour'");
        Files.delete(file);
        serai.configuration().reload();
        assertThat(log.take())
                .singleElement()
                .asString()
                .contains("problems=" + file + ": is gone; its keys stay valid until Serai stops");
        assertThat(statusWith(key, serai)).isEqualTo(200);
    }

    @Test
    void the_first_key_is_the_same_before_and_after_it_is_kept() throws Exception {
        RunningSerai serai = start(RunningSerai.in(home).with("SERAI_BOOTSTRAP_ACCESS_KEY", ""));
        var first = serai.configuration().firstAccessKey().orElseThrow();
        serai.configuration().reload();
        assertThat(statusWith(first.token().reveal(), serai)).isEqualTo(200);
        first.keep();
        serai.configuration().reload();
        assertThat(statusWith(first.token().reveal(), serai)).isEqualTo(200);
        assertThat(log.take()).isEmpty();
    }

    // --- Requests under way

    @Test
    void a_stream_goes_on_over_reloads_that_change_and_remove_its_provider() throws Exception {
        CountDownLatch reloaded = new CountDownLatch(1);
        RawServer inn = server(connection -> {
            if (connection.hasRequest()) {
                connection.write(RawServer.streamHead() + RawServer.chunk(CHUNK.formatted("one")));
                reloaded.await(20, TimeUnit.SECONDS);
                connection.write(RawServer.chunk(CHUNK.formatted("two"))
                        + RawServer.chunk("data: [DONE]\n\n")
                        + RawServer.lastChunk());
            }
        });
        RunningSerai serai = start();
        write("inn", provider("inn", inn.port()));
        serai.configuration().reload();
        try (RawClient client = serai.client()) {
            client.post(
                    "/v1/chat/completions",
                    "{\"model\":\"inn:m\",\"stream\":true,\"messages\":[]}",
                    "Authorization: Bearer " + RunningSerai.KEY,
                    "Content-Type: application/json");
            assertThat(client.readHead()).contains(" 200 ");
            write("inn", provider("inn", 1));
            serai.configuration().reload();
            Files.delete(providerFile("inn"));
            serai.configuration().reload();
            clock.pass(TemplateRoutes.GRACE);
            releaseRoute(serai, "provider-inn");
            reloaded.countDown();
            RawClient.Response stream = client.readBody();
            assertThat(stream.cleanEnd()).isTrue();
            assertThat(stream.body()).contains("one").contains("two").contains("[DONE]");
        }
    }

    @Test
    void a_request_fails_over_to_a_provider_that_was_removed_after_it_was_planned() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch removed = new CountDownLatch(1);
        RawServer slow = server(connection -> {
            if (connection.hasRequest()) {
                asked.countDown();
                removed.await(20, TimeUnit.SECONDS);
                connection.write(RawServer.json(500, "{}"));
            }
        });
        RunningSerai serai = start();
        write("slow", provider("slow", slow.port()));
        write("inn", provider("inn", saying("Hi").port()));
        serai.configuration().reload();
        try (RawClient client = serai.client()) {
            client.post(
                    "/v1/chat/completions",
                    "{\"model\":\"slow:m\",\"models\":[\"inn:m\"],\"messages\":[]}",
                    "Authorization: Bearer " + RunningSerai.KEY,
                    "Content-Type: application/json");
            assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
            Files.delete(providerFile("slow"));
            Files.delete(providerFile("inn"));
            serai.configuration().reload();
            removed.countDown();
            RawClient.Response response = client.read();
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.header("x-serai-provider")).isEqualTo("inn");
        }
        assertThat(ask(serai, "inn:m").status()).isEqualTo(404);
    }

    @Test
    void a_route_with_a_request_in_it_is_not_taken_away_however_long_it_takes() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        RawServer slow = server(connection -> {
            if (connection.hasRequest()) {
                asked.countDown();
                released.await(20, TimeUnit.SECONDS);
                connection.write(RawServer.json(200, ANSWER.formatted("late")));
            }
        });
        RunningSerai serai = start();
        write("slow", provider("slow", slow.port()));
        serai.configuration().reload();
        try (RawClient client = serai.client()) {
            client.post(
                    "/v1/chat/completions",
                    "{\"model\":\"slow:m\",\"messages\":[]}",
                    "Authorization: Bearer " + RunningSerai.KEY,
                    "Content-Type: application/json");
            assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
            Files.delete(providerFile("slow"));
            serai.configuration().reload();
            clock.pass(TemplateRoutes.GRACE);
            serai.configuration().reload();
            assertThat(serai.context().getRoute("provider-slow")).isNotNull();
            released.countDown();
            assertThat(client.read().body()).contains("late");
        }
        releaseRoute(serai, "provider-slow");
    }

    @Test
    void a_provider_that_comes_back_is_called_and_measured_like_a_new_one() throws Exception {
        RunningSerai serai = start();
        RawServer inn = saying("Hi");
        for (int round = 0; round < 3; round++) {
            write("inn", provider("inn", inn.port()));
            serai.configuration().reload();
            assertThat(ask(serai, "inn:m").status()).isEqualTo(200);
            assertThat(meters(serai)
                            .get("camel.route")
                            .tag("route", "provider-inn")
                            .functionTimer()
                            .count())
                    .isEqualTo(1);
            Files.delete(providerFile("inn"));
            serai.configuration().reload();
            clock.pass(TemplateRoutes.GRACE);
            releaseRoute(serai, "provider-inn");
        }
    }

    /** A request is over for its client a moment before it is over for the route. */
    private static void releaseRoute(RunningSerai serai, String route) {
        Await.until("the route is let go", () -> {
            serai.configuration().reload();
            return serai.context().getRoute(route) == null;
        });
    }

    @Test
    @Timeout(300) // each reads and checks every provider file anew
    void two_hundred_changes_leave_no_route_endpoint_meter_or_thread_behind() throws Exception {
        RunningSerai serai = start();
        RawServer inn = saying("Hi");
        write("base", provider("base", inn.port()));
        serai.configuration().reload();
        ask(serai, "base:m");
        String before = census(serai);
        int threads = Thread.activeCount();
        for (int i = 0; i < 200; i++) {
            write("inn-" + i % 100, provider("inn-" + i % 100, inn.port()));
            if (i > 0) {
                Files.deleteIfExists(providerFile("inn-" + (i - 1) % 100));
            }
            serai.configuration().reload();
            assertThat(ask(serai, "inn-" + i % 100 + ":m").status()).isEqualTo(200);
            assertThat(serai.context().getRoutes()).hasSizeLessThan(routes(before) + TemplateRoutes.MAX_IDLE + 3);
        }
        Files.delete(providerFile("inn-99"));
        serai.configuration().reload();
        clock.pass(TemplateRoutes.GRACE);
        releaseRoute(serai, "provider-inn-98");
        releaseRoute(serai, "provider-inn-99");
        assertThat(census(serai)).isEqualTo(before);
        assertThat(Thread.activeCount()).isLessThan(threads + 5);
        assertThat(reloads(serai, "models", "applied")).isEqualTo(202);
    }

    private static String census(RunningSerai serai) {
        DefaultCamelContext context = (DefaultCamelContext) serai.context();
        long meters = meters(serai).getMeters().stream()
                .filter(meter -> meter.getId().getName().startsWith("camel.route"))
                .count();
        return context.getRoutes().size() + " routes, "
                + context.getRouteDefinitions().size() + " definitions, "
                + context.getEndpoints().size() + " endpoints, " + meters + " meters";
    }

    private static int routes(String census) {
        return Integer.parseInt(census.split(" ", 2)[0]);
    }

    // --- Discovery

    @Test
    void discovered_models_survive_a_reload_even_if_their_server_does_not_answer_meanwhile() throws Exception {
        RawServer models = RawServer.answering(
                RawServer.json(200, "{\"object\":\"list\",\"data\":[{\"id\":\"llama\"},{\"id\":\"qwen\"}]}"));
        RunningSerai serai = start();
        write("attic", "id: attic\npreset: ollama\nbaseUrl: http://127.0.0.1:" + models.port() + "/v1\n");
        serai.configuration().reload();
        assertThat(serai.configuration().catalog().model("attic", "llama")).isNotNull();
        models.close();
        write("inn", provider("inn", 1));
        serai.configuration().reload();
        assertThat(serai.configuration().catalog().model("inn", "model-of-inn")).isNotNull();
        assertThat(serai.configuration().catalog().model("attic", "qwen")).isNotNull();
    }

    @Test
    void a_file_that_takes_the_place_of_another_at_once_is_read() throws Exception {
        RunningSerai serai = start();
        write("inn", provider("inn", saying("old").port()));
        serai.configuration().reload();
        Path written = Files.writeString(
                home.resolve("inn.tmp"), provider("inn", saying("new").port()));
        Files.move(written, providerFile("inn"), StandardCopyOption.ATOMIC_MOVE);
        serai.configuration().reload();
        assertThat(ask(serai, "inn:m").body()).contains("new");
    }
}
