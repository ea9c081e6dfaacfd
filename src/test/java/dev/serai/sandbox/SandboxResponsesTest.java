package dev.serai.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openai.client.OpenAIClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.NotFoundException;
import com.openai.errors.OpenAIIoException;
import com.openai.errors.OpenAIServiceException;
import com.openai.errors.RateLimitException;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.responses.FunctionTool;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseFunctionToolCall;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseStatus;
import com.openai.models.responses.ResponseStreamEvent;
import com.openai.models.responses.ResponseUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What OpenAI's own client makes of the sandbox's responses, with every answer checked against its types. */
class SandboxResponsesTest {
    private static final String NOTICE = "This is Serai's sandbox, a pretend provider: ";

    private static RunningSandbox sandbox;
    private static OpenAIClient client;

    @BeforeAll
    static void start() throws Exception {
        sandbox = new RunningSandbox(new Timing(2, 100));
        client = sandbox.openai();
    }

    @AfterAll
    static void stop() throws Exception {
        sandbox.close();
    }

    private enum How {
        WHOLE,
        STREAMED;

        Response ask(ResponseCreateParams.Builder request) {
            if (this == WHOLE) {
                return client.responses().create(request.build());
            }
            ResponseAccumulator whole = ResponseAccumulator.createWithSnapshots();
            try (StreamResponse<ResponseStreamEvent> stream = client.responses().createStreaming(request.build())) {
                stream.stream().forEach(whole::accumulate);
            }
            // Built from the events alone, so that a delta which contradicts the final response is noticed.
            assertThat(whole.reconstructedResponse().output())
                    .isEqualTo(whole.response().output());
            return whole.response().validate();
        }
    }

    private static ResponseCreateParams.Builder request(String model, String text) {
        return ResponseCreateParams.builder().model(model).input(text);
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
    void echo_repeats_what_the_user_said(How how) {
        Response response = how.ask(request("echo", "Is  anybody\nthere?"));

        assertThat(text(response)).isEqualTo(NOTICE + "Is  anybody\nthere?");
        assertThat(response.status()).contains(ResponseStatus.COMPLETED);
    }

    @ParameterizedTest
    @EnumSource
    void words_count_as_tokens_streamed_or_not(How how) {
        ResponseUsage usage = how.ask(request("echo", "three little words").instructions("two more"))
                .usage()
                .orElseThrow();

        assertThat(usage.inputTokens()).isEqualTo(3 + 2);
        assertThat(usage.outputTokens()).isEqualTo(7 + 3);
        assertThat(usage.totalTokens()).isEqualTo(15);
    }

    @ParameterizedTest
    @EnumSource
    void what_was_asked_for_is_told_back(How how) {
        Response response =
                how.ask(request("echo", "hello").instructions("be brief").temperature(0.5));

        assertThat(response.instructions().orElseThrow().asString()).isEqualTo("be brief");
        assertThat(response.temperature()).contains(0.5);
    }

    @ParameterizedTest
    @EnumSource
    void slow_says_twenty_words(How how) {
        assertThat(text(how.ask(request("slow", "go"))).split(" ")).hasSize(20);
    }

    @ParameterizedTest
    @EnumSource
    void tool_calls_the_tool_with_what_its_schema_requires(How how) {
        ResponseFunctionToolCall call = how.ask(request("tool", "rain?").addTool(weather()))
                .output()
                .get(0)
                .asFunctionCall();

        assertThat(call.name()).isEqualTo("weather");
        assertThat(call.arguments()).isEqualTo("{\"city\":\"sandbox\"}");
    }

    @ParameterizedTest
    @EnumSource
    void tool_quotes_the_result_that_it_is_sent(How how) {
        ResponseFunctionToolCall call = how.ask(request("tool", "rain?").addTool(weather()))
                .output()
                .get(0)
                .asFunctionCall();

        Response response = how.ask(ResponseCreateParams.builder()
                .model("tool")
                .addTool(weather())
                .inputOfResponse(List.of(
                        ResponseInputItem.ofFunctionCall(call),
                        ResponseInputItem.ofFunctionCallOutput(ResponseInputItem.FunctionCallOutput.builder()
                                .callId(call.callId())
                                .output("none today")
                                .build()))));

        assertThat(text(response)).isEqualTo(NOTICE + "the tool said: none today");
    }

    @ParameterizedTest
    @EnumSource
    void tool_without_tools_says_what_to_send(How how) {
        assertThat(text(how.ask(request("tool", "rain?")))).contains("send one in `tools`");
    }

    @ParameterizedTest
    @EnumSource
    void fail_fails_with_the_status_that_it_is_told(How how) {
        OpenAIServiceException failure =
                catchThrowableOfType(OpenAIServiceException.class, () -> how.ask(request("fail", "status=503 please")));

        assertThat(failure.statusCode()).isEqualTo(503);
    }

    @ParameterizedTest
    @EnumSource
    void fail_with_429_says_when_to_come_back(How how) {
        RateLimitException failure =
                catchThrowableOfType(RateLimitException.class, () -> how.ask(request("fail", "status=429")));

        assertThat(failure.headers().values("retry-after")).containsExactly("1");
    }

    @Test
    void stall_never_answers() {
        assertThat(catchThrowableOfType(OpenAIServiceException.class, () -> How.WHOLE.ask(request("stall", "hello")))
                        .statusCode())
                .isEqualTo(504);
    }

    @Test
    void stall_says_three_words_and_gives_up_without_a_clean_end() {
        List<ResponseStreamEvent> events = new ArrayList<>();

        try (StreamResponse<ResponseStreamEvent> stream =
                client.responses().createStreaming(request("stall", "hello").build())) {
            assertThat(catchThrowableOfType(
                            OpenAIIoException.class, () -> stream.stream().forEach(events::add)))
                    .isNotNull();
        }

        assertThat(events).filteredOn(ResponseStreamEvent::isOutputTextDelta).hasSize(3);
        assertThat(events.get(events.size() - 1).asError().message()).contains("kept silent");
    }

    @ParameterizedTest
    @EnumSource
    void an_unknown_model_is_not_found_and_the_known_ones_are_named(How how) {
        assertThat(catchThrowableOfType(NotFoundException.class, () -> how.ask(request("gpt-5", "hello"))))
                .hasMessageContaining("echo, slow, tool, fail, stall, embed");
    }
}
