package dev.serai.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.responses.FunctionTool;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseFunctionToolCall;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseStatus;
import com.openai.models.responses.ResponseStreamEvent;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Responses with OpenAI's own client. */
class ResponsesJourneyTest {
    @RegisterExtension
    static final Journey JOURNEY = new Journey();

    private static Response ask(Way way, ResponseCreateParams.Builder request) {
        if (!way.isStreamed()) {
            return JOURNEY.openai().responses().create(request.build());
        }
        ResponseAccumulator whole = ResponseAccumulator.createWithSnapshots();
        try (StreamResponse<ResponseStreamEvent> stream =
                JOURNEY.openai().responses().createStreaming(request.build())) {
            stream.stream().forEach(whole::accumulate);
        }
        // Built from the events alone, so that an event which was lost on the way is noticed.
        assertThat(whole.reconstructedResponse().output())
                .isEqualTo(whole.response().output());
        return whole.response().validate();
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

    private static String text(Response response) {
        return response.output()
                .get(0)
                .asMessage()
                .content()
                .get(0)
                .asOutputText()
                .text();
    }

    @ParameterizedTest
    @EnumSource
    void a_question_is_answered(Way way) {
        Response response =
                ask(way, ResponseCreateParams.builder().model(way.talker()).input("Is anybody there?"));

        assertThat(text(response)).isEqualTo(way.answerTo("Is anybody there?"));
        assertThat(response.status()).contains(ResponseStatus.COMPLETED);
        assertThat(response.usage()).isPresent();
    }

    @ParameterizedTest
    @EnumSource
    void a_tool_is_called_and_its_result_is_heard(Way way) {
        ResponseFunctionToolCall call = ask(
                        way,
                        ResponseCreateParams.builder()
                                .model(way.toolCaller())
                                .input("What is the weather?")
                                .addTool(weather()))
                .output()
                .get(0)
                .asFunctionCall();
        Response second = ask(
                way,
                ResponseCreateParams.builder()
                        .model(way.toolCaller())
                        .addTool(weather())
                        .inputOfResponse(List.of(
                                ResponseInputItem.ofFunctionCall(call),
                                ResponseInputItem.ofFunctionCallOutput(ResponseInputItem.FunctionCallOutput.builder()
                                        .callId(call.callId())
                                        .output("22 degrees")
                                        .build()))));

        assertThat(call.name()).isEqualTo("weather");
        assertThat(call.arguments()).isEqualTo("{\"city\":\"" + way.city() + "\"}");
        assertThat(text(second)).isEqualTo(way.answerToResult("22 degrees"));
    }
}
