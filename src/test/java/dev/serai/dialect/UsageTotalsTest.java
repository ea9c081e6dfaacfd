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
import dev.serai.sse.SseReader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same counts, of providers whose totals contain different things: every token is in one kind, and in no other. */
class UsageTotalsTest {
    private static final Map<String, Dialect> DIALECTS = Map.of(
            "chat", new OpenAiChat(),
            "responses", new OpenAiResponses(),
            "messages", new AnthropicMessages(),
            "gemini", new Gemini());

    /** 100 tokens in, 30 of them or beside them read, 20 written; 50 out, 10 of them or beside them reasoning. */
    private static final Map<String, String> USAGE =
            Map.of("chat", """
            "usage":{"prompt_tokens":100,"completion_tokens":50,"prompt_tokens_details":{"cached_tokens":30,\
            "cache_write_tokens":20},"completion_tokens_details":{"reasoning_tokens":10}}""", "responses", """
            "usage":{"input_tokens":100,"output_tokens":50,"input_tokens_details":{"cached_tokens":30,\
            "cache_write_tokens":20},"output_tokens_details":{"reasoning_tokens":10}}""", "messages", """
            "usage":{"input_tokens":100,"output_tokens":50,"cache_read_input_tokens":30,\
            "cache_creation_input_tokens":20,"output_tokens_details":{"thinking_tokens":10}}""", "gemini", """
            "usageMetadata":{"promptTokenCount":100,"candidatesTokenCount":50,"cachedContentTokenCount":30,\
            "thoughtsTokenCount":10}""");

    private static final Map<String, String> REPLY = Map.of(
            "chat", "{\"choices\":[],%s}",
            "responses", "{\"output\":[],%s}",
            "messages", "{\"content\":[],%s}",
            "gemini", "{\"candidates\":[{\"finishReason\":\"STOP\"}],%s}");

    private static final Map<String, String> EVENT = Map.of(
            "chat", "{\"choices\":[],%s}",
            "responses", "{\"type\":\"response.completed\",\"response\":{%s}}",
            "messages", "{\"type\":\"message_start\",\"message\":{%s}}",
            "gemini", "{\"candidates\":[{\"finishReason\":\"STOP\"}],%s}");

    @ParameterizedTest(name = "{0}: reads included {1}, writes {2}, reasoning {3}")
    @CsvSource({
        //         included:             input read write out reasoning
        "chat,      true,  true,  true,   50, 30, 20, 40, 10",
        "chat,      false, true,  true,   80, 30, 20, 40, 10",
        "chat,      true,  false, true,   70, 30, 20, 40, 10",
        "chat,      false, false, false, 100, 30, 20, 50, 10",
        "responses, true,  true,  true,   50, 30, 20, 40, 10",
        "responses, false, true,  false,  80, 30, 20, 50, 10",
        "responses, true,  false, true,   70, 30, 20, 40, 10",
        "messages,  false, false, true,  100, 30, 20, 40, 10",
        "messages,  true,  false, true,   70, 30, 20, 40, 10",
        "messages,  false, true,  true,   80, 30, 20, 40, 10",
        "messages,  true,  true,  false,  50, 30, 20, 50, 10",
        "gemini,    true,  true,  false,  70, 30,  0, 50, 10",
        "gemini,    true,  true,  true,   70, 30,  0, 40, 10",
        "gemini,    false, false, false, 100, 30,  0, 50, 10",
    })
    void what_is_contained_is_taken_out_and_what_is_not_stays(
            String format,
            boolean reads,
            boolean writes,
            boolean reasoning,
            long input,
            long read,
            long written,
            long output,
            long reasoned)
            throws Exception {
        Dialect dialect = DIALECTS.get(format);
        UsageTotals totals = new UsageTotals(reads, writes, reasoning);
        Usage expected = new Usage(input, read, written, 0, 0, output, reasoned, 0);
        JsonDocument reply = parse(REPLY.get(format).formatted(USAGE.get(format)));
        assertThat(dialect.readReply(reply, totals).usage()).isEqualTo(expected);
        StreamReading stream =
                dialect.openStream(new ModelRequest(dialect.id(), List.of("m"), true, true, parse("{}")), totals);
        String event = "data: " + EVENT.get(format).formatted(USAGE.get(format)) + "\n\n";
        new SseReader(1 << 20).feed(event.getBytes(UTF_8), one -> stream.on(one, (bytes, from, to) -> {}));
        assertThat(stream.usage()).isEqualTo(expected);
    }

    @ParameterizedTest(name = "a sum of {0}, reasoning included: {1}")
    @CsvSource({
        "150, true, 40", // the sum says that it is inside
        "160, true, 50", // the sum says that it is beside
        "0, true, 40",
        "150, false, 50", // the provider's file knows better
        "160, false, 50",
    })
    void a_sum_that_counts_reasoning_once_more_tells_that_the_output_does_not_contain_it(
            long total, boolean included, long output) throws Exception {
        String usage = USAGE.get("chat").replace("\"usage\":{", "\"usage\":{\"total_tokens\":" + total + ",");
        Usage read = new OpenAiChat()
                .readReply(parse(REPLY.get("chat").formatted(usage)), new UsageTotals(true, true, included))
                .usage();
        assertThat(read.output()).isEqualTo(output);
        assertThat(read.reasoning()).isEqualTo(10);
    }

    private static JsonDocument parse(String json) throws Exception {
        return JsonDocument.parse(json.getBytes(UTF_8));
    }
}
