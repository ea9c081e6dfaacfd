package dev.serai.dialect.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.ChatEvent;
import dev.serai.conversation.ChatReply;
import dev.serai.conversation.EventGrammar;
import dev.serai.conversation.ReplyBuilder;
import dev.serai.conversation.Usage;
import dev.serai.dialect.Encoded;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Recorded traffic, through the codec from the dialect to itself; {@link Likeness} lists what may differ, and why. */
class GeminiRecordedTest {
    private final Map<String, Integer> counts = Likeness.counts();

    @BeforeEach
    void skip_where_there_is_no_recorded_traffic() {
        assumeTrue(Recordings.areThere(), () -> "skipped: no recorded traffic at " + Recordings.FOLDER);
    }

    @Test
    void every_recorded_request_comes_out_as_it_went_in() throws Exception {
        List<String> found = new ArrayList<>();
        for (JsonNode exchange : Recordings.exchanges()) {
            JsonNode body = exchange.at("/request/body");
            String url = exchange.at("/request/url").asText();
            String model = url.replaceFirst(".*/models/([^:]*):.*", "$1");
            Encoded encoded = Wire.encode(Wire.request(body.toString()), model);
            Likeness likeness = new Likeness(counts);
            JsonNode expected = likeness.request(body);
            JsonNode actual = likeness.request(Wire.tree(encoded));
            found.addAll(Likeness.differences(model, expected, unsigned(expected, actual)));
            count("requests");
            encoded.dropped().forEach(drop -> count("dropped: " + drop.name()));
        }
        print("recorded requests");
        assertThat(found).isEmpty();
    }

    /** Calls without a signature, which newer models refuse, get a word that says so. */
    private JsonNode unsigned(JsonNode expected, JsonNode actual) {
        for (int i = 0; i < expected.path("contents").size(); i++) {
            JsonNode parts = expected.at("/contents/" + i + "/parts");
            for (int j = 0; j < parts.size(); j++) {
                JsonNode part = actual.at("/contents/" + i + "/parts/" + j);
                boolean added =
                        Signing.UNSIGNED.equals(part.path("thoughtSignature").asText());
                if (added && !parts.get(j).has("thoughtSignature")) {
                    count("accepted: an unsigned call says that it is");
                    ((ObjectNode) part).remove("thoughtSignature");
                }
            }
        }
        return actual;
    }

    @Test
    void every_recorded_reply_comes_out_as_it_went_in_with_the_usage_it_states() throws Exception {
        List<String> found = new ArrayList<>();
        for (JsonNode json : Recordings.replies()) {
            ChatReply reply = Wire.reply(json.toString());
            assertThat(reply.usage()).isEqualTo(usage(json.path("usageMetadata")));
            Encoded encoded = Wire.encode(reply);
            Likeness likeness = new Likeness(counts);
            found.addAll(Likeness.differences("", likeness.reply(json), likeness.reply(Wire.tree(encoded))));
            assertThat(encoded.dropped()).isEmpty();
            count("replies");
            reply.choices().forEach(choice -> count("finish reason " + choice.finishReason()));
        }
        print("recorded replies");
        assertThat(found).isEmpty();
    }

    @Test
    void every_recorded_stream_is_legal_and_says_the_same_when_it_is_written_again() throws Exception {
        for (Map.Entry<String, List<String>> recording : Recordings.streams().entrySet()) {
            String name = recording.getKey();
            byte[] stream = Wire.framed(recording.getValue()).getBytes(UTF_8);
            List<ChatEvent> events = Wire.events(stream, stream.length);
            EventGrammar.check(events);
            assertThat(Wire.events(stream, 1)).as(name).isEqualTo(events);
            ChatReply reply = ReplyBuilder.collect(events);
            JsonNode last =
                    Wire.tree(recording.getValue().get(recording.getValue().size() - 1));
            assertThat(reply.usage()).as(name).isEqualTo(usage(last.path("usageMetadata")));
            ChatReply again = ReplyBuilder.collect(Wire.events(Wire.stream(events)));
            assertThat(again).as(name).isEqualTo(reply);
            count("streams");
            counts.merge("events", events.size(), Integer::sum);
        }
        print("recorded streams");
    }

    @Test
    void every_recorded_error_is_read() throws Exception {
        for (JsonNode exchange : Recordings.exchanges()) {
            int status = exchange.at("/response/status").asInt();
            JsonNode body = exchange.at("/response/json");
            if (status >= 400) {
                var failure = Wire.CODEC.decodeError(status, body.toString().getBytes(UTF_8), null);
                assertThat(failure.message())
                        .isEqualTo(body.at("/error/message").asText());
                assertThat(failure.code()).isEqualTo(body.at("/error/status").asText());
                count("errors");
            }
        }
        print("recorded errors");
    }

    /** The same counts, computed another way. */
    private static Usage usage(JsonNode stated) {
        long prompt = stated.path("promptTokenCount").asLong()
                + stated.path("toolUsePromptTokenCount").asLong();
        long cached = stated.path("cachedContentTokenCount").asLong();
        long heard = of("AUDIO", stated.path("promptTokensDetails"));
        long spoken = of("AUDIO", stated.path("candidatesTokensDetails"));
        long seen = of("IMAGE", stated.path("promptTokensDetails"));
        long drawn = of("IMAGE", stated.path("candidatesTokensDetails"));
        long thoughts = stated.path("thoughtsTokenCount").asLong();
        long candidates = stated.path("candidatesTokenCount").asLong();
        assertThat(prompt + candidates + thoughts)
                .isEqualTo(stated.path("totalTokenCount").asLong());
        return new Usage(
                        prompt - cached - heard - seen,
                        cached,
                        0,
                        0,
                        heard,
                        candidates - spoken - drawn,
                        thoughts,
                        spoken)
                .withImages(seen, drawn);
    }

    private static long of(String modality, JsonNode details) {
        long tokens = 0;
        for (JsonNode detail : details) {
            tokens += detail.path("modality").asText().equals(modality)
                    ? detail.path("tokenCount").asLong()
                    : 0;
        }
        return tokens;
    }

    private void count(String what) {
        counts.merge(what, 1, Integer::sum);
    }

    private void print(String title) {
        System.out.println(title + ": " + counts);
    }
}
