package dev.serai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.config.ConfigurationException;
import dev.serai.testing.RawClient;
import dev.serai.testing.RawServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Model names, aliases, scope and capabilities, through a whole gateway with two providers, north and south. */
@Timeout(60)
class ChoosingModelsTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String NORTHERN = "a-key-for-the-north";
    private static final String STARRED = "a-key-for-some-models";
    private static final String NOTHING = "a-key-for-nothing";
    private static final Map<String, String> ANSWERS = Map.of(
            "/v1/chat/completions",
                    "{\"object\":\"chat.completion\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
                            + "\"content\":\"Hi\"},\"finish_reason\":\"stop\"}]}",
            "/v1/responses", "{\"object\":\"response\",\"status\":\"completed\",\"output\":[]}",
            "/v1/embeddings", "{\"object\":\"list\",\"data\":[]}",
            "/v1/messages", "{\"type\":\"message\",\"content\":[]}");

    private static final String ALIASES = """
            aliases:
              both: ["south:y", "north:x"]
              others: ["south:y"]
              star: ["north:maker/star:free"]
              sharing: [shared]
              cheap: {strategy: lowest-cost, candidates: ["north:unknown", "north:shared", "south:shared"]}
              trial: {strategy: weighted, candidates: [{model: "north:a", weight: 0}, {model: "south:b", weight: 5}]}
            """;

    private static final RawServer NORTH = RawServer.start(ChoosingModelsTest::answer);
    private static final RawServer SOUTH = RawServer.start(ChoosingModelsTest::answer);

    @TempDir
    static Path shared;

    @TempDir
    Path home;

    private static RunningSerai running;
    private final int northBefore = NORTH.received().size();
    private final int southBefore = SOUTH.received().size();

    @BeforeAll
    static void start() throws Exception {
        running = setup(shared, NORTH, SOUTH)
                .withConfigFile("aliases.yaml", ALIASES)
                .withAccessKey(NORTHERN, "{providers: {allow: [north]}}")
                .withAccessKey(STARRED, "{models: {allow: [\"north:maker/*\"]}}")
                .withAccessKey(NOTHING, "{models: {allow: []}}")
                .start();
    }

    @AfterAll
    static void stop() {
        running.close();
        NORTH.close();
        SOUTH.close();
    }

    private List<RawServer.Received> received(RawServer server) {
        List<RawServer.Received> all = server.received();
        return all.subList(server == NORTH ? northBefore : southBefore, all.size());
    }

    private static void answer(RawServer.Connection connection) throws IOException {
        while (connection.hasRequest()) {
            connection.write(answerTo(connection));
        }
    }

    private static String answerTo(RawServer.Connection connection) {
        String path = connection.request().head().split(" ", 3)[1];
        return RawServer.json(200, ANSWERS.getOrDefault(path, "{}"));
    }

    private static RunningSerai.Setup setup(Path home, RawServer north, RawServer south) throws Exception {
        return RunningSerai.in(home)
                .withProviderFile("north", provider("north", north.port(), 1, """
                          - {id: Maker/Star-1, kind: chat, context: 200, input: [text], lacks: [tools], released: 2026-01-02}
                          - {id: shared, kind: chat, price: {input: 3, output: 9}}
                          - {id: "maker/star:free"}
                          - {id: vectors, kind: embedding}
                        """))
                .withProviderFile("south", provider("south", south.port(), 2, """
                          - {id: eyes, kind: chat, input: [text, image], context: 100000}
                          - {id: shared, kind: chat, price: {input: 1, output: 2}}
                        """));
    }

    private static String provider(String id, int port, int order, String models) {
        return """
                id: %s
                name: A server in a test
                order: %d
                baseUrl: http://127.0.0.1:%d/v1
                dialects:
                  openai-chat: /chat/completions
                  openai-responses: /responses
                  openai-embeddings: /embeddings
                  anthropic-messages: /messages
                auth: none
                models:
                """.formatted(id, order, port) + models;
    }

    private static String request(String models) {
        return "{" + models + ",\"messages\":[]}";
    }

    private static String answeredBy(RawClient.Response response) {
        return response.header("x-serai-provider") + " " + response.header("x-serai-model");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "model":"north:of-tomorrow"              | north of-tomorrow
            "model":"maker/star-1"                   | north Maker/Star-1
            "model":"MAKER/star:FREE"                | north maker/star:free
            "model":"south:maker/star:free"          | south maker/star:free
            "model":"south:north:odd"                | south north:odd
            "model":"shared"                         | north shared
            "models":["south:shared","north:shared"] | south shared
            """)
    void a_name_leads_to_a_provider_which_is_told_its_own_name_for_the_model(String models, String answered)
            throws Exception {
        RawClient.Response response = running.post(CHAT, request(models));
        assertThat(response.status()).isEqualTo(200);
        assertThat(answeredBy(response)).isEqualTo(answered);
        assertThat(received(answered.startsWith("north") ? NORTH : SOUTH).get(0).text())
                .contains("\"model\":\"" + answered.split(" ", -1)[1] + "\"")
                .doesNotContain("models");
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/chat/completions, messages",
        "/v1/responses, input",
        "/v1/embeddings, input",
        "/v1/messages, messages"
    })
    void fallbacks_alone_are_enough_in_every_dialect(String path, String field) throws Exception {
        RawClient.Response response = running.post(
                path, "{\"models\":[\"south:a\",\"SOUTH:A\",\"south:A\",\"north:b\"],\"" + field + "\":[]}");
        assertThat(response.status()).as(response.body()).isEqualTo(200);
        assertThat(answeredBy(response)).isEqualTo("south a");
        assertThat(received(SOUTH).get(0).text()).contains("\"model\":\"a\"").doesNotContain("models");
    }

    @Test
    void a_name_that_nobody_knows_is_answered_with_near_ones_aliases_among_them() throws Exception {
        RawClient.Response response = running.post(CHAT, request("\"model\":\"sharin\""));
        assertThat(response.status()).isEqualTo(404);
        assertThat(response.body()).contains("\"code\":\"model_not_found\"", "Did you mean sharing or shared?");
    }

    @Test
    void the_other_providers_of_a_model_are_tried_if_the_settings_say_so() throws Exception {
        RawServer north = RawServer.start(ChoosingModelsTest::answer);
        try (RunningSerai own =
                setup(home, north, SOUTH).with("SERAI_CATALOG_FALLBACK", "true").start()) {
            north.close();
            RawClient.Response response = own.post(CHAT, request("\"model\":\"shared\""));
            assertThat(answeredBy(response)).isEqualTo("south shared");
            assertThat(response.header("x-serai-attempts")).isEqualTo("2");
        }
    }

    @Test
    void an_alias_is_tried_in_its_order_and_fails_over() throws Exception {
        AtomicBoolean down = new AtomicBoolean();
        RawServer.Script failing = connection -> {
            while (connection.hasRequest()) {
                connection.write(down.get() ? RawServer.json(503, "{}") : answerTo(connection));
            }
        };
        try (RawServer north = RawServer.start(failing);
                RunningSerai own = setup(home, north, SOUTH)
                        .withConfigFile("aliases.yaml", "aliases: {Smart: [\"north:first\", \"south:second\"]}")
                        .start()) {
            assertThat(ask(own, "smart")).isEqualTo("north first");
            down.set(true);
            assertThat(ask(own, "smart")).isEqualTo("south second");
        }
    }

    @Test
    void an_alias_may_choose_the_cheapest() {
        assertThat(ask(running, "cheap")).isEqualTo("south shared");
    }

    @Test
    void an_alias_may_draw_lots() {
        assertThat(IntStream.range(0, 5).mapToObj(i -> ask(running, "trial"))).containsOnly("south b");
    }

    /** A Serai of its own with a provider more, and an alias `pool` of that and south. */
    private RunningSerai withEast(RawServer east, String strategy) throws Exception {
        return setup(home, NORTH, SOUTH)
                .withProviderFile("east", provider("east", east.port(), 3, "  []\n"))
                .withConfigFile(
                        "aliases.yaml",
                        "aliases: {pool: {strategy: " + strategy + ", candidates: [\"east:a\", \"south:b\"]}}")
                .start();
    }

    @Test
    void an_alias_may_choose_the_least_busy() throws Exception {
        CountDownLatch letGo = new CountDownLatch(1);
        CountDownLatch held = new CountDownLatch(1);
        String[] head = {"Authorization: Bearer " + RunningSerai.KEY, "Content-Type: application/json"};
        try (RawServer holding = RawServer.start(connection -> {
                    while (connection.hasRequest()) {
                        held.countDown();
                        letGo.await(20, TimeUnit.SECONDS);
                        connection.write(RawServer.json(200, ANSWERS.get(CHAT)));
                    }
                });
                RunningSerai own = withEast(holding, "least-busy")) {
            try (RawClient first = own.client().post(CHAT, request("\"model\":\"pool\""), head)) {
                assertThat(held.await(20, TimeUnit.SECONDS)).isTrue();
                assertThat(ask(own, "pool")).isEqualTo("south b");
                letGo.countDown();
                assertThat(answeredBy(first.read())).isEqualTo("east a");
            }
            assertThat(ask(own, "pool")).isEqualTo("east a");
        }
    }

    @Test
    void an_alias_may_choose_the_quickest_after_everybody_was_measured() throws Exception {
        try (RawServer slow = RawServer.start(connection -> {
                    while (connection.hasRequest()) {
                        connection.pause(1_000);
                        connection.write(RawServer.json(200, ANSWERS.get(CHAT)));
                    }
                });
                RunningSerai own = withEast(slow, "lowest-latency")) {
            assertThat(IntStream.range(0, 5).mapToObj(i -> ask(own, "pool")))
                    .containsExactly("east a", "south b", "south b", "south b", "south b");
        }
    }

    @Test
    void a_changed_alias_is_in_force_without_a_restart_and_a_bad_one_is_not() throws Exception {
        RunningSerai.Setup setup =
                setup(home, NORTH, SOUTH).withConfigFile("aliases.yaml", "aliases: {a: [\"north:x\"]}");
        try (RunningSerai own = setup.start()) {
            assertThat(ask(own, "a")).isEqualTo("north x");
            setup.withConfigFile("aliases.yaml", "aliases: {a: [\"south:y\"]}");
            own.configuration().reload();
            assertThat(ask(own, "a")).isEqualTo("south y");
            setup.withConfigFile("aliases.yaml", "aliases: {a: [a]}");
            own.configuration().reload();
            assertThat(ask(own, "a")).isEqualTo("south y");
        }
    }

    private static String ask(RunningSerai serai, String model) {
        try {
            return answeredBy(serai.post(CHAT, request("\"model\":\"" + model + "\"")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void a_bad_alias_file_stops_the_start_with_file_line_and_reason() throws Exception {
        RunningSerai.Setup setup =
                setup(home, NORTH, SOUTH).withConfigFile("aliases.yaml", "aliases:\n  shared: [\"north:x\"]\n");
        assertThatThrownBy(setup::start)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("aliases.yaml:2: the alias 'shared' has the name of a model of north");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
            "model":"north:a"                             | 200 | -
            "model":"north:a","models":["south:b"]        | 200 | south:b;model_not_allowed
            "model":"south:b","models":["north:a"]        | 403 | south:b;model_not_allowed
            "model":"both"                                | 200 | south:y;model_not_allowed
            "model":"others","models":["north:a"]         | 403 | south:y;model_not_allowed
            """)
    void a_key_calls_what_its_scope_allows(String models, int status, @Nullable String dropped) throws Exception {
        RawClient.Response response = running.postAs(NORTHERN, CHAT, request(models));
        assertThat(response.status()).isEqualTo(status);
        assertThat(response.header("x-serai-dropped-models")).isEqualTo(dropped == null ? "" : dropped);
        assertThat(received(SOUTH)).isEmpty();
        if (status == 403) {
            assertThat(response.body()).contains("\"code\":\"model_not_allowed\"");
        }
        assertThat(running.post(CHAT, request(models)).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/chat/completions", "/v1/messages"})
    void a_refusal_for_scope_is_worded_in_the_clients_dialect(String path) throws Exception {
        RawClient.Response response = running.postAs(NOTHING, path, request("\"model\":\"shared\""));
        assertThat(response.status()).isEqualTo(403);
        assertThat(response.body()).contains("\"type\":\"permission_error\"");
    }

    @Test
    void a_model_without_eyes_is_skipped_for_one_that_sees() throws Exception {
        String image = "{\"model\":\"maker/star-1\",\"models\":[\"eyes\"],\"messages\":[{\"role\":\"user\",\"content\":"
                + "[{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://e.example/i.png\"}}]}]}";
        RawClient.Response response = running.post(CHAT, image);
        assertThat(answeredBy(response)).isEqualTo("south eyes");
        assertThat(response.header("x-serai-attempts")).isEqualTo("1");
        assertThat(response.header("x-serai-dropped-models")).isEqualTo("north:Maker/Star-1;unsupported_capability");
        assertThat(received(NORTH)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /v1/chat/completions | "messages":[{"content":[{"type":"image_url","image_url":{"url":"u"}}]}] | takes no image
            /v1/chat/completions | "messages":[],"tools":[{"type":"function"}]                             | calls no tools
            /v1/messages         | "messages":[{"content":[{"type":"image","source":{}}]}]                 | takes no image
            /v1/responses        | "input":[{"content":[{"type":"input_image"}]}]                          | takes no image
            /v1/embeddings       | "input":"hi"                                                            | of the kind chat
            """)
    void a_request_that_no_model_can_serve_is_refused_before_anything_leaves(String path, String fields, String reason)
            throws Exception {
        RawClient.Response response = running.post(path, "{\"model\":\"maker/star-1\"," + fields + "}");
        assertThat(response.status()).isEqualTo(400);
        assertThat(response.body()).contains("\"code\":\"unsupported_capability\"", reason);
        assertThat(received(NORTH)).isEmpty();
    }

    @Test
    void a_request_that_is_longer_than_the_context_window_is_refused() throws Exception {
        String messages = ",\"messages\":[{\"role\":\"user\",\"content\":\"" + "word ".repeat(300) + "\"}]}";
        assertThat(running.post(CHAT, "{\"model\":\"maker/star-1\"" + messages).body())
                .contains("the input is longer than its context window of 200 tokens");
        assertThat(running.post(CHAT, "{\"model\":\"north:unlisted\"" + messages)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void the_list_of_models_is_what_the_key_may_call() throws Exception {
        assertThat(running.getAs(STARRED, "/v1/models").body())
                .isEqualTo("{\"object\":\"list\",\"data\":["
                        + "{\"id\":\"star\",\"object\":\"model\",\"created\":0,\"owned_by\":\"serai\",\"display_name\":\"star\"},"
                        + "{\"id\":\"north:Maker/Star-1\",\"object\":\"model\",\"created\":1767312000,\"owned_by\":\"north\","
                        + "\"display_name\":\"Maker/Star-1\",\"context_window\":200},"
                        + "{\"id\":\"north:maker/star:free\",\"object\":\"model\",\"created\":0,\"owned_by\":\"north\","
                        + "\"display_name\":\"maker/star:free\"}]}");
        assertThat(running.getAs(STARRED, "/v1/models", "anthropic-version: 2023-06-01")
                        .body())
                .contains("\"created_at\":\"2026-01-02T00:00:00Z\"", "\"max_input_tokens\":200");
        assertThat(running.getAs(RunningSerai.KEY, "/v1/models").body()).contains("\"sharing\"", "\"south:eyes\"");
        assertThat(running.getAs(NOTHING, "/v1/models").body()).isEqualTo("{\"object\":\"list\",\"data\":[]}");
    }

    @ParameterizedTest
    @CsvSource({
        "north:Maker/Star-1, 200",
        "north%3Amaker%2Fstar%3Afree, 200",
        "maker/star:free, 200",
        "star, 200",
        "south:eyes, 404",
        "sharing, 404",
        "north:unlisted, 404",
        "%zz, 404",
        "north:maker/star%3Afree%, 404"
    })
    void one_model_is_found_by_any_name_that_the_key_may_call(String id, int status) throws Exception {
        assertThat(running.getAs(STARRED, "/v1/models/" + id).status()).isEqualTo(status);
    }
}
