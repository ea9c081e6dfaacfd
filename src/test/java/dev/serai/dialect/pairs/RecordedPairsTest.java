package dev.serai.dialect.pairs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.catalog.UsageTotals;
import dev.serai.conversation.ChatEvent;
import dev.serai.conversation.ChatReply;
import dev.serai.conversation.Choice;
import dev.serai.conversation.Content;
import dev.serai.conversation.FinishReason;
import dev.serai.conversation.ReplyBuilder;
import dev.serai.conversation.Usage;
import dev.serai.dialect.CodecException;
import dev.serai.dialect.ReplySource;
import dev.serai.dialect.StreamDecoder;
import dev.serai.dialect.UnusableReplyException;
import dev.serai.json.JsonDocument;
import dev.serai.json.JsonException;
import dev.serai.sse.SseException;
import dev.serai.sse.SseReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Recorded traffic of real providers and clients ({@link Recorded}), each piece from its dialect to the three others. What the recordings
 * are to themselves, each codec's own tests say.
 */
class RecordedPairsTest {
    private final Map<String, Integer> counts = new TreeMap<>();
    private final List<String> wrong = new ArrayList<>();

    @BeforeEach
    void skip_where_there_is_no_recorded_traffic() {
        assumeTrue(Recorded.arePresent(), () -> "skipped: no recorded traffic at " + Recorded.FOLDER);
    }

    @AfterEach
    void tell_what_was_counted() {
        System.out.println("recorded traffic between dialects: " + counts);
    }

    @Test
    void every_recorded_request_is_written_validly_for_every_other_dialect_and_says_the_same() {
        for (Recorded recorded : Recorded.requests()) {
            for (Wire provider : recorded.wire().others()) {
                String pair = recorded.wire().label() + " to " + provider.label();
                String as = recorded.name() + " " + pair;
                try {
                    Crossing crossing = Crossing.of(
                            recorded.wire(), provider, recorded.wire().request(recorded.body(), recorded.streamed()));
                    JsonNode written = Recorded.parsed(crossing.request());
                    OfficialTypes.wrongRequest(provider, written)
                            .ifPresent(
                                    why -> differs(as + (recorded.refused() ? ", refused before" : "") + ": " + why));
                    compareMessages(as, recorded, provider, crossing);
                    count("requests, " + pair);
                } catch (CodecException e) {
                    refused(recorded, as, e);
                } catch (RuntimeException e) {
                    differs(as + " threw " + e);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    /** The only thing that no other dialect can say at all, and that must not be left out. */
    private void refused(Recorded recorded, String as, CodecException e) {
        if (recorded.tree().path("previous_response_id").isTextual()) {
            count("refused: the conversation is stored elsewhere");
        } else {
            differs(as + (recorded.refused() ? ", refused before" : "") + ": " + e.getMessage());
        }
    }

    private void compareMessages(String as, Recorded recorded, Wire provider, Crossing crossing) throws CodecException {
        List<Content> said = Essence.contents(recorded.wire()
                .codec
                .decodeRequest(recorded.wire().request(recorded.body(), recorded.streamed()))
                .messages());
        List<Content> written = Essence.contents(provider.codec
                .decodeRequest(provider.request(crossing.request(), recorded.streamed()))
                .messages());
        differ(as + ", dropped " + crossing.dropped(), said, written);
    }

    private void differ(String as, List<Content> said, List<Content> written) {
        List<String> one = Essence.of(said);
        List<String> other = Essence.of(written);
        if (!one.equals(other)) {
            differs(as
                    + (Essence.areSameInAnotherOrder(said, written) ? " has another order:" : " says something else:")
                    + "\n  " + one + "\n  " + other);
        }
    }

    @Test
    void every_recorded_reply_is_written_validly_for_every_other_dialect_with_the_usage_it_states() throws Exception {
        for (Recorded recorded : Recorded.replies()) {
            if (recorded.tree().path("status").asText().equals("queued")) {
                count("replies that say that there is none yet");
                continue;
            }
            Usage stated = recorded.wire()
                    .dialect
                    .readReply(JsonDocument.parse(recorded.body()), totals(recorded.wire()))
                    .usage();
            ChatReply reply = recorded.wire().codec.decodeReply(recorded.body(), source(recorded.wire()));
            for (Wire client : recorded.wire().others()) {
                String pair = recorded.wire().label() + " to " + client.label();
                String as = recorded.name() + " " + pair;
                Crossing crossing = Crossing.asking(client, recorded.wire(), false);
                try {
                    byte[] written = crossing.translation()
                            .reply(recorded.body())
                            .encoded()
                            .body();
                    compareReply(as, client, written, reply, stated);
                    byte[] streamed = Crossing.asking(client, recorded.wire(), true)
                            .translation()
                            .reply(recorded.body())
                            .encoded()
                            .body();
                    compareStream(as + " as a stream", client, streamed, reply, stated);
                    count("replies, " + pair);
                } catch (CodecException e) {
                    differs(as + " refused: " + e.getMessage());
                } catch (RuntimeException e) {
                    differs(as + " threw " + e);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    private void compareReply(String as, Wire client, byte[] written, ChatReply reply, Usage stated)
            throws CodecException {
        String text = new String(written, UTF_8);
        OfficialTypes.wrongReply(client, Recorded.parsed(text)).ifPresent(why -> differs(as + ": " + why));
        try {
            Usage usage = client.dialect
                    .readReply(JsonDocument.parse(written), totals(client))
                    .usage();
            compareUsage(as, client, stated, usage);
        } catch (UnusableReplyException | JsonException e) {
            differs(as + " is no reply: " + e.getMessage());
        }
        compare(as, client, reply, client.codec.decodeReply(written, source(client)));
    }

    /** The first choice, and why it ended; the others where the dialect has a place for them. */
    private void compare(String as, Wire client, ChatReply reply, ChatReply again) {
        boolean several = client == Wire.CHAT || client == Wire.GEMINI;
        for (int i = 0; i < (several ? reply.choices().size() : 1); i++) {
            Choice said = reply.choices().get(i);
            Choice written = again.choices().get(i);
            differ(as, said.contents(), written.contents());
            boolean calls = said.contents().stream().anyMatch(Content.ToolCall.class::isInstance);
            boolean refuses = said.contents().stream().anyMatch(Content.Refusal.class::isInstance);
            FinishReason reason = Sayable.reason(said.finishReason(), calls, refuses, client);
            if (reason != written.finishReason()) {
                differs(as + " ends with " + written.finishReason() + " instead of " + reason);
            }
        }
    }

    private void compareUsage(String as, Wire client, Usage stated, Usage usage) {
        Usage sayable = Sayable.usage(stated, client);
        if (!usage.equals(sayable)) {
            differs(as + " has another usage:\n  " + sayable + "\n  " + usage);
        } else if (!usage.equals(stated)) {
            count("usage with less detail, because of the dialect " + client.label());
        }
    }

    @Test
    void every_recorded_stream_is_written_validly_for_every_other_dialect_with_the_usage_it_states() throws Exception {
        for (Recorded recorded : Recorded.streams()) {
            Usage stated = recorded.wire().usageOfStream(recorded.body());
            ReplyBuilder builder = decoded(recorded.wire(), recorded.body());
            for (Wire client : recorded.wire().others()) {
                String pair = recorded.wire().label() + " to " + client.label();
                String as = recorded.name() + " " + pair;
                Crossing crossing = Crossing.asking(client, recorded.wire(), true);
                Crossing.Streamed written = crossing.stream(recorded.body(), Math.max(1, recorded.body().length));
                Usage read = written.reading().usage();
                compareUsage(as + " as the gateway reads it", recorded.wire(), stated, read.withWebSearches(0));
                assertThat(read.webSearches()).as(as).isEqualTo(stated.webSearches());
                if (builder.failure() == null) {
                    assertThat(written.whole()).as(as).isTrue();
                    compareStream(as, client, written.bytes(), builder.reply(), stated);
                } else {
                    count("streams that report an error or break off");
                }
                count("streams, " + pair);
            }
        }
        assertThat(wrong).isEmpty();
    }

    private void compareStream(String as, Wire client, byte[] written, ChatReply reply, Usage stated) {
        List<String> payloads = payloads(written);
        for (String payload : payloads) {
            Optional<String> why = OfficialTypes.wrongEvent(client, Recorded.parsed(payload));
            why.ifPresent(text -> differs(as + ": " + text + " in " + payload));
        }
        count("events");
        counts.merge("events", payloads.size() - 1, Integer::sum);
        compareUsage(as, client, stated, client.usageOfStream(written));
        ReplyBuilder again = decoded(client, written);
        if (again.failure() != null) {
            differs(as + " reads as a failure: " + again.failure());
        } else {
            compare(as, client, reply, again.reply());
        }
    }

    @Test
    void a_recorded_stream_that_is_cut_anywhere_comes_out_the_same() {
        for (Recorded recorded : Recorded.streams()) {
            byte[] stream = recorded.body();
            for (Wire client : recorded.wire().others()) {
                Crossing crossing = Crossing.asking(client, recorded.wire(), true);
                String whole =
                        crossing.stream(stream, Math.max(1, stream.length)).text();
                for (int piece : stream.length < 20_000 ? new int[] {1, 7} : new int[] {1}) {
                    assertThat(crossing.stream(stream, piece).text())
                            .as(recorded.name() + " for " + client.label() + " in pieces of " + piece)
                            .isEqualTo(whole);
                    count("streams in small pieces");
                }
                if (stream.length < 1000) {
                    cutOnce(crossing, stream, whole);
                }
            }
        }
    }

    private void cutOnce(Crossing crossing, byte[] stream, String whole) {
        for (int cut = 1; cut < stream.length; cut++) {
            List<byte[]> two =
                    List.of(Arrays.copyOfRange(stream, 0, cut), Arrays.copyOfRange(stream, cut, stream.length));
            assertThat(crossing.stream(two).text()).isEqualTo(whole);
            count("streams cut once");
        }
    }

    private static ReplyBuilder decoded(Wire wire, byte[] stream) {
        StreamDecoder decoder = wire.codec.openDecoder(source(wire));
        List<ChatEvent> events = new ArrayList<>();
        try {
            new SseReader(32 << 20).feed(stream, event -> decoder.on(event, events::add));
        } catch (SseException e) {
            throw new IllegalArgumentException(e);
        }
        decoder.end(null, events::add);
        ReplyBuilder builder = new ReplyBuilder();
        events.forEach(builder::on);
        return builder;
    }

    private static List<String> payloads(byte[] stream) {
        return new String(stream, UTF_8)
                .lines()
                .filter(line -> line.startsWith("data: {"))
                .map(line -> line.substring("data: ".length()))
                .toList();
    }

    private static UsageTotals totals(Wire wire) {
        return UsageTotals.of(wire.dialect.id());
    }

    private static ReplySource source(Wire wire) {
        return ReplySource.of(wire.model, wire.dialect.id());
    }

    private void differs(String difference) {
        Accepted.of(difference)
                .ifPresentOrElse(
                        accepted -> count("accepted, because " + accepted.reason()), () -> wrong.add(difference));
    }

    private void count(String what) {
        counts.merge(what, 1, Integer::sum);
    }
}
