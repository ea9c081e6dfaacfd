package dev.serai.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.anthropic.client.AnthropicClient;
import com.anthropic.core.JsonValue;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.errors.AnthropicServiceException;
import com.anthropic.errors.NotFoundException;
import com.anthropic.errors.RateLimitException;
import com.anthropic.errors.UnauthorizedException;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.messages.ToolChoiceNone;
import com.anthropic.models.messages.ToolResultBlockParam;
import com.anthropic.models.messages.ToolUseBlock;
import com.anthropic.models.messages.Usage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What Anthropic's own client makes of the sandbox's messages, with every answer checked against its types. */
class SandboxMessagesTest {
    private static final String NOTICE = "This is Serai's sandbox, a pretend provider: ";

    private static RunningSandbox sandbox;
    private static AnthropicClient client;

    @BeforeAll
    static void start() throws Exception {
        sandbox = new RunningSandbox(new Timing(2, 100));
        client = sandbox.anthropic();
    }

    @AfterAll
    static void stop() throws Exception {
        sandbox.close();
    }

    private enum How {
        WHOLE,
        STREAMED;

        Message ask(MessageCreateParams.Builder request) {
            if (this == WHOLE) {
                return client.messages().create(request.build());
            }
            MessageAccumulator whole = MessageAccumulator.create();
            try (StreamResponse<RawMessageStreamEvent> stream =
                    client.messages().createStreaming(request.build())) {
                stream.stream().forEach(whole::accumulate);
            }
            return whole.message().validate();
        }
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
                                .putAdditionalProperty("sunny", JsonValue.from(Map.of("type", "boolean")))
                                .build())
                        .required(List.of("city", "sunny"))
                        .build())
                .build();
    }

    private static String text(Message message) {
        return message.content().get(0).asText().text();
    }

    @ParameterizedTest
    @EnumSource
    void echo_repeats_what_the_user_said_last(How how) {
        Message message = how.ask(request("echo", "first").addUserMessage("Is  anybody\nthere?"));

        assertThat(text(message)).isEqualTo(NOTICE + "Is  anybody\nthere?");
        assertThat(message.stopReason()).contains(StopReason.END_TURN);
    }

    @ParameterizedTest
    @EnumSource
    void words_count_as_tokens_streamed_or_not(How how) {
        Usage usage = how.ask(request("echo", "three little words").system("two more"))
                .usage();

        assertThat(usage.inputTokens()).isEqualTo(3 + 2);
        assertThat(usage.outputTokens()).isEqualTo(7 + 3);
    }

    @ParameterizedTest
    @EnumSource
    void slow_says_twenty_words(How how) {
        assertThat(text(how.ask(request("slow", "go"))).split(" ")).hasSize(20);
    }

    @ParameterizedTest
    @EnumSource
    void tool_calls_the_tool_with_what_its_schema_requires(How how) {
        Message message = how.ask(request("tool", "rain?").addTool(weather()));

        ToolUseBlock call = message.content().get(0).asToolUse();
        assertThat(call.name()).isEqualTo("weather");
        assertThat(call._input()).isEqualTo(JsonValue.from(Map.of("city", "sandbox", "sunny", true)));
        assertThat(message.stopReason()).contains(StopReason.TOOL_USE);
    }

    @ParameterizedTest
    @EnumSource
    void tool_quotes_the_result_that_it_is_sent(How how) {
        Message called = how.ask(request("tool", "rain?").addTool(weather()));

        Message message = how.ask(request("tool", "rain?")
                .addTool(weather())
                .addMessage(called)
                .addUserMessageOfContentBlockParams(
                        List.of(ContentBlockParam.ofToolResult(ToolResultBlockParam.builder()
                                .toolUseId(called.content().get(0).asToolUse().id())
                                .content("none today")
                                .build()))));

        assertThat(text(message)).isEqualTo(NOTICE + "the tool said: none today");
    }

    @ParameterizedTest
    @EnumSource
    void tool_calls_nothing_that_it_may_not_call(How how) {
        Message message = how.ask(request("tool", "rain?")
                .addTool(weather())
                .toolChoice(ToolChoiceNone.builder().build()));

        assertThat(text(message)).contains("and allow it");
    }

    @ParameterizedTest
    @CsvSource({
        "WHOLE, 500, api_error",
        "STREAMED, 500, api_error",
        "WHOLE, 529, overloaded_error",
        "WHOLE, 403, permission_error",
        "WHOLE, 504, timeout_error"
    })
    void fail_fails_in_the_words_of_anthropic(How how, int status, String type) {
        AnthropicServiceException failure = catchThrowableOfType(
                AnthropicServiceException.class, () -> how.ask(request("fail", "status=" + status)));

        assertThat(failure.statusCode()).isEqualTo(status);
        assertThat(failure.body().toString()).contains("type=error", "type=" + type, NOTICE);
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
        assertThat(catchThrowableOfType(NotFoundException.class, () -> how.ask(request("claude", "hello"))))
                .hasMessageContaining("echo, slow, tool, fail, stall, embed");
    }

    @Test
    void a_client_with_another_key_is_turned_away() {
        UnauthorizedException failure =
                catchThrowableOfType(UnauthorizedException.class, () -> sandbox.anthropic("wrong-key")
                        .messages()
                        .create(request("echo", "hello").build()));

        assertThat(failure).hasMessageContaining("authentication_error");
    }
}
