package dev.serai.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletion.Choice.FinishReason;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionFunctionTool;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import dev.serai.RunningSerai;
import dev.serai.testing.RawServer.Received;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Chat completions with OpenAI's own client. */
class ChatJourneyTest {
    @RegisterExtension
    static final Journey JOURNEY = new Journey();

    private static ChatCompletion ask(Way way, ChatCompletionCreateParams.Builder request) {
        if (!way.isStreamed()) {
            return JOURNEY.openai().chat().completions().create(request.build());
        }
        ChatCompletionAccumulator whole = ChatCompletionAccumulator.create();
        chunks(request).forEach(whole::accumulate);
        return whole.chatCompletion();
    }

    private static List<ChatCompletionChunk> chunks(ChatCompletionCreateParams.Builder request) {
        try (StreamResponse<ChatCompletionChunk> stream =
                JOURNEY.openai().chat().completions().createStreaming(request.build())) {
            return stream.stream().toList();
        }
    }

    private static ChatCompletionCreateParams.Builder request(String model, String text) {
        return ChatCompletionCreateParams.builder().model(model).addUserMessage(text);
    }

    private static ChatCompletionFunctionTool weather() {
        return ChatCompletionFunctionTool.builder()
                .function(FunctionDefinition.builder()
                        .name("weather")
                        .parameters(FunctionParameters.builder()
                                .putAdditionalProperty("type", JsonValue.from("object"))
                                .putAdditionalProperty(
                                        "properties", JsonValue.from(Map.of("city", Map.of("type", "string"))))
                                .putAdditionalProperty("required", JsonValue.from(List.of("city")))
                                .build())
                        .build())
                .build();
    }

    @ParameterizedTest
    @EnumSource
    void a_question_is_answered(Way way) {
        ChatCompletion completion = ask(way, request(way.talker(), "Is anybody there?"));

        assertThat(completion.choices()).singleElement().satisfies(choice -> {
            assertThat(choice.message().content()).contains(way.answerTo("Is anybody there?"));
            assertThat(choice.finishReason()).isEqualTo(FinishReason.STOP);
        });
    }

    @ParameterizedTest
    @EnumSource
    void a_tool_is_called_and_its_result_is_heard(Way way) {
        ChatCompletionCreateParams.Builder conversation =
                request(way.toolCaller(), "What is the weather?").addTool(weather());
        ChatCompletion first = ask(way, conversation);
        ChatCompletionMessageFunctionToolCall call = first.choices()
                .get(0)
                .message()
                .toolCalls()
                .orElseThrow()
                .get(0)
                .asFunction();
        ChatCompletion second = ask(
                way,
                conversation
                        .addMessage(first.choices().get(0).message())
                        .addMessage(ChatCompletionToolMessageParam.builder()
                                .toolCallId(call.id())
                                .content("22 degrees")
                                .build()));

        assertThat(first.choices().get(0).finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
        assertThat(call.function().name()).isEqualTo("weather");
        assertThat(call.function().arguments()).isEqualTo("{\"city\":\"" + way.city() + "\"}");
        assertThat(second.choices().get(0).message().content()).contains(way.answerToResult("22 degrees"));
    }

    @ParameterizedTest
    @EnumSource(names = {"SANDBOX_STREAMED", "RAW_STREAMED"})
    void the_usage_of_a_stream_is_shown_to_those_who_ask_for_it(Way way) {
        ChatCompletionStreamOptions withUsage =
                ChatCompletionStreamOptions.builder().includeUsage(true).build();

        assertThat(chunks(request(way.talker(), "hi").streamOptions(withUsage)))
                .anyMatch(chunk -> chunk.usage().isPresent());
        assertThat(chunks(request(way.talker(), "hi")))
                .isNotEmpty()
                .noneMatch(chunk -> chunk.usage().isPresent())
                .noneMatch(chunk -> chunk.choices().isEmpty());
    }

    @Test
    void a_provider_is_told_what_it_needs_to_know_and_nothing_of_the_client() {
        ask(
                Way.RAW_WHOLE,
                request("raw:caravan", "hi")
                        .putAdditionalHeader("OpenAI-Beta", "tents=v1")
                        .putAdditionalHeader("Cookie", "a=b")
                        .putAdditionalHeader("X-Forwarded-For", "192.0.2.1")
                        .putAdditionalBodyProperty("models", JsonValue.from(List.of("raw:embed-raw")))
                        .putAdditionalBodyProperty("x_unknown", JsonValue.from(Map.of("deep", 1.50))));

        Received sent = JOURNEY.provider().lastRequest();
        assertThat(sent.header("authorization")).isEqualTo("Bearer " + RawProvider.KEY);
        assertThat(sent.header("openai-beta")).isEqualTo("tents=v1");
        assertThat(sent.header("user-agent")).startsWith("serai/");
        assertThat(sent.head().toLowerCase(java.util.Locale.ROOT))
                .doesNotContain(RunningSerai.KEY, "cookie", "x-forwarded-for", "x-stainless", "openai-java");
        assertThat(sent.text())
                .contains("\"model\":\"caravan\"", "\"x_unknown\":{\"deep\":1.5}")
                .doesNotContain("models");
    }

    @Test
    void a_bare_model_name_is_looked_up() {
        assertThat(ask(Way.RAW_WHOLE, request("Maker/Caravan-2:FREE", "hi")).choices())
                .hasSize(1);
        assertThat(JOURNEY.provider().lastRequest().text()).contains("\"model\":\"maker/caravan-2:free\"");
    }
}
