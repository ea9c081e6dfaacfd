package dev.serai.dialect.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.conversation.ChatEvent;
import dev.serai.conversation.ChatReply;
import dev.serai.conversation.ChatRequest;
import dev.serai.conversation.Choice;
import dev.serai.conversation.Content;
import dev.serai.conversation.EventGrammar;
import dev.serai.conversation.ReplyBuilder;
import dev.serai.conversation.Usage;
import dev.serai.dialect.Encoded;
import dev.serai.dialect.EncodingTarget;
import dev.serai.dialect.ReplySource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every recorded exchange in Chat, read and written again. */
class ChatRecordedTrafficTest {
    @BeforeEach
    void skip_where_there_is_no_recorded_traffic() {
        assumeTrue(ChatRecordings.arePresent(), () -> "skipped: no recorded traffic at " + ChatRecordings.FIXTURES);
    }

    @Test
    void every_request_is_read_and_written_again_without_loss() throws Exception {
        List<String> differences = new ArrayList<>();
        int read = 0;
        for (ChatRecordings.Exchange exchange : ChatRecordings.exchanges("openai.chat.jsonl")) {
            if (exchange.hasRequest()) {
                ChatRequest request = ChatBench.request(exchange.request().toString());
                Encoded encoded = ChatBench.CODEC.encodeRequest(request, new EncodingTarget(request.model(), null));
                JsonNode again = ChatRecordings.parsed(new String(encoded.body(), UTF_8));
                differences.addAll(ChatDifferences.ofRequests(exchange.name(), exchange.request(), again));
                encoded.dropped().stream()
                        .filter(dropped -> !dropped.name().equals("cache_control")) // marks that most providers refuse
                        .forEach(dropped -> differences.add(exchange.name() + " dropped " + dropped));
                read++;
            }
        }
        System.out.println("chat: " + read + " requests read and written again");
        assertThat(differences).isEmpty();
        assertThat(read).isPositive();
    }

    @Test
    void every_reply_is_read_with_its_usage_and_written_again_without_loss() throws Exception {
        List<String> differences = new ArrayList<>();
        int read = 0;
        for (ChatRecordings.Body body : ChatRecordings.replies()) {
            JsonNode recorded = ChatRecordings.parsed(new String(body.bytes(), UTF_8));
            ChatReply reply = ChatBench.CODEC.decodeReply(
                    body.bytes(), ReplySource.of(recorded.path("model").asText(), "openai-chat"));
            expectUsage(body.name(), recorded.path("usage"), reply.usage());
            Encoded encoded = ChatBench.CODEC.encodeReply(reply, ChatBench.context(ChatBench.ASKED));
            differences.addAll(ChatDifferences.ofReplies(
                    body.name(), recorded, ChatRecordings.parsed(new String(encoded.body(), UTF_8))));
            assertThat(encoded.dropped()).as(body.name()).isEmpty();
            read++;
        }
        System.out.println("chat: " + read + " replies read and written again");
        assertThat(differences).isEmpty();
        assertThat(read).isPositive();
    }

    /** Computed anew from the recording: the total where reasoning stands beside the completion, the two counts elsewhere. */
    private static void expectUsage(String name, JsonNode stated, Usage usage) {
        long input = stated.path("prompt_tokens").asLong();
        long output = stated.path("completion_tokens").asLong();
        long reasoning = stated.path("completion_tokens_details")
                .path("reasoning_tokens")
                .asLong();
        boolean beside = stated.path("total_tokens").asLong() == input + output + reasoning;
        assertThat(usage.totalInput()).as(name).isEqualTo(input);
        assertThat(usage.totalOutput()).as(name).isEqualTo(beside ? output + reasoning : output);
        // Some count more reasoning than output; the total is what is billed.
        assertThat(usage.reasoning()).as(name).isEqualTo(Math.min(reasoning, usage.totalOutput()));
        assertThat(usage.cacheRead()).as(name).isEqualTo(Math.min(input, cached(stated)));
    }

    private static long cached(JsonNode usage) {
        long inside = usage.path("prompt_tokens_details").path("cached_tokens").asLong();
        return Math.max(
                inside,
                Math.max(
                        usage.path("num_cached_tokens").asLong(),
                        usage.path("cached_tokens").asLong()));
    }

    @Test
    void every_stream_is_legal_ends_and_has_the_usage_that_it_states() {
        int read = 0;
        int failed = 0;
        for (ChatRecordings.Body body : ChatRecordings.streams()) {
            List<ChatEvent> events = ChatBench.events(body.bytes(), ChatBench.SOURCE, body.bytes().length);
            EventGrammar.check(events);
            ReplyBuilder builder = new ReplyBuilder();
            events.forEach(builder::on);
            if (builder.failure() == null) {
                expectUsage(body.name(), lastUsage(body), builder.usage());
            } else {
                assertThat(new String(body.bytes(), UTF_8)).as(body.name()).contains("\"error\":");
                failed++;
            }
            read++;
        }
        System.out.println("chat: " + read + " streams read, " + failed + " of them with an error inside");
        assertThat(read).isPositive();
    }

    private static JsonNode lastUsage(ChatRecordings.Body body) {
        JsonNode usage = ChatRecordings.parsed("{}");
        for (JsonNode chunk : payloads(body)) {
            JsonNode groq = chunk.path("x_groq").path("usage");
            usage = chunk.path("usage").isObject() ? chunk.path("usage") : groq.isObject() ? groq : usage;
        }
        return usage;
    }

    static List<JsonNode> payloads(ChatRecordings.Body body) {
        return new String(body.bytes(), UTF_8)
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("data: {"))
                .map(line -> ChatRecordings.parsed(line.substring("data: ".length())))
                .toList();
    }

    @Test
    void every_stream_says_the_same_however_it_is_cut() {
        int cuts = 0;
        for (ChatRecordings.Body body : ChatRecordings.streams()) {
            List<ChatEvent> whole = ChatBench.events(body.bytes(), ChatBench.SOURCE, body.bytes().length);
            for (int piece : new int[] {1, 7, 100, 1021}) {
                assertThat(ChatBench.events(body.bytes(), ChatBench.SOURCE, piece))
                        .as(body.name())
                        .isEqualTo(whole);
                cuts++;
            }
        }
        System.out.println("chat: " + cuts + " cut streams said the same");
    }

    @Test
    void every_stream_that_is_written_again_says_the_same() {
        int written = 0;
        for (ChatRecordings.Body body : ChatRecordings.streams()) {
            List<ChatEvent> events = ChatBench.events(body.bytes(), ChatBench.SOURCE, body.bytes().length);
            ReplyBuilder builder = new ReplyBuilder();
            events.forEach(builder::on);
            if (builder.failure() == null) {
                byte[] again = ChatBench.stream(events, ChatBench.context(ChatBench.ASKED));
                ChatReply said = ReplyBuilder.collect(ChatBench.events(again, ChatBench.SOURCE, again.length));
                assertThat(bare(said)).as(body.name()).isEqualTo(bare(builder.reply()));
                written++;
            }
        }
        System.out.println("chat: " + written + " streams written again");
    }

    /**
     * Without what a stream that is written again does not tell: the extras of choices, and in which of its fields a provider put
     * the thinking.
     */
    private static ChatReply bare(ChatReply reply) {
        List<Choice> choices = reply.choices().stream()
                .map(choice -> new Choice(
                        choice.index(),
                        choice.contents().stream()
                                .map(ChatRecordedTrafficTest::bare)
                                .toList(),
                        choice.finishReason(),
                        choice.stopSequence(),
                        choice.logprobs()))
                .toList();
        return new ChatReply(
                reply.id(),
                reply.model(),
                reply.createdEpochSeconds(),
                choices,
                reply.usage(),
                reply.serviceTier(),
                List.of());
    }

    private static Content bare(Content content) {
        return content instanceof Content.Thinking thinking && ChatThoughts.field(thinking.signature()) != null
                ? new Content.Thinking(thinking.text(), thinking.summary(), null)
                : content;
    }

    @Test
    void every_error_is_recognised() {
        int read = 0;
        for (ChatRecordings.Exchange exchange : ChatRecordings.exchanges("openai.chat.jsonl")) {
            if (exchange.status() >= 400) {
                String body = exchange.response().path("json").toString();
                String kind = ChatBench.CODEC
                        .decodeError(exchange.status(), body.getBytes(UTF_8), null)
                        .kind()
                        .name();
                String expected =
                        switch (exchange.status()) {
                            case 404 -> "NOT_FOUND";
                            case 429 -> "RATE_LIMITED";
                            default -> "INVALID_REQUEST";
                        };
                assertThat(kind).as(exchange.name()).isEqualTo(expected);
                read++;
            }
        }
        System.out.println("chat: " + read + " errors recognised");
        assertThat(read).isPositive();
    }
}
