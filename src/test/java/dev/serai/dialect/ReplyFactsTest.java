package dev.serai.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.catalog.UsageTotals;
import dev.serai.conversation.Usage;
import dev.serai.dialect.anthropic.AnthropicMessages;
import dev.serai.dialect.gemini.Gemini;
import dev.serai.dialect.openai.OpenAiChat;
import dev.serai.dialect.openai.OpenAiResponses;
import dev.serai.json.JsonDocument;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What answers say of themselves, and what is put in where they do not. */
class ReplyFactsTest {
    private static final Map<String, Dialect> DIALECTS = Map.of(
            "chat", new OpenAiChat(),
            "responses", new OpenAiResponses(),
            "messages", new AnthropicMessages(),
            "gemini", new Gemini());

    private static final long ASKED = 1_000;

    @ParameterizedTest(name = "{0}: {2}, {3}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            chat      | {"choices":[{"message":{"content":"\\"finish_reason\\":\\"no\\""},"finish_reason":"stop"}],"service_tier":"flex"} | stop | flex
            chat      | {"choices":[{"finish_reason":"length","message":{}},{"finish_reason":"stop","message":{}}]} | stop |
            chat      | {"choices":[{"finish_reason":null,"message":{}}]} | |
            chat      | {"choices":[]} | |
            responses | {"output":[],"status":"completed","service_tier":"priority"} | completed | priority
            responses | {"output":[],"status":"incomplete","incomplete_details":{"reason":"max_output_tokens"}} | max_output_tokens |
            messages  | {"content":[],"stop_reason":"pause_turn","usage":{"service_tier":"batch"}} | pause_turn | batch
            gemini    | {"candidates":[{"finishReason":"MAX_TOKENS"}],"usageMetadata":{"promptTokenCount":1,"serviceTier":"flex"}} | MAX_TOKENS | flex
            gemini    | {"promptFeedback":{"blockReason":"SAFETY"}} | SAFETY |
            """)
    void a_reply_says_why_it_ended_and_with_what_priority_it_was_made(
            String dialect,
            String reply,
            @org.jspecify.annotations.Nullable String stopReason,
            @org.jspecify.annotations.Nullable String tier)
            throws Exception {
        Dialect one = java.util.Objects.requireNonNull(DIALECTS.get(dialect));
        ReplyFacts facts = one.readReply(JsonDocument.parse(reply.getBytes(UTF_8)), UsageTotals.of(one.id()));
        assertThat(facts.stopReason()).isEqualTo(stopReason);
        assertThat(facts.serviceTier()).isEqualTo(tier);
        assertThat(facts.isEstimated()).isFalse();
    }

    @ParameterizedTest(name = "{0}: {2}, {3}, untold {4}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            chat      | {"service_tier":"default","choices":[{"index":0,"delta":{"content":"Hello there"},"finish_reason":"stop"}]} | stop | default | 2
            chat      | {"choices":[{"index":0,"delta":{"content":"Hi"}}]}~{"choices":[],"usage":{"prompt_tokens":5,"completion_tokens":1}} | | | 0
            chat      | {"choices":[{"index":0,"delta":{"content":"Hi"}}],"usage":{"prompt_tokens":5,"completion_tokens":1}}~{"choices":[{"index":0,"delta":{"content":" you two"}}]} | | | 2
            chat      | {"choices":[{"index":0,"delta":{"content":"Hi"}}],"usage":null} | | | 1
            chat      | {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"call_12345678","type":"function","function":{"name":"look","arguments":""}}]}}]} | | | 1
            chat      | {"choices":[{"index":0,"delta":{"reasoning":"so so","reasoning_details":[{"type":"reasoning.text","text":"so so"}]}}]} | | | 2
            chat      | {"choices":[{"index":0,"delta":{"role":"assistant","content":""}}]} | | | 0
            chat      | {"choices":[{"index":0,"delta":{"content":"日本語"}}]} | | | 3
            chat      | {"choices":[{"index":0,"delta":{"content":"\\u65e5\\u672c"}}]} | | | 2
            chat      | {"choices":[{"index":0,"delta":{"content":"a\\n\\nb"}}]} | | | 3
            responses | {"type":"response.output_text.delta","delta":"Hello there"} | | | 2
            responses | {"type":"response.audio.delta","delta":"AAAAAAAAAAAAAAAAAAAAAAAAAAAA"} | | | 0
            responses | {"type":"response.function_call_arguments.delta","delta":"{\\"a\\":1}"}~{"type":"response.completed","response":{"status":"completed","service_tier":"flex","usage":{"input_tokens":9,"output_tokens":7}}} | completed | flex | 0
            responses | {"type":"response.incomplete","response":{"status":"incomplete","incomplete_details":{"reason":"content_filter"},"usage":{"input_tokens":9,"output_tokens":7}}} | content_filter | | 0
            messages  | {"type":"message_start","message":{"usage":{"input_tokens":9,"output_tokens":2,"service_tier":"priority"}}}~{"type":"content_block_delta","delta":{"type":"text_delta","text":"one two three four"}} | | priority | 2
            messages  | {"type":"message_start","message":{"usage":{"input_tokens":9,"output_tokens":1}}}~{"type":"content_block_delta","delta":{"type":"thinking_delta","thinking":"one two"}}~{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":7}} | end_turn | | 0
            messages  | {"type":"message_start","message":{"usage":{"input_tokens":9,"output_tokens":1}}}~{"type":"content_block_delta","delta":{"type":"signature_delta","signature":"one two three four"}} | | | 0
            gemini    | {"candidates":[{"content":{"parts":[{"text":"Hello there"},{"inlineData":{"mimeType":"image/png","data":"AAAAAAAAAAAA"}}]},"finishReason":"STOP"}]} | STOP | | 2
            gemini    | {"candidates":[{"content":{"parts":[{"text":"Hello there"}]}}],"usageMetadata":{"promptTokenCount":5,"candidatesTokenCount":2}} | | | 0
            """)
    void a_stream_says_it_too_and_counts_what_it_has_not_told(
            String dialect,
            String events,
            @org.jspecify.annotations.Nullable String stopReason,
            @org.jspecify.annotations.Nullable String tier,
            long untold)
            throws Exception {
        StringBuilder stream = new StringBuilder();
        for (String event : events.split("~", -1)) {
            stream.append("data: ").append(event).append("\n\n");
        }
        byte[] bytes = stream.toString().getBytes(UTF_8);
        StreamReading reading = StreamRun.of(
                        java.util.Objects.requireNonNull(DIALECTS.get(dialect)), true, bytes, bytes.length)
                .reading();
        assertThat(reading.facts().stopReason()).isEqualTo(stopReason);
        assertThat(reading.facts().serviceTier()).isEqualTo(tier);
        assertThat(reading.untoldTokens()).isEqualTo(untold);
    }

    @Test
    void what_was_stated_holds_and_the_rest_is_estimated() {
        ReplyFacts stated = ReplyFacts.of(new Usage(9, 100, 0, 0, 0, 2, 0, 0));
        assertThat(stated.filled(0, () -> ASKED)).isSameAs(stated);
        ReplyFacts cut = stated.filled(30, () -> ASKED);
        assertThat(cut.usage()).isEqualTo(new Usage(9, 100, 0, 0, 0, 32, 0, 0));
        assertThat(cut.isEstimated()).isTrue();
    }

    @Test
    void where_nothing_was_stated_both_sides_are_estimated() {
        ReplyFacts filled = ReplyFacts.NONE.filled(30, () -> ASKED);
        assertThat(filled.usage()).isEqualTo(new Usage(ASKED, 0, 0, 0, 0, 30, 0, 0));
        assertThat(filled.isEstimated()).isTrue();
        ReplyFacts onlyOutput = ReplyFacts.of(new Usage(0, 0, 0, 0, 0, 5, 0, 0)).filled(0, () -> ASKED);
        assertThat(onlyOutput.usage()).isEqualTo(new Usage(ASKED, 0, 0, 0, 0, 5, 0, 0));
    }

    @Test
    void an_answer_of_which_nothing_came_used_nothing_and_nobody_counts_its_request() {
        assertThat(ReplyFacts.NONE.filled(0, () -> {
                    throw new AssertionError("not asked");
                }))
                .isSameAs(ReplyFacts.NONE);
    }

    @Test
    void text_has_as_many_tokens_in_json_as_by_itself() {
        for (String text : new String[] {
            "Hello there, how are you?",
            "x = 12345 + y[7];",
            "  two  blanks ",
            "日本語とkana",
            "ünïcödé",
            "a\tb\n\nc",
            "😀😀",
            "it’s – “so”"
        }) {
            byte[] json = ('"' + text.replace("\n", "\\n").replace("\t", "\\t") + "\" tail").getBytes(UTF_8);
            assertThat(TextTokens.ofJson(json, 1, json.length)).as(text).isEqualTo(TextTokens.of(text));
        }
    }
}
