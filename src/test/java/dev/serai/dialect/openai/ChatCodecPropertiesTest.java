package dev.serai.dialect.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.openai.core.ObjectMappers;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import dev.serai.conversation.Block;
import dev.serai.conversation.ChatEvent;
import dev.serai.conversation.ChatFailure;
import dev.serai.conversation.ChatReply;
import dev.serai.conversation.ChatRequest;
import dev.serai.conversation.Choice;
import dev.serai.conversation.Citation;
import dev.serai.conversation.Content;
import dev.serai.conversation.Conversations;
import dev.serai.conversation.EventGrammar;
import dev.serai.conversation.RawJson;
import dev.serai.conversation.ReplyBuilder;
import dev.serai.dialect.ChatCodec.EncodedError;
import dev.serai.dialect.CodecException;
import dev.serai.dialect.Encoded;
import dev.serai.dialect.EncodingTarget;
import dev.serai.dialect.ProviderMessage;
import dev.serai.dialect.ReplyContext;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What is written and read again is the same, within what Chat can say. */
class ChatCodecPropertiesTest {
    private static final long EPOCH = 1_800_000_000L;

    @Provide
    Arbitrary<ChatRequest> requests() {
        return Conversations.chatRequests().map(ChatSayable::possible);
    }

    @Provide
    Arbitrary<ChatReply> replies() {
        return Conversations.chatReplies().map(ChatCodecPropertiesTest::possible);
    }

    @Provide
    Arbitrary<List<ChatEvent>> streams() {
        return Conversations.streams().map(ChatCodecPropertiesTest::possible);
    }

    @Provide
    Arbitrary<ChatFailure> failures() {
        return Conversations.failures();
    }

    /** With opaque things of Chat that its decoder could have made: they have a type. */
    private static List<ChatEvent> possible(List<ChatEvent> events) {
        return events.stream().map(ChatCodecPropertiesTest::possible).toList();
    }

    private static ChatEvent possible(ChatEvent event) {
        if (event instanceof ChatEvent.CitationAdded cited) {
            return new ChatEvent.CitationAdded(cited.choice(), cited.block(), possible(cited.citation()));
        }
        return event instanceof ChatEvent.BlockStarted started && started.kind() instanceof Block.Whole whole
                ? new ChatEvent.BlockStarted(
                        started.choice(), started.block(), new Block.Whole(possible(whole.content())))
                : event;
    }

    private static Content possible(Content content) {
        if (content instanceof Content.Text text) {
            return new Content.Text(
                    text.text(),
                    text.citations().stream()
                            .map(ChatCodecPropertiesTest::possible)
                            .toList(),
                    text.cache(),
                    text.signature());
        }
        return content instanceof Content.Opaque opaque && opaque.dialect().equals("openai-chat")
                ? new Content.Opaque(
                        "openai-chat", "reference", new RawJson("{\"type\":\"reference\",\"reference_ids\":[1]}"))
                : content;
    }

    private static Citation possible(Citation citation) {
        return citation instanceof Citation.Opaque opaque && opaque.dialect().equals("openai-chat")
                ? new Citation.Opaque("openai-chat", new RawJson("{\"type\":\"file\",\"file\":{\"hash\":\"h\"}}"))
                : citation;
    }

    private static ChatReply possible(ChatReply reply) {
        List<Choice> choices = reply.choices().stream()
                .map(choice -> new Choice(
                        choice.index(),
                        choice.contents().stream()
                                .map(ChatCodecPropertiesTest::possible)
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
                reply.extras());
    }

    @Property(seed = "1", tries = 600)
    void a_request_that_is_written_and_read_again_is_the_same(@ForAll("requests") ChatRequest request)
            throws CodecException {
        Encoded encoded = ChatBench.CODEC.encodeRequest(request, new EncodingTarget(Conversations.MODEL, null));
        ChatRequest again = ChatBench.request(new String(encoded.body(), UTF_8));
        assertThat(again).isEqualTo(ChatSayable.of(request, Conversations.MODEL));
    }

    @Property(seed = "1", tries = 300)
    void what_was_written_once_is_written_alike_again(@ForAll("requests") ChatRequest request) throws CodecException {
        EncodingTarget target = new EncodingTarget(Conversations.MODEL, null);
        byte[] once = ChatBench.CODEC.encodeRequest(request, target).body();
        byte[] twice = ChatBench.CODEC
                .encodeRequest(ChatBench.request(new String(once, UTF_8)), target)
                .body();
        assertThat(new String(twice, UTF_8)).isEqualTo(new String(once, UTF_8));
    }

    @Property(seed = "1", tries = 600)
    void a_reply_that_is_written_and_read_again_says_the_same(@ForAll("replies") ChatReply reply)
            throws CodecException {
        Encoded encoded = ChatBench.CODEC.encodeReply(reply, ChatBench.context(ChatBench.ASKED));
        ChatReply again = ChatBench.CODEC.decodeReply(encoded.body(), ChatBench.SOURCE);
        assertThat(ChatAnswerLikeness.of(again, EPOCH)).isEqualTo(ChatAnswerLikeness.of(reply, EPOCH));
    }

    @Property(seed = "1", tries = 600)
    void a_stream_that_is_written_and_read_again_says_the_same(@ForAll("streams") List<ChatEvent> events) {
        byte[] stream = ChatBench.stream(events, ChatBench.context(ChatBench.ASKED));
        List<ChatEvent> again = ChatBench.events(stream, ChatBench.SOURCE, stream.length);
        EventGrammar.check(again);
        ReplyBuilder before = built(events);
        ReplyBuilder after = built(again);
        if (before.failure() != null) {
            assertThat(Objects.requireNonNull(after.failure()).kind())
                    .isEqualTo(inStream(before.failure().kind()));
        } else {
            assertThat(ChatAnswerLikeness.of(after.reply(), EPOCH))
                    .isEqualTo(ChatAnswerLikeness.of(before.reply(), EPOCH));
        }
    }

    /** Without a status, a request that is too large is one that is wrong. */
    private static ChatFailure.Kind inStream(ChatFailure.Kind kind) {
        return kind == ChatFailure.Kind.REQUEST_TOO_LARGE ? ChatFailure.Kind.INVALID_REQUEST : kind;
    }

    private static ReplyBuilder built(List<ChatEvent> events) {
        ReplyBuilder builder = new ReplyBuilder();
        events.forEach(builder::on);
        return builder;
    }

    @Property(seed = "1", tries = 60)
    void a_stream_that_is_cut_anywhere_says_the_same(@ForAll("streams") List<ChatEvent> events) {
        byte[] stream = ChatBench.stream(events, ChatBench.context(ChatBench.ASKED));
        List<ChatEvent> whole = ChatBench.events(stream, ChatBench.SOURCE, stream.length);
        for (int piece = 1; piece < 6; piece++) {
            assertThat(ChatBench.events(stream, ChatBench.SOURCE, piece)).isEqualTo(whole);
        }
    }

    @Property(seed = "1", tries = 300)
    void a_failure_that_is_written_and_read_again_is_the_same(@ForAll("failures") ChatFailure failure) {
        EncodedError error = ChatBench.CODEC.encodeError(failure, "req_1");
        ChatFailure again = ChatBench.CODEC.decodeError(error.status(), error.body(), null);
        String code = OpenAiFailures.code(failure);
        assertThat(again)
                .isEqualTo(new ChatFailure(
                        failure.kind(),
                        ProviderMessage.of(failure.message()),
                        code == null ? OpenAiFailures.type(failure.kind()) : code,
                        failure.param(),
                        error.status(),
                        null));
    }

    /**
     * What its client's types do not know is left out: content in a list, files that are cited, and custom tools in a stream, which
     * OpenAI's document has and the client has not.
     */
    private static boolean isOfOpenAi(JsonNode message) {
        boolean listed = message.path("content").isArray();
        for (JsonNode call : message.path("tool_calls")) {
            listed |= call.has("index") && call.path("type").asText().equals("custom");
        }
        for (JsonNode annotation : message.path("annotations")) {
            listed |= !annotation.path("type").asText().equals("url_citation");
        }
        return !listed;
    }

    @Property(seed = "1", tries = 300)
    void openai_s_own_client_takes_every_reply(@ForAll("replies") ChatReply reply) throws IOException {
        ReplyContext context = ChatBench.context(ChatBench.ASKED);
        byte[] body = ChatBench.CODEC.encodeReply(reply, context).body();
        JsonNode tree = ChatRecordings.parsed(new String(body, UTF_8));
        for (JsonNode choice : tree.path("choices")) {
            if (!isOfOpenAi(choice.path("message"))) {
                return;
            }
        }
        ObjectMappers.jsonMapper().readValue(body, ChatCompletion.class).validate();
    }

    @Property(seed = "1", tries = 300)
    void openai_s_own_client_takes_every_chunk(@ForAll("streams") List<ChatEvent> events) throws IOException {
        String stream = new String(ChatBench.stream(events, ChatBench.context(ChatBench.ASKED)), UTF_8);
        for (String line : stream.split("\n", -1)) {
            if (line.startsWith("data: {\"id\"")) {
                JsonNode chunk = ChatRecordings.parsed(line.substring("data: ".length()));
                if (isOfOpenAi(chunk.path("choices").path(0).path("delta"))) {
                    ObjectMappers.jsonMapper()
                            .treeToValue(chunk, ChatCompletionChunk.class)
                            .validate();
                }
            }
        }
    }
}
