package dev.serai.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openai.client.OpenAIClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.NotFoundException;
import com.openai.errors.OpenAIServiceException;
import com.openai.errors.RateLimitException;
import com.openai.errors.UnauthorizedException;
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
import com.openai.models.completions.CompletionUsage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What OpenAI's own client makes of the sandbox's chat completions, with every answer checked against its types. */
class SandboxChatTest {
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

        ChatCompletion ask(ChatCompletionCreateParams.Builder request) {
            if (this == WHOLE) {
                return client.chat().completions().create(request.build());
            }
            ChatCompletionAccumulator whole = ChatCompletionAccumulator.create();
            request.streamOptions(
                    ChatCompletionStreamOptions.builder().includeUsage(true).build());
            for (ChatCompletionChunk chunk : chunks(request)) {
                whole.accumulate(chunk);
            }
            return whole.chatCompletion();
        }
    }

    private static List<ChatCompletionChunk> chunks(ChatCompletionCreateParams.Builder request) {
        try (StreamResponse<ChatCompletionChunk> stream =
                client.chat().completions().createStreaming(request.build())) {
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
                                        "properties",
                                        JsonValue.from(Map.of(
                                                "city", Map.of("type", "string"), "days", Map.of("type", "integer"))))
                                .putAdditionalProperty("required", JsonValue.from(List.of("city", "days")))
                                .build())
                        .build())
                .build();
    }

    private static String text(ChatCompletion completion) {
        return completion.choices().get(0).message().content().orElseThrow();
    }

    @ParameterizedTest
    @EnumSource
    void echo_repeats_what_the_user_said_last(How how) {
        ChatCompletion completion = how.ask(request("echo", "first").addUserMessage("Is  anybody\nthere?"));

        assertThat(text(completion)).isEqualTo(NOTICE + "Is  anybody\nthere?");
        assertThat(completion.model()).isEqualTo("echo");
        assertThat(completion.choices().get(0).finishReason()).isEqualTo(FinishReason.STOP);
    }

    @ParameterizedTest
    @EnumSource
    void words_count_as_tokens_streamed_or_not(How how) {
        CompletionUsage usage =
                how.ask(request("Echo", "three little words")).usage().orElseThrow();

        assertThat(usage.promptTokens()).isEqualTo(3);
        assertThat(usage.completionTokens()).isEqualTo(7 + 3);
        assertThat(usage.totalTokens()).isEqualTo(13);
    }

    @ParameterizedTest
    @EnumSource
    void slow_says_twenty_words(How how) {
        assertThat(text(how.ask(request("slow", "go"))))
                .startsWith(NOTICE)
                .satisfies(text -> assertThat(text.split(" ")).hasSize(20));
    }

    @ParameterizedTest
    @EnumSource
    void tool_calls_the_tool_with_what_its_schema_requires(How how) {
        ChatCompletion completion = how.ask(request("tool", "rain?").addTool(weather()));

        ChatCompletionMessageFunctionToolCall call = completion
                .choices()
                .get(0)
                .message()
                .toolCalls()
                .orElseThrow()
                .get(0)
                .asFunction();
        assertThat(call.function().name()).isEqualTo("weather");
        assertThat(call.function().arguments()).isEqualTo("{\"city\":\"sandbox\",\"days\":1}");
        assertThat(completion.choices().get(0).finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
    }

    @ParameterizedTest
    @EnumSource
    void tool_quotes_the_result_that_it_is_sent(How how) {
        ChatCompletionCreateParams.Builder request = request("tool", "rain?").addTool(weather());
        ChatCompletion called = how.ask(request);
        String id = called.choices()
                .get(0)
                .message()
                .toolCalls()
                .orElseThrow()
                .get(0)
                .asFunction()
                .id();

        ChatCompletion completion = how.ask(request("tool", "rain?")
                .addTool(weather())
                .addMessage(called.choices().get(0).message())
                .addMessage(ChatCompletionToolMessageParam.builder()
                        .toolCallId(id)
                        .content("none today")
                        .build()));

        assertThat(text(completion)).isEqualTo(NOTICE + "the tool said: none today");
    }

    @ParameterizedTest
    @EnumSource
    void tool_without_tools_says_what_to_send(How how) {
        assertThat(text(how.ask(request("tool", "rain?")))).startsWith(NOTICE).contains("send one in `tools`");
    }

    @ParameterizedTest
    @EnumSource
    void fail_fails(How how) {
        OpenAIServiceException failure =
                catchThrowableOfType(OpenAIServiceException.class, () -> how.ask(request("fail", "please")));

        assertThat(failure.statusCode()).isEqualTo(500);
        assertThat(failure.type()).contains("server_error");
        assertThat(failure).hasMessageContaining(NOTICE);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 408, 422, 500, 502, 503, 529})
    void fail_fails_with_the_status_that_it_is_told(int status) {
        OpenAIServiceException failure = catchThrowableOfType(
                OpenAIServiceException.class, () -> How.WHOLE.ask(request("fail", "with status=" + status)));

        assertThat(failure.statusCode()).isEqualTo(status);
        assertThat(failure.headers().values("retry-after")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void fail_with_429_says_when_to_come_back(How how) {
        RateLimitException failure =
                catchThrowableOfType(RateLimitException.class, () -> how.ask(request("fail", "status=429")));

        assertThat(failure.headers().values("retry-after")).containsExactly("1");
    }

    @ParameterizedTest
    @EnumSource
    void stall_gives_up_without_a_clean_end(How how) {
        assertThat(catchThrowableOfType(RuntimeException.class, () -> how.ask(request("stall", "hello"))))
                .hasMessageContaining("kept silent");
    }

    @ParameterizedTest
    @EnumSource
    void an_unknown_model_is_not_found_and_the_known_ones_are_named(How how) {
        NotFoundException failure =
                catchThrowableOfType(NotFoundException.class, () -> how.ask(request("gpt-5", "hello")));

        assertThat(failure).hasMessageContaining("echo, slow, tool, fail, stall, embed");
        assertThat(failure.code()).contains("model_not_found");
        assertThat(failure.param()).contains("model");
    }

    @Test
    void embed_makes_no_text() {
        assertThat(catchThrowableOfType(OpenAIServiceException.class, () -> How.WHOLE.ask(request("embed", "hello")))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void a_client_with_another_key_is_turned_away() {
        UnauthorizedException failure =
                catchThrowableOfType(UnauthorizedException.class, () -> sandbox.openai("wrong-key")
                        .chat()
                        .completions()
                        .create(request("echo", "hello").build()));

        assertThat(failure.code()).contains("invalid_api_key");
        assertThat(failure).hasMessageContaining("another one").hasMessageNotContaining("wrong-key");
    }

    @Test
    void usage_is_streamed_only_to_those_who_ask() {
        assertThat(chunks(request("echo", "hello")))
                .allSatisfy(chunk -> assertThat(chunk.usage()).isEmpty())
                .allSatisfy(chunk -> assertThat(chunk.choices()).hasSize(1));
    }

    @Test
    void arguments_are_streamed_in_several_pieces() {
        assertThat(chunks(request("tool", "rain?").addTool(weather())))
                .filteredOn(chunk -> chunk.choices().get(0).delta().toolCalls().isPresent())
                .hasSizeGreaterThan(3);
    }
}
