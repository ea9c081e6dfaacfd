package dev.serai.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.anthropic.models.messages.MessageCountTokensParams;
import com.google.genai.Client;
import com.google.genai.types.CountTokensResponse;
import com.google.genai.types.HttpOptions;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.NotFoundException;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.responses.FunctionTool;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseFunctionToolCall;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseStreamEvent;
import dev.serai.RunningSerai;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the official clients do with a number of tokens, and with responses that are kept. */
class StatefulJourneyTest {
    @RegisterExtension
    static final Journey JOURNEY = new Journey() {
        @Override
        void prepare(RunningSerai.Setup setup) {
            setup.with("SERAI_STORED_RESPONSES", "1h");
        }
    };

    @Test
    void anthropics_client_counts_tokens() {
        long tokens = JOURNEY.anthropic()
                .messages()
                .countTokens(MessageCountTokensParams.builder()
                        .model("by-openai-chat:echo")
                        .addUserMessage("Is anybody there?")
                        .build())
                .inputTokens();

        assertThat(tokens).isEqualTo(11);
    }

    @Test
    void googles_client_counts_tokens() {
        HttpOptions options = HttpOptions.builder()
                .baseUrl("http://127.0.0.1:" + JOURNEY.serai().configuration().port())
                .build();
        try (Client client =
                Client.builder().apiKey(RunningSerai.KEY).httpOptions(options).build()) {
            CountTokensResponse counted = client.models.countTokens("by-openai-chat:echo", "Is anybody there?", null);

            assertThat(counted.totalTokens()).contains(11);
        }
    }

    private static Response ask(Way way, ResponseCreateParams.Builder request) {
        if (!way.isStreamed()) {
            return JOURNEY.openai().responses().create(request.build());
        }
        ResponseAccumulator whole = ResponseAccumulator.create();
        try (StreamResponse<ResponseStreamEvent> stream =
                JOURNEY.openai().responses().createStreaming(request.build())) {
            stream.stream().forEach(whole::accumulate);
        }
        return whole.response();
    }

    private static FunctionTool weather() {
        return FunctionTool.builder()
                .name("weather")
                .strict(true)
                .parameters(FunctionTool.Parameters.builder()
                        .putAdditionalProperty("type", JsonValue.from("object"))
                        .putAdditionalProperty("properties", JsonValue.from(Map.of("city", Map.of("type", "string"))))
                        .putAdditionalProperty("required", JsonValue.from(List.of("city")))
                        .build())
                .build();
    }

    /** Without the conversation, nobody would know which call the result belongs to. */
    @ParameterizedTest
    @EnumSource(
            value = Way.class,
            names = {"CHAT_WHOLE", "CHAT_STREAMED", "MESSAGES_WHOLE", "MESSAGES_STREAMED"})
    void a_conversation_with_a_tool_goes_on_by_its_id(Way way) {
        Response first = ask(
                way,
                ResponseCreateParams.builder()
                        .model(way.toolCaller())
                        .addTool(weather())
                        .input("How is the weather?"));
        ResponseFunctionToolCall call = first.output().get(0).asFunctionCall();
        Response second = ask(
                way,
                ResponseCreateParams.builder()
                        .model(way.toolCaller())
                        .addTool(weather())
                        .previousResponseId(first.id())
                        .inputOfResponse(List.of(
                                ResponseInputItem.ofFunctionCallOutput(ResponseInputItem.FunctionCallOutput.builder()
                                        .callId(call.callId())
                                        .output("22 degrees")
                                        .build()))));

        assertThat(second.output()
                        .get(0)
                        .asMessage()
                        .content()
                        .get(0)
                        .asOutputText()
                        .text())
                .isEqualTo(way.answerToResult("22 degrees"));
    }

    @Test
    void a_response_is_retrieved_and_deleted() {
        Response made = ask(
                Way.CHAT_WHOLE,
                ResponseCreateParams.builder().model("by-openai-chat:echo").input("Is anybody there?"));

        assertThat(JOURNEY.openai().responses().retrieve(made.id())).isEqualTo(made);
        JOURNEY.openai().responses().delete(made.id());
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> JOURNEY.openai().responses().retrieve(made.id()));
    }
}
