package dev.serai.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.core.JsonValue;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.messages.ToolResultBlockParam;
import com.anthropic.models.messages.ToolUseBlock;
import dev.serai.RunningSerai;
import dev.serai.testing.RawClient;
import dev.serai.testing.RawServer.Received;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Messages with Anthropic's own client. */
class MessagesJourneyTest {
    @RegisterExtension
    static final Journey JOURNEY = new Journey();

    private static Message ask(Way way, MessageCreateParams.Builder request) {
        if (!way.isStreamed()) {
            return JOURNEY.anthropic().messages().create(request.build());
        }
        MessageAccumulator whole = MessageAccumulator.create();
        try (StreamResponse<RawMessageStreamEvent> stream =
                JOURNEY.anthropic().messages().createStreaming(request.build())) {
            stream.stream().forEach(whole::accumulate);
        }
        return whole.message().validate();
    }

    private static MessageCreateParams.Builder request(String model, String text) {
        return MessageCreateParams.builder().model(model).maxTokens(100).addUserMessage(text);
    }

    private static Tool weather() {
        return Tool.builder()
                .name("weather")
                .inputSchema(Tool.InputSchema.builder()
                        .properties(Tool.InputSchema.Properties.builder()
                                .putAdditionalProperty("city", JsonValue.from(Map.of("type", "string")))
                                .build())
                        .required(List.of("city"))
                        .build())
                .build();
    }

    private static String text(Message message) {
        return message.content().get(0).asText().text();
    }

    @ParameterizedTest
    @EnumSource
    void a_question_is_answered(Way way) {
        Message message = ask(way, request(way.talker(), "Is anybody there?"));

        assertThat(text(message)).isEqualTo(way.answerTo("Is anybody there?"));
        assertThat(message.stopReason()).contains(StopReason.END_TURN);
        assertThat(message.usage().outputTokens()).isGreaterThan(1);
    }

    @ParameterizedTest
    @EnumSource
    void a_tool_is_called_and_its_result_is_heard(Way way) {
        MessageCreateParams.Builder conversation =
                request(way.toolCaller(), "What is the weather?").addTool(weather());
        Message first = ask(way, conversation);
        ToolUseBlock call = first.content().get(0).asToolUse();
        Message second = ask(
                way,
                conversation
                        .addMessage(first)
                        .addUserMessageOfContentBlockParams(
                                List.of(ContentBlockParam.ofToolResult(ToolResultBlockParam.builder()
                                        .toolUseId(call.id())
                                        .content("22 degrees")
                                        .build()))));

        assertThat(first.stopReason()).contains(StopReason.TOOL_USE);
        assertThat(call.name()).isEqualTo("weather");
        assertThat(call._input()).isEqualTo(JsonValue.from(Map.of("city", way.city())));
        assertThat(text(second)).isEqualTo(way.answerToResult("22 degrees"));
    }

    /** Anthropic's clients then send the whole conversation again. */
    @Test
    void a_thread_that_nobody_holds_is_refused_in_words_that_anthropics_clients_know() throws Exception {
        String request =
                "{'model':'by-openai-chat:echo','max_tokens':9,'messages':[{'role':'user','content':'Hi'}],'thread':%s}"
                        .replace('\'', '"');
        RawClient.Response begun = JOURNEY.serai().post("/v1/messages", request.formatted("{\"type\":\"create\"}"));
        RawClient.Response continued = JOURNEY.serai()
                .post("/v1/messages", request.formatted("{\"type\":\"continue\",\"previous_message_id\":\"msg_1\"}"));

        assertThat(begun.status()).isEqualTo(200);
        assertThat(begun.header("x-serai-dropped-params")).isEqualTo("thread");
        assertThat(continued.status()).isEqualTo(400);
        assertThat(continued.body())
                .contains("send the whole conversation", "\"details\":{\"error_code\":\"thread_not_found\"}");
    }

    @Test
    void a_provider_is_told_what_it_needs_to_know_and_nothing_of_the_client() {
        ask(Way.RAW_WHOLE, request("raw:caravan", "hi").putAdditionalHeader("anthropic-beta", "tents-2026"));

        Received sent = JOURNEY.provider().lastRequest();
        assertThat(sent.header("authorization")).isEqualTo("Bearer " + RawProvider.KEY);
        assertThat(sent.header("anthropic-beta")).isEqualTo("tents-2026");
        assertThat(sent.header("anthropic-version")).matches("\\d{4}-\\d\\d-\\d\\d");
        assertThat(sent.head().toLowerCase(Locale.ROOT)).doesNotContain(RunningSerai.KEY, "x-api-key", "x-stainless");
        assertThat(sent.text()).contains("\"model\":\"caravan\"");
    }
}
