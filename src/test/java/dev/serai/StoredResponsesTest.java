package dev.serai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.testing.RawClient;
import dev.serai.testing.RawServer;
import dev.serai.testing.RawServer.Received;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Conversations in Responses that go on with {@code previous_response_id}, at providers that keep no responses. */
class StoredResponsesTest {
    private static final String OTHER_KEY = "key-of-another-0123456789";
    private static final String CHAT =
            "{\"id\":\"c-%d\",\"object\":\"chat.completion\",\"choices\":[{\"index\":0,\"message\":"
                    + "{\"role\":\"assistant\",\"content\":\"Answer %d\"},\"finish_reason\":\"stop\"}],"
                    + "\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1,\"total_tokens\":2}}";
    private static final String CHUNKS =
            "data: {\"id\":\"c-%d\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":"
                    + "{\"role\":\"assistant\",\"content\":\"Answer %d\"}}]}\n\n"
                    + "data: {\"id\":\"c-%d\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":{},"
                    + "\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";
    private static final String RESPONSE =
            "{\"id\":\"resp_of_the_provider\",\"object\":\"response\",\"status\":\"completed\",\"output\":[]}";

    @TempDir
    Path home;

    private int answers;

    private final RawServer provider = RawServer.start(connection -> {
        while (connection.hasRequest()) {
            Received request = connection.request();
            int number = ++answers;
            if (request.head().contains("/responses")) {
                connection.write(RawServer.json(200, RESPONSE));
            } else if (request.text().contains("\"stream\":true")) {
                connection.write(RawServer.streamHead()
                        + RawServer.chunk(CHUNKS.formatted(number, number, number))
                        + RawServer.lastChunk());
            } else {
                connection.write(RawServer.json(200, CHAT.formatted(number, number)));
            }
        }
    });
    private @Nullable RunningSerai serai;

    @AfterEach
    void stop() {
        if (serai != null) {
            serai.close();
        }
        provider.close();
    }

    private RunningSerai start(String... settings) throws Exception {
        RunningSerai running = RunningSerai.in(home)
                .withAccessKey(OTHER_KEY, "{}")
                .withOpenProvider("chat", provider.port(), "openai-chat: /chat/completions")
                .withOpenProvider("native", provider.port(), "openai-responses: /responses")
                .withAll(settings)
                .start();
        serai = running;
        return running;
    }

    private RunningSerai startKeeping(String... settings) throws Exception {
        String[] all = new String[settings.length + 2];
        all[0] = "SERAI_STORED_RESPONSES";
        all[1] = "1h";
        System.arraycopy(settings, 0, all, 2, settings.length);
        return start(all);
    }

    private static JsonNode tree(String json) throws IOException {
        return new ObjectMapper().readTree(json);
    }

    /** Asks, and gives the id of the answer. */
    private static String ask(RunningSerai serai, String rest) throws IOException {
        RawClient.Response response = serai.post("/v1/responses", "{\"model\":\"chat:m\"," + rest + "}");
        assertThat(response.status()).as(response.body()).isEqualTo(200);
        if (!rest.contains("\"stream\":true")) {
            return tree(response.body()).path("id").asText();
        }
        String completed = response.body().substring(response.body().lastIndexOf("data: ") + 6);
        return tree(completed).path("response").path("id").asText();
    }

    private Received lastRequest() {
        List<Received> received = provider.received();
        return received.get(received.size() - 1);
    }

    private static String after(String id, String rest) {
        return "\"previous_response_id\":\"" + id + "\"," + rest;
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"stream\":true", ",\"store\":true"})
    void a_conversation_goes_on(String how) throws Exception {
        RunningSerai running = startKeeping();
        String first = ask(running, "\"input\":\"One \\\"q\\\"\"" + how);
        String second = ask(running, after(first, "\"input\":[{\"role\":\"user\",\"content\":\"Two\"}]" + how));
        ask(running, after(second, "\"input\":\"Three\"" + how));

        JsonNode messages = tree(lastRequest().text()).path("messages");
        assertThat(messages)
                .extracting(message -> message.path("role").asText() + ": "
                        + message.path("content").asText())
                .containsExactly(
                        "user: One \"q\"", "assistant: Answer 1", "user: Two", "assistant: Answer 2", "user: Three");
    }

    @Test
    void two_answers_may_follow_the_same_one() throws Exception {
        RunningSerai running = startKeeping();
        String first = ask(running, "\"input\":\"One\"");
        ask(running, after(first, "\"input\":\"Left\""));
        ask(running, after(first, "\"input\":\"Right\""));

        assertThat(lastRequest().text()).contains("One", "Answer 1", "Right").doesNotContain("Left");
    }

    @Test
    void instructions_are_of_one_request_and_not_kept() throws Exception {
        RunningSerai running = startKeeping();
        String first = ask(running, "\"input\":\"One\",\"instructions\":\"Be brief.\"");
        ask(running, after(first, "\"input\":\"Two\""));

        assertThat(lastRequest().text()).doesNotContain("brief");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"store\":true"})
    void the_client_reads_that_it_is_stored_and_the_provider_need_not_know(String wish) throws Exception {
        RunningSerai running = startKeeping("SERAI_STRICT_TRANSLATION", "true");
        RawClient.Response response =
                running.post("/v1/responses", "{\"model\":\"chat:m\",\"input\":\"One\"" + wish + "}");

        assertThat(response.status()).isEqualTo(200);
        assertThat(tree(response.body()).path("store").asBoolean()).isTrue();
        assertThat(response.header("x-serai-dropped-params")).isEmpty();
        assertThat(lastRequest().text()).doesNotContain("store");
    }

    @Test
    void who_wants_nothing_stored_has_nothing_stored() throws Exception {
        RunningSerai running = startKeeping();
        RawClient.Response made =
                running.post("/v1/responses", "{\"model\":\"chat:m\",\"input\":\"One\",\"store\":false}");
        assertThat(tree(made.body()).path("store").asBoolean()).isFalse();
        String first = tree(made.body()).path("id").asText();
        RawClient.Response response =
                running.post("/v1/responses", "{\"model\":\"chat:m\"," + after(first, "\"input\":\"Two\"}"));

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.body())
                .contains(
                        "untranslatable_request", "this gateway keeps responses for 3600 s", "does not have this one");
    }

    @Test
    void the_oldest_is_forgotten_and_the_error_says_so() throws Exception {
        RunningSerai running = startKeeping("SERAI_STORED_RESPONSES_MAX_COUNT", "1");
        String first = ask(running, "\"input\":\"One\"");
        ask(running, "\"input\":\"Two\"");
        RawClient.Response response =
                running.post("/v1/responses", "{\"model\":\"chat:m\"," + after(first, "\"input\":\"Three\"}"));

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.body()).contains("at most 1 of them", "forgets the oldest first");
    }

    @Test
    void a_conversation_that_has_grown_too_large_is_refused() throws Exception {
        RunningSerai running = startKeeping("SERAI_MAX_BODY_BYTES", "1024");
        String first = ask(running, "\"input\":\"" + "x".repeat(700) + "\"");
        RawClient.Response response = running.post(
                "/v1/responses", "{\"model\":\"chat:m\"," + after(first, "\"input\":\"" + "y".repeat(700) + "\"}"));

        assertThat(response.status()).isEqualTo(413);
        assertThat(response.body()).contains("body_too_large", "the conversation that it goes on from");
    }

    @Test
    void another_key_finds_nothing() throws Exception {
        RunningSerai running = startKeeping();
        String first = ask(running, "\"input\":\"One\"");
        String second = "{\"model\":\"chat:m\"," + after(first, "\"input\":\"Two\"}");

        assertThat(running.postAs(OTHER_KEY, "/v1/responses", second).status()).isEqualTo(400);
        assertThat(running.getAs(OTHER_KEY, "/v1/responses/" + first).status()).isEqualTo(404);
        assertThat(running.post("/v1/responses", second).status()).isEqualTo(200);
    }

    @Test
    void a_response_is_shown_and_forgotten() throws Exception {
        RunningSerai running = startKeeping();
        RawClient.Response made = running.post("/v1/responses", "{\"model\":\"chat:m\",\"input\":\"One\"}");
        String path = "/v1/responses/" + tree(made.body()).path("id").asText();

        assertThat(running.getAs(RunningSerai.KEY, path).body()).isEqualTo(made.body());
        assertThat(delete(running, path))
                .isEqualTo("{\"id\":\"" + path.substring(14) + "\",\"object\":\"response\",\"deleted\":true}");
        RawClient.Response gone = running.getAs(RunningSerai.KEY, path);
        assertThat(gone.status()).isEqualTo(404);
        assertThat(gone.body()).contains("\"code\":\"not_found\"");
    }

    private static String delete(RunningSerai serai, String path) throws IOException {
        try (RawClient client = serai.client()) {
            return client.send("DELETE " + path + " HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer " + RunningSerai.KEY
                            + "\r\n\r\n")
                    .read()
                    .body();
        }
    }

    @Test
    void a_provider_of_responses_keeps_its_own() throws Exception {
        RunningSerai running = startKeeping();
        RawClient.Response response = running.post(
                "/v1/responses",
                "{\"model\":\"native:m\",\"previous_response_id\":\"resp_of_the_provider\",\"input\":\"Two\"}");

        assertThat(response.status()).isEqualTo(200);
        assertThat(lastRequest().text())
                .isEqualTo("{\"model\":\"m\",\"previous_response_id\":\"resp_of_the_provider\",\"input\":\"Two\"}");
        assertThat(running.getAs(RunningSerai.KEY, "/v1/responses/resp_of_the_provider")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void what_serai_keeps_goes_on_at_a_provider_of_responses_too() throws Exception {
        RunningSerai running = startKeeping();
        String first = ask(running, "\"input\":\"One\"");
        running.post("/v1/responses", "{\"model\":\"native:m\"," + after(first, "\"input\":\"Two\"}"));

        assertThat(lastRequest().text()).contains("One", "Answer 1", "Two").doesNotContain("previous_response_id");
    }

    @Test
    void as_it_is_shipped_nothing_is_kept_and_the_error_names_the_setting() throws Exception {
        RunningSerai running = start();
        String first = ask(running, "\"input\":\"One\"");
        RawClient.Response next =
                running.post("/v1/responses", "{\"model\":\"chat:m\"," + after(first, "\"input\":\"Two\"}"));

        assertThat(next.status()).isEqualTo(400);
        assertThat(next.body()).contains("untranslatable_request", "serai.stored-responses");
        assertThat(running.getAs(RunningSerai.KEY, "/v1/responses/" + first).body())
                .contains("serai.stored-responses");
    }
}
