package dev.serai.dialect.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.conversation.ChatEvent;
import dev.serai.conversation.ChatReply;
import dev.serai.conversation.ChatRequest;
import dev.serai.conversation.EventGrammar;
import dev.serai.conversation.ReplyBuilder;
import dev.serai.conversation.Usage;
import dev.serai.dialect.CodecException;
import dev.serai.dialect.EncodingTarget;
import dev.serai.dialect.ReplyContext;
import dev.serai.dialect.ReplySource;
import dev.serai.json.JsonDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Recorded requests, replies and streams, there and back. What does not come back as it was is listed in {@link ResponsesLikeness}, with
 * the reasons.
 */
class ResponsesRecordedTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final OpenAiResponsesCodec CODEC = new OpenAiResponsesCodec();

    @Test
    void every_recorded_request_is_read_and_written_back_alike() throws Exception {
        Map<String, Integer> counts = new TreeMap<>();
        List<String> unlike = new ArrayList<>();
        for (ResponsesRecordings.Exchange exchange : ResponsesRecordings.exchanges()) {
            if (!exchange.request().isObject()) {
                continue;
            }
            ChatRequest request = decode(exchange.request());
            JsonNode written = JSON.readTree(CODEC.encodeRequest(request, new EncodingTarget(request.model(), null))
                    .body());
            JsonNode expected = ResponsesLikeness.ofRequest(exchange.request());
            JsonNode like = ResponsesLikeness.ofRequest(written);
            if (!like.equals(expected)) {
                unlike.add(exchange.name() + "\n  sent    " + expected + "\n  written " + like);
            }
            counts.merge("requests", 1, Integer::sum);
        }
        System.out.println("recorded requests read and written back: " + counts);
        assertThat(unlike).isEmpty();
        assertThat(counts).isNotEmpty();
    }

    private static ChatRequest decode(JsonNode request) throws Exception {
        return CODEC.decodeRequest(
                new OpenAiResponses().readRequest(JsonDocument.parse(JSON.writeValueAsBytes(request))));
    }

    @Test
    void every_recorded_reply_is_read_with_its_usage_and_written_back_alike() throws Exception {
        List<ResponsesRecordings.Exchange> recorded = new ArrayList<>(ResponsesRecordings.exchanges());
        recorded.addAll(ResponsesRecordings.replies());
        int answers = 0;
        int others = 0;
        List<String> unlike = new ArrayList<>();
        for (ResponsesRecordings.Exchange exchange : recorded) {
            JsonNode reply = exchange.reply();
            if (reply == null || exchange.status() >= 300) {
                continue;
            }
            byte[] body = JSON.writeValueAsBytes(reply);
            ReplySource source = ReplySource.of("m", OpenAiResponsesCodec.ID);
            if (Set.of("queued", "in_progress").contains(reply.path("status").asText())) {
                assertThatThrownBy(() -> CODEC.decodeReply(body, source)).isInstanceOf(CodecException.class);
                others++;
                continue;
            }
            ChatReply read = CODEC.decodeReply(body, source);
            assertThat(read.usage()).as(exchange.name()).isEqualTo(stated(reply));
            ChatRequest request = exchange.request().isObject()
                    ? decode(exchange.request())
                    : ChatRequest.builder("m").build();
            JsonNode written =
                    JSON.readTree(CODEC.encodeReply(read, context(request)).body());
            compare(exchange.name(), ResponsesLikeness.ofReply(reply), ResponsesLikeness.ofReply(written), unlike);
            answers++;
        }
        System.out.println("recorded replies read and written back: " + answers + "; not answers yet: " + others);
        assertThat(unlike).isEmpty();
        assertThat(answers).isPositive();
    }

    private static void compare(String name, JsonNode expected, JsonNode like, List<String> unlike) {
        if (!like.equals(expected)) {
            unlike.add(name + "\n  sent    " + expected + "\n  written " + like);
        }
    }

    /** Some recordings were shortened by hand. */
    private static boolean contradictsItself(ResponsesRecordings.Recorded recorded, JsonNode last) throws Exception {
        StringBuilder said = new StringBuilder();
        for (String payload : recorded.payloads()) {
            JsonNode event = JSON.readTree(payload);
            if (event.path("type").asText().equals("response.output_text.delta")) {
                said.append(event.path("delta").asText());
            }
        }
        StringBuilder whole = new StringBuilder();
        for (JsonNode item : last.path("output")) {
            if (item.path("type").asText().equals("message")) {
                item.path("content")
                        .forEach(part -> whole.append(part.path("text").asText()));
            }
        }
        return !whole.toString().startsWith(said.toString());
    }

    private static ReplyContext context(ChatRequest request) {
        return new ReplyContext(request, "abc", 1, ReplyContext.Framing.SSE);
    }

    /** An independent look at the numbers. */
    private static Usage stated(JsonNode response) {
        JsonNode usage = response.path("usage");
        long cached = usage.path("input_tokens_details").path("cached_tokens").asLong();
        long written =
                usage.path("input_tokens_details").path("cache_write_tokens").asLong();
        long reasoning =
                usage.path("output_tokens_details").path("reasoning_tokens").asLong();
        return new Usage(
                        usage.path("input_tokens").asLong() - cached - written,
                        cached,
                        written,
                        0,
                        0,
                        usage.path("output_tokens").asLong() - reasoning,
                        reasoning,
                        0)
                .withWebSearches(searches(response));
    }

    private static long searches(JsonNode response) {
        long searches = 0;
        for (JsonNode item : response.path("output")) {
            boolean isSearch = item.path("type").asText().equals("web_search_call")
                    && item.path("action").path("type").asText("search").equals("search");
            searches += isSearch ? 1 : 0;
        }
        return searches;
    }

    @Test
    void every_recorded_stream_is_legal_says_what_its_last_event_says_and_is_written_back_alike() throws Exception {
        int answers = 0;
        int failures = 0;
        long events = 0;
        List<String> unlike = new ArrayList<>();
        for (ResponsesRecordings.Recorded recorded : ResponsesRecordings.streams()) {
            List<ChatEvent> read = ResponsesStreams.decode(recorded.framed());
            EventGrammar.check(read);
            events += recorded.payloads().size();
            ReplyBuilder builder = new ReplyBuilder();
            read.forEach(builder::on);
            if (builder.failure() != null) {
                failures++;
                System.out.println(recorded.name() + ": " + builder.failure());
                continue;
            }
            JsonNode last = JSON.readTree(
                            recorded.payloads().get(recorded.payloads().size() - 1))
                    .path("response");
            assertThat(builder.usage()).as(recorded.name()).isEqualTo(stated(last));
            ChatRequest request = ChatRequest.builder("m").build();
            byte[] written = ResponsesStreams.encode(read, context(request));
            List<JsonNode> payloads = ResponsesStreams.payloads(written);
            if (contradictsItself(recorded, last)) {
                System.out.println("the pieces are not what the last event says: " + recorded.name());
            } else {
                JsonNode whole = payloads.get(payloads.size() - 1).path("response");
                compare(
                        recorded.name(),
                        ResponsesLikeness.ofLastEvent(last),
                        ResponsesLikeness.ofLastEvent(whole),
                        unlike);
            }
            assertThat(ReplyBuilder.collect(ResponsesStreams.decode(written)))
                    .as(recorded.name())
                    .isEqualTo(ResponsesSayable.afterReply(builder.reply()));
            answers++;
        }
        System.out.println("recorded streams read and written back: " + answers + " of " + events
                + " events; failed in the recording: " + failures);
        assertThat(unlike).isEmpty();
        assertThat(answers).isPositive();
    }

    @Test
    void a_recorded_stream_cut_at_every_byte_gives_the_same_events() throws Exception {
        int streams = 0;
        for (ResponsesRecordings.Recorded recorded : ResponsesRecordings.streams()) {
            byte[] bytes = recorded.framed();
            List<ChatEvent> whole = ResponsesStreams.decode(bytes);
            for (int chunk : List.of(1, 1000)) {
                assertThat(ResponsesStreams.decode(bytes, chunk))
                        .as(recorded.name())
                        .isEqualTo(whole);
            }
            streams++;
        }
        System.out.println("recorded streams cut at every byte: " + streams);
    }
}
