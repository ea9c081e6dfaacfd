package dev.serai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.catalog.Model;
import dev.serai.testing.Await;
import dev.serai.testing.LogTap;
import dev.serai.testing.RawServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Lists of models that a running gateway fetches by itself. */
@Timeout(60)
class CatalogRefreshRouteTest {
    private static final String NOT_USED = "WARN list of models not used";

    @TempDir
    Path home;

    private final LogTap log = new LogTap("dev.serai.steps");
    private final List<String> said = new ArrayList<>();
    private final List<AutoCloseable> open = new ArrayList<>(List.of(log));

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    private RunningSerai start(RunningSerai.Setup setup) throws Exception {
        RunningSerai serai = setup.with("SERAI_CATALOG_REFRESH", "24h").start();
        open.add(0, serai);
        return serai;
    }

    private RawServer server(RawServer.Script script) {
        RawServer server = RawServer.start(script);
        open.add(server);
        return server;
    }

    private RawServer saying(String answer) {
        return server(connection -> {
            if (connection.hasRequest()) {
                connection.write(answer);
            }
        });
    }

    private static String listOf(String... ids) {
        StringBuilder list = new StringBuilder("{\"data\":[");
        for (String id : ids) {
            list.append(list.toString().endsWith("[") ? "" : ",").append("{\"id\":\"" + id + "\"}");
        }
        return RawServer.json(200, list.append("]}").toString());
    }

    private static String file(String id, int port) {
        return """
                id: %s
                name: A server in a test
                baseUrl: http://127.0.0.1:%d/v1
                dialects: {openai-chat: /chat/completions}
                auth: {header: Authorization, prefix: "Bearer ", env: KEY_OF_THE_TESTS}
                models: [{id: old-one}]
                """.formatted(id, port);
    }

    private RunningSerai.Setup gateway() {
        return RunningSerai.in(home).with("KEY_OF_THE_TESTS", RunningSerai.PROVIDER_KEY);
    }

    private Map<String, String> configuration() throws IOException {
        Map<String, String> content = new TreeMap<>();
        Path config = home.resolve("config");
        try (Stream<Path> files = Files.walk(config)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                content.put(config.relativize(file).toString(), Files.readString(file));
            }
        }
        return content;
    }

    /** Waits for a line of the log that begins so, and gives all lines so far. */
    private List<String> logUntil(String begin, int times) {
        Await.within(30_000, times + " times in the log: " + begin, () -> {
            said.addAll(log.take());
            return said.stream().filter(line -> line.startsWith(begin)).count() >= times;
        });
        return said;
    }

    @Test
    void what_a_list_adds_can_be_called_after_the_next_look() throws Exception {
        RawServer inn = server(connection -> {
            while (connection.hasRequest()) {
                connection.write(
                        connection.request().head().startsWith("GET /v1/models ")
                                ? listOf("old-one", "new-one")
                                : RawServer.json(200, "{\"id\":\"c-1\",\"choices\":[]}"));
            }
        });
        RunningSerai serai =
                start(gateway().with("SERAI_RELOAD", "100ms").withProviderFile("inn", file("inn", inn.port())));

        assertThat(logUntil("INFO overlay written", 1))
                .containsExactly("INFO overlay written provider=inn added=1 changed=0 removed=0 contradictions=0");

        Await.until(
                "the model is in force", () -> serai.configuration().catalog().model("inn", "new-one") != null);
        assertThat(serai.post("/v1/chat/completions", "{\"model\":\"new-one\",\"messages\":[]}")
                        .status())
                .isEqualTo(200);
        RawServer.Received asked = inn.received().get(0);
        assertThat(asked.header("authorization")).isEqualTo("Bearer " + RunningSerai.PROVIDER_KEY);
        assertThat(asked.head()).doesNotContain(RunningSerai.KEY);
        assertThat(configuration()).containsOnlyKeys("overlays/inn.yaml", "providers/inn.yaml");
        assertThat(configuration().get("providers/inn.yaml")).isEqualTo(file("inn", inn.port()));
        assertThat(configuration().get("overlays/inn.yaml"))
                .contains("- id: new-one", "- {by: \"http://127.0.0.1:" + inn.port() + "/v1/models\", on: ");
    }

    @Test
    void one_document_serves_several_providers() throws Exception {
        RawServer document = saying(RawServer.json(200, """
                {"groq": {"models": {"brand-new": {"limit": {"context": 4096}}}},
                 "inn": {"models": {"old-one": {"name": "The old one"}}},
                 "barn": {"models": {}},
                 "stranger": {"models": {"x": {}}}}
                """));
        RunningSerai serai = start(gateway()
                .with("SERAI_CATALOG_REFRESH_FROM", document.url() + "/api.json?token=nobodys-business")
                .withProviderFile("inn", file("inn", 1))
                .withProviderFile("barn", file("barn", 1)));

        assertThat(logUntil("INFO overlay written", 2))
                .containsExactlyInAnyOrder(
                        "INFO overlay written provider=groq added=1 changed=0 removed=0 contradictions=0",
                        "INFO overlay written provider=inn added=0 changed=1 removed=0 contradictions=0",
                        NOT_USED + " provider=barn reason=it has no models");
        serai.configuration().reload();
        assertThat(serai.configuration().catalog().model("groq", "brand-new"))
                .extracting(Model::contextTokens)
                .isEqualTo(4096L);
        assertThat(serai.configuration().catalog().model("inn", "old-one"))
                .extracting(Model::name)
                .isEqualTo("The old one");
        assertThat(document.received()).hasSize(1).allSatisfy(asked -> {
            assertThat(asked.head()).startsWith("GET /api.json?token=nobodys-business HTTP/1.1\r\n");
            assertThat(asked.header("authorization")).isEmpty();
        });
        assertThat(configuration().toString() + said).doesNotContain("nobodys-business");
    }

    @Test
    void lists_that_fail_leave_everything_as_it_was_and_hold_up_nobody_else() throws Exception {
        Map<String, String> answers = new TreeMap<>(Map.of(
                "a-status", RawServer.json(500, "{\"error\":\"no\"}"),
                "b-redirect", "HTTP/1.1 302 Found\r\nLocation: /v1/models\r\nContent-Length: 0\r\n\r\n",
                "c-page", RawServer.response(200, "text/html", "<html>"),
                "d-empty", RawServer.json(200, "{\"data\":[]}"),
                "e-cut", "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"data\":[{\"id\":\"x\"},",
                "f-clash", listOf("smart"),
                "h-unspeakable", listOf("a b")));
        RunningSerai.Setup setup = gateway()
                .withConfigFile("aliases.yaml", "aliases: {smart: [sandbox:echo]}\n")
                .withProviderFile(
                        "z-good", file("z-good", saying(listOf("new-one")).port()))
                .withProviderFile("g-large", file("g-large", endless().port()));
        for (Map.Entry<String, String> answer : answers.entrySet()) {
            setup.withProviderFile(
                    answer.getKey(),
                    file(answer.getKey(), saying(answer.getValue()).port()));
        }
        Map<String, String> before = configuration();
        RunningSerai serai = start(setup);

        List<String> lines = logUntil("INFO overlay written", 1);

        assertThat(lines).endsWith("INFO overlay written provider=z-good added=1 changed=0 removed=0 contradictions=0");
        assertThat(lines.stream().map(line -> line.replaceAll("list=\\S+", "list=URL")))
                .startsWith(
                        NOT_USED + " list=URL reason=it answered with status 500",
                        NOT_USED + " list=URL reason=it answered with status 302",
                        NOT_USED + " list=URL reason=it is not JSON: line 1 cannot be read",
                        NOT_USED + " list=URL reason=it has no models");
        assertThat(lines.get(4)).contains("Premature end");
        assertThat(lines.get(5)).contains("aliases.yaml:1: the alias 'smart' has the name of a model of f-clash");
        assertThat(lines.get(6)).endsWith("reason=it is larger than 16777216 bytes");
        assertThat(lines.get(7)).endsWith("reason=its model number 1 has no usable id");
        assertThat(lines).hasSize(9);
        assertThat(lines.toString()).doesNotContain(RunningSerai.PROVIDER_KEY);
        Map<String, String> after = configuration();
        assertThat(after.remove("overlays/z-good.yaml")).contains("new-one");
        assertThat(after).isEqualTo(before);
        serai.configuration().reload();
        assertThat(serai.configuration().catalog().find("old-one")).hasSize(9);
        assertThat(serai.configuration().catalog().find("new-one")).hasSize(1);
        assertThat(serai.configuration().directory().aliases().find("smart")).isNotNull();
    }

    /** A list without an end. */
    private RawServer endless() {
        return server(connection -> {
            connection.hasRequest();
            connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            String blank = RawServer.chunk(" ".repeat(1 << 16));
            while (true) {
                connection.write(blank);
            }
        });
    }

    @Test
    void with_wrong_files_no_list_is_fetched_and_the_reason_is_told() throws Exception {
        RawServer inn = saying(listOf("new-one"));
        RunningSerai serai = start(gateway().withProviderFile("inn", file("inn", inn.port())));
        Files.writeString(home.resolve("config/providers/inn.yaml"), "id: inn\n");

        assertThat(logUntil(NOT_USED, 1)).hasSize(1).first().asString().contains("config/providers/inn.yaml:1: ");

        assertThat(inn.received()).isEmpty();
        assertThat(configuration()).containsOnlyKeys("providers/inn.yaml");
        assertThat(serai.configuration().catalog().find("old-one")).hasSize(1);
    }

    @Test
    void it_is_off_unless_it_is_switched_on() throws Exception {
        try (RunningSerai serai = RunningSerai.in(home).start()) {
            assertThat(serai.context().getRoute("catalog-refresh")).isNull();
            assertThat(serai.context().getRoute("model-list")).isNotNull();
        }
    }
}
