package dev.serai.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.dialect.anthropic.AnthropicMessages;
import dev.serai.dialect.openai.OpenAiChat;
import dev.serai.dialect.openai.OpenAiEmbeddings;
import dev.serai.dialect.openai.OpenAiResponses;
import dev.serai.error.ErrorCode;
import dev.serai.error.GatewayException;
import dev.serai.json.JsonDocument;
import dev.serai.json.JsonException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestReadingTest {
    private static final List<Dialect> DIALECTS =
            List.of(new OpenAiChat(), new OpenAiResponses(), new OpenAiEmbeddings(), new AnthropicMessages());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                 | model  | no model is named",
                "{\"models\":[]}                    | model  | no model is named",
                "{\"model\":1}                      | model  | \"model\" must be a string",
                "{\"model\":null,\"models\":[\"a\"]} | model | \"model\" must be a string",
                "{\"model\":\" \"}                  | model  | \"model\" must be a string",
                "{\"model\":\"a\",\"models\":\"b\"} | models | \"models\" must be a list of strings",
                "{\"model\":\"a\",\"models\":[1]}   | models | \"models\" must be a list of strings",
                "{\"models\":[\"a\",\"\"]}          | models | \"models\" must be a list of strings",
            })
    void a_request_without_a_usable_model_is_refused_in_every_dialect(String body, String param, String message) {
        assertThat(DIALECTS).allSatisfy(dialect -> assertThatThrownBy(() -> dialect.readRequest(parse(body)))
                .isInstanceOfSatisfying(GatewayException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.INVALID_REQUEST_BODY);
                    assertThat(e.param()).isEqualTo(param);
                    assertThat(e).hasMessageStartingWith(message);
                }));
    }

    @Test
    void stream_must_be_a_boolean_or_null() throws JsonException {
        OpenAiChat chat = new OpenAiChat();

        assertThat(chat.readRequest(parse("{\"model\":\"a\",\"stream\":true}")).stream())
                .isTrue();
        assertThat(chat.readRequest(parse("{\"model\":\"a\",\"stream\":null}")).stream())
                .isFalse();
        assertThatThrownBy(() -> chat.readRequest(parse("{\"model\":\"a\",\"stream\":\"true\"}")))
                .hasMessage("\"stream\" must be true or false");
    }

    @Test
    void models_are_tried_in_order_and_once() throws JsonException {
        JsonDocument body = parse("{\"models\":[\"B\",\"c\",\"A\",\"C\"],\"model\":\"a\"}");

        assertThat(DIALECTS)
                .allSatisfy(dialect ->
                        assertThat(dialect.readRequest(body).models()).containsExactly("a", "B", "c"));
    }

    @Test
    void only_a_chat_client_chooses_whether_to_see_usage() throws JsonException {
        String asking = "{\"model\":\"a\",\"stream\":true,\"stream_options\":{\"include_usage\":true}}";

        assertThat(new OpenAiChat().readRequest(parse(asking)).wantsUsage()).isTrue();
        assertThat(new OpenAiChat().readRequest(parse("{\"model\":\"a\"}")).wantsUsage())
                .isFalse();
        assertThat(new OpenAiResponses().readRequest(parse("{\"model\":\"a\"}")).wantsUsage())
                .isTrue();
        assertThat(new AnthropicMessages()
                        .readRequest(parse("{\"model\":\"a\"}"))
                        .wantsUsage())
                .isTrue();
    }

    @Test
    void a_body_that_needs_no_change_is_forwarded_in_its_own_array() throws JsonException {
        byte[] bytes = "{\"model\":\"a\",\"x\":1}".getBytes(UTF_8);

        for (Dialect dialect : DIALECTS) {
            assertThat(dialect.passThrough(dialect.readRequest(JsonDocument.parse(bytes)), "a")
                            .toBytes())
                    .isSameAs(bytes);
        }
    }

    private static JsonDocument parse(String json) throws JsonException {
        return JsonDocument.parse(json.getBytes(UTF_8));
    }
}
