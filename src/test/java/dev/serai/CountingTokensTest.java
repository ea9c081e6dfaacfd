package dev.serai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.testing.RawClient;
import dev.serai.testing.RawServer;
import dev.serai.testing.RawServer.Received;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Questions for a number of tokens: who is asked, in which words, and what is answered where nobody counts. */
class CountingTokensTest {
    private static final String ESTIMATED = "x-serai-estimated";

    @TempDir
    static Path home;

    private static RawServer provider;
    private static RunningSerai serai;

    @BeforeAll
    static void start() throws Exception {
        provider = RawServer.start(connection -> {
            while (connection.hasRequest()) {
                connection.write(answer(connection.request()));
            }
        });
        serai = RunningSerai.in(home)
                .withProviderFile("messages", file("messages", "anthropic-count-tokens: /messages/count_tokens"))
                .withProviderFile("gemini", file("gemini", "gemini-count-tokens: \"/models/{model}:countTokens\""))
                .withProviderFile("chat", file("chat", "openai-chat: /chat/completions"))
                .start();
    }

    private static String file(String id, String dialect) {
        return """
                id: %s
                name: A server in a test
                baseUrl: http://127.0.0.1:%d/v1
                dialects: {%s}
                auth: none
                """.formatted(id, provider.port(), dialect);
    }

    private static String answer(Received request) {
        if (request.text().contains("nobody")) {
            return RawServer.json(
                    404, "{\"type\":\"error\",\"error\":{\"type\":\"not_found_error\",\"message\":\"model: nobody\"}}");
        }
        return request.head().contains(":countTokens")
                ? RawServer.json(200, "{\"totalTokens\":7,\"promptTokensDetails\":[]}")
                : RawServer.json(200, "{\"input_tokens\":5}");
    }

    @AfterAll
    static void stop() {
        serai.close();
        provider.close();
    }

    private static Received lastRequest() {
        List<Received> received = provider.received();
        return received.get(received.size() - 1);
    }

    private static RawClient.Response ask(String model, String rest) throws IOException {
        return serai.post("/v1/messages/count_tokens", "{\"model\":\"" + model + "\"," + rest + "}");
    }

    @Test
    void a_provider_that_counts_is_asked_in_the_clients_words() throws Exception {
        RawClient.Response response = ask("messages:lantern", "\"messages\": [ ],\"odd\":1e400");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("{\"input_tokens\":5}");
        assertThat(response.header(ESTIMATED)).isEmpty();
        assertThat(response.header("x-serai-provider")).isEqualTo("messages");
        assertThat(lastRequest().text()).isEqualTo("{\"model\":\"lantern\",\"messages\": [ ],\"odd\":1e400}");
        assertThat(lastRequest().head()).startsWith("POST /v1/messages/count_tokens ");
    }

    @Test
    void gemini_counts_for_a_client_of_anthropic() throws Exception {
        RawClient.Response response =
                ask("gemini:tent", "\"system\":\"Be brief.\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]");

        assertThat(response.body()).isEqualTo("{\"input_tokens\":7}");
        assertThat(response.header(ESTIMATED)).isEmpty();
        assertThat(lastRequest().text())
                .isEqualTo("{\"generateContentRequest\":{\"model\":\"models/tent\","
                        + "\"systemInstruction\":{\"parts\":[{\"text\":\"Be brief.\"}]},"
                        + "\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Hi\"}]}]}}");
    }

    @Test
    void anthropic_counts_for_a_client_of_gemini() throws Exception {
        RawClient.Response response = serai.post(
                "/v1beta/models/messages:lantern:countTokens",
                "{\"generateContentRequest\":{\"contents\":[{\"parts\":[{\"text\":\"Hi\"}]}],"
                        + "\"generationConfig\":{\"maxOutputTokens\":9,\"temperature\":0}}}");

        assertThat(response.body()).isEqualTo("{\"totalTokens\":5}");
        assertThat(lastRequest().text())
                .isEqualTo("{\"model\":\"lantern\",\"messages\":[{\"role\":\"user\",\"content\":"
                        + "[{\"type\":\"text\",\"text\":\"Hi\"}]}]}");
    }

    @Test
    void where_nobody_counts_an_estimate_says_that_it_is_one() throws Exception {
        int before = provider.received().size();
        RawClient.Response messages = ask("chat:caravan", "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]");
        RawClient.Response gemini = serai.post(
                "/v1beta/models/chat:caravan:countTokens", "{\"contents\":[{\"parts\":[{\"text\":\"Hi\"}]}]}");

        assertThat(messages.status()).isEqualTo(200);
        assertThat(messages.body()).isEqualTo("{\"input_tokens\":8}");
        assertThat(messages.header(ESTIMATED)).isEqualTo("true");
        assertThat(messages.header("x-serai-provider")).isEmpty();
        assertThat(gemini.body()).isEqualTo("{\"totalTokens\":8}");
        assertThat(gemini.header(ESTIMATED)).isEqualTo("true");
        assertThat(provider.received()).hasSize(before);
    }

    @Test
    void a_large_request_is_estimated_too() throws Exception {
        RawClient.Response response = ask(
                "chat:caravan", "\"messages\":[{\"role\":\"user\",\"content\":\"" + "word ".repeat(100_000) + "\"}]");

        assertThat(response.body()).isEqualTo("{\"input_tokens\":100007}");
    }

    @Test
    void of_several_models_one_is_asked_that_is_counted() throws Exception {
        RawClient.Response response = ask("chat:caravan", "\"models\":[\"messages:lantern\"],\"messages\":[]");

        assertThat(response.body()).isEqualTo("{\"input_tokens\":5}");
        assertThat(response.header("x-serai-dropped-models")).contains("chat:caravan");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            messages:nobody | 404 | "model: nobody"
            nowhere         | 404 | 'nowhere'
            """)
    void errors_are_those_of_messages(String model, int status, String said) throws Exception {
        RawClient.Response response = ask(model, "\"messages\":[]");

        assertThat(response.status()).isEqualTo(status);
        assertThat(response.body()).startsWith("{\"type\":\"error\",").contains(said);
    }

    @Test
    void a_providers_error_comes_in_the_clients_format() throws Exception {
        RawClient.Response response = serai.post(
                "/v1beta/models/messages:nobody:countTokens", "{\"contents\":[{\"parts\":[{\"text\":\"Hi\"}]}]}");

        assertThat(response.status()).isEqualTo(404);
        assertThat(response.body()).startsWith("{\"error\":{\"code\":404,").contains("model: nobody");
    }

    @Test
    void what_cannot_be_read_is_refused_and_not_estimated() throws Exception {
        RawClient.Response response = ask("chat:caravan", "\"messages\":[{\"role\":\"user\",\"content\":7}]");

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.body()).contains("invalid_request_body", "messages[0].content");
    }

    @Test
    void who_has_no_key_gets_no_number() throws Exception {
        assertThat(serai.postAs("key-of-a-stranger", "/v1/messages/count_tokens", "{\"model\":\"chat:caravan\"}")
                        .status())
                .isEqualTo(401);
    }
}
