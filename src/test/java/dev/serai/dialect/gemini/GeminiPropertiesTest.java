package dev.serai.dialect.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.serai.conversation.ChatEvent;
import dev.serai.conversation.ChatFailure;
import dev.serai.conversation.ChatReply;
import dev.serai.conversation.ChatRequest;
import dev.serai.conversation.Choice;
import dev.serai.conversation.Content;
import dev.serai.conversation.Conversations;
import dev.serai.conversation.EmbeddingReply;
import dev.serai.conversation.EmbeddingRequest;
import dev.serai.conversation.EventGrammar;
import dev.serai.conversation.Extra;
import dev.serai.conversation.ReplyBuilder;
import dev.serai.dialect.CodecException;
import dev.serai.dialect.Encoded;
import dev.serai.dialect.EncodingTarget;
import dev.serai.dialect.ModelRequest;
import dev.serai.dialect.ReplyContext;
import dev.serai.dialect.ReplyContext.Framing;
import dev.serai.dialect.ReplySource;
import dev.serai.dialect.StreamDecoder;
import dev.serai.dialect.StreamEncoder;
import dev.serai.json.JsonDocument;
import dev.serai.json.JsonException;
import dev.serai.sse.SseException;
import dev.serai.sse.SseReader;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What was written is read as it was, within {@link GeminiSayable what the dialect can say}. */
class GeminiPropertiesTest {
    private static final ReplySource SOURCE = ReplySource.of(Conversations.MODEL, "gemini");
    private static final GeminiCodec CODEC = new GeminiCodec();
    private static final GeminiEmbeddingsCodec EMBEDDINGS = new GeminiEmbeddingsCodec();

    @Provide
    Arbitrary<ChatRequest> requests() {
        return Conversations.chatRequests();
    }

    @Provide
    Arbitrary<ChatReply> replies() {
        return Conversations.chatReplies();
    }

    @Provide
    Arbitrary<List<ChatEvent>> streams() {
        return Conversations.streams();
    }

    @Provide
    Arbitrary<ChatFailure> failures() {
        return Conversations.failures();
    }

    @Provide
    Arbitrary<Framing> framings() {
        return Arbitraries.of(Framing.class);
    }

    @Property(seed = "1", tries = 500)
    void a_request_is_read_as_it_was_written(@ForAll("requests") ChatRequest request) throws Exception {
        EncodingTarget target = new EncodingTarget(Conversations.MODEL, null);
        if (request.delivery().previousResponseId() != null) {
            assertThatExceptionOfType(CodecException.class).isThrownBy(() -> CODEC.encodeRequest(request, target));
            return;
        }
        Encoded encoded = CODEC.encodeRequest(request, target);
        ModelRequest again = new ModelRequest(
                "gemini",
                List.of(Conversations.MODEL),
                request.delivery().stream(),
                true,
                JsonDocument.parse(encoded.body()));
        assertThat(CODEC.decodeRequest(again)).isEqualTo(GeminiSayable.request(request));
    }

    @Property(seed = "1", tries = 500)
    void a_reply_is_read_as_it_was_written(@ForAll("replies") ChatReply reply) throws Exception {
        Encoded encoded = CODEC.encodeReply(reply, Wire.context(Framing.SSE));
        ChatReply again = CODEC.decodeReply(encoded.body(), SOURCE);
        assertThat(withoutGrounding(again)).isEqualTo(GeminiSayable.reply(reply));
    }

    @Property(seed = "1", tries = 500)
    void a_stream_is_legal_and_says_what_was_written(@ForAll("streams") List<ChatEvent> events) throws Exception {
        byte[] stream = write(events, Framing.SSE);
        List<ChatEvent> again = read(stream, stream.length);
        EventGrammar.check(again);
        ReplyBuilder expected = new ReplyBuilder();
        events.forEach(expected::on);
        ReplyBuilder actual = new ReplyBuilder();
        again.forEach(actual::on);
        if (expected.failure() == null) {
            assertThat(uncited(withoutGrounding(actual.reply()))).isEqualTo(GeminiSayable.streamed(expected.reply()));
        } else {
            assertThat(actual.failure()).isNotNull();
            assertThat(actual.failure().kind()).isEqualTo(expected.failure().kind());
            assertThat(actual.failure().code()).isEqualTo(expected.failure().code());
            assertThat(actual.failure().retryAfter())
                    .isEqualTo(expected.failure().retryAfter());
        }
    }

    @Property(seed = "1", tries = 50)
    void a_stream_cut_anywhere_says_the_same(
            @ForAll("streams") List<ChatEvent> events, @ForAll @IntRange(min = 1, max = 40) int chunk)
            throws Exception {
        byte[] stream = write(events, Framing.SSE);
        assertThat(read(stream, chunk)).isEqualTo(read(stream, Math.max(1, stream.length)));
    }

    @Property(seed = "1", tries = 200)
    void a_stream_without_events_is_one_array(@ForAll("streams") List<ChatEvent> events) throws Exception {
        byte[] array = write(events, Framing.JSON_ARRAY);
        assertThat(Wire.tree(new String(array, UTF_8)).isArray()).isTrue();
    }

    @Property(seed = "1", tries = 200)
    void a_failure_keeps_its_kind(@ForAll("failures") ChatFailure failure) {
        var encoded = CODEC.encodeError(failure, "req_1");
        ChatFailure again = CODEC.decodeError(encoded.status(), encoded.body(), null);
        assertThat(again.kind()).isEqualTo(failure.kind());
        assertThat(again.code()).isEqualTo(failure.code());
        assertThat(again.param()).isEqualTo(failure.param());
        assertThat(again.retryAfter()).isEqualTo(failure.retryAfter());
    }

    @Provide
    Arbitrary<EmbeddingRequest> embeddingRequests() {
        return Conversations.embeddingRequests();
    }

    @Provide
    Arbitrary<EmbeddingReply> embeddingReplies() {
        return Conversations.embeddingReplies();
    }

    @Property(seed = "1", tries = 200)
    void embeddings_are_asked_for_as_they_were_written(@ForAll("embeddingRequests") EmbeddingRequest request)
            throws Exception {
        EncodingTarget target = new EncodingTarget(Conversations.MODEL, null);
        if (request.inputs().get(0) instanceof EmbeddingRequest.Input.Tokens) {
            assertThatExceptionOfType(CodecException.class).isThrownBy(() -> EMBEDDINGS.encodeRequest(request, target));
            return;
        }
        JsonDocument body =
                JsonDocument.parse(EMBEDDINGS.encodeRequest(request, target).body());
        EmbeddingRequest again = EMBEDDINGS.decodeRequest(
                new ModelRequest("gemini-embeddings", List.of(Conversations.MODEL), false, true, body));
        assertThat(again)
                .isEqualTo(new EmbeddingRequest(
                        request.model(),
                        request.inputs(),
                        request.dimensions(),
                        null,
                        null,
                        request.taskType(),
                        request.title(),
                        List.of()));
    }

    @Property(seed = "1", tries = 200)
    void embeddings_are_read_as_they_were_written(@ForAll("embeddingReplies") EmbeddingReply reply) throws Exception {
        EmbeddingRequest asked = new EmbeddingRequest(
                "m", List.of(new EmbeddingRequest.Input.Text("x")), null, null, null, null, null, List.of());
        EmbeddingReply again =
                EMBEDDINGS.decodeReply(EMBEDDINGS.encodeReply(reply, asked).body(), SOURCE);
        assertThat(again).isEqualTo(new EmbeddingReply("", reply.vectors(), reply.usage()));
    }

    private static ChatReply withoutGrounding(ChatReply reply) {
        List<Extra> extras = reply.extras().stream()
                .filter(extra -> !extra.name().endsWith("].groundingMetadata"))
                .toList();
        return with(reply, reply.choices(), extras);
    }

    private static ChatReply uncited(ChatReply reply) {
        List<Choice> choices = new ArrayList<>();
        for (Choice choice : reply.choices()) {
            List<Content> contents = choice.contents().stream()
                    .map(content -> content instanceof Content.Text text
                            ? new Content.Text(text.text(), List.of(), null, text.signature())
                            : content)
                    .toList();
            choices.add(new Choice(
                    choice.index(), contents, choice.finishReason(), choice.stopSequence(), choice.logprobs()));
        }
        return with(reply, choices, reply.extras());
    }

    private static ChatReply with(ChatReply reply, List<Choice> choices, List<Extra> extras) {
        return new ChatReply(
                reply.id(),
                reply.model(),
                reply.createdEpochSeconds(),
                choices,
                reply.usage(),
                reply.serviceTier(),
                extras);
    }

    private static byte[] write(List<ChatEvent> events, Framing framing) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ReplyContext context = Wire.context(framing);
        StreamEncoder encoder = CODEC.openEncoder(context);
        events.forEach(event -> encoder.on(event, (bytes, from, to) -> out.write(bytes, from, to - from)));
        return out.toByteArray();
    }

    private static List<ChatEvent> read(byte[] stream, int chunk) throws SseException, JsonException {
        List<ChatEvent> events = new ArrayList<>();
        StreamDecoder decoder = CODEC.openDecoder(SOURCE);
        SseReader reader = new SseReader(1 << 24);
        for (int from = 0; from < stream.length; from += chunk) {
            byte[] bytes = Arrays.copyOfRange(stream, from, Math.min(from + chunk, stream.length));
            reader.feed(bytes, event -> decoder.on(event, events::add));
        }
        decoder.end(null, events::add);
        return events;
    }
}
