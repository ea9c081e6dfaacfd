package dev.serai.dialect.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.conversation.ChatEvent;
import dev.serai.conversation.ChatReply;
import dev.serai.conversation.ChatRequest;
import dev.serai.conversation.Content;
import dev.serai.conversation.Conversations;
import dev.serai.conversation.EventGrammar;
import dev.serai.conversation.Message;
import dev.serai.conversation.RawJson;
import dev.serai.conversation.ReplyBuilder;
import dev.serai.dialect.CodecException;
import dev.serai.dialect.EncodingTarget;
import dev.serai.dialect.ReplyContext;
import dev.serai.dialect.ReplySource;
import dev.serai.json.JsonDocument;
import dev.serai.json.JsonException;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What is said in responses is read again as it was, within what the dialect can say: {@link ResponsesSayable}. */
class ResponsesPropertiesTest {
    private static final OpenAiResponsesCodec CODEC = new OpenAiResponsesCodec();

    @Property(seed = "1", tries = 500, edgeCases = EdgeCasesMode.NONE)
    void a_request_is_read_again_as_it_was(@ForAll("requests") ChatRequest request)
            throws CodecException, JsonException {
        byte[] body = CODEC.encodeRequest(request, new EncodingTarget(Conversations.MODEL, null))
                .body();
        ChatRequest read = CODEC.decodeRequest(new OpenAiResponses().readRequest(JsonDocument.parse(body)));
        assertThat(joined(read)).isEqualTo(ResponsesSayable.afterRequest(request, Conversations.MODEL));
    }

    private static ChatRequest joined(ChatRequest request) {
        return request.toBuilder().messages(Message.joined(request.messages())).build();
    }

    @Property(seed = "1", tries = 500, edgeCases = EdgeCasesMode.NONE)
    void a_reply_is_read_again_as_it_was(@ForAll("replies") ChatReply reply) throws CodecException {
        byte[] body = CODEC.encodeReply(reply, context()).body();
        assertThat(CODEC.decodeReply(body, ReplySource.of("m", OpenAiResponsesCodec.ID)))
                .isEqualTo(ResponsesSayable.afterReply(reply));
    }

    @Property(seed = "1", tries = 500, edgeCases = EdgeCasesMode.NONE)
    void a_stream_is_read_again_as_the_reply_it_was(@ForAll("streams") List<ChatEvent> events) {
        ReplyBuilder told = new ReplyBuilder();
        events.forEach(told::on);
        List<ChatEvent> read = ResponsesStreams.decode(ResponsesStreams.encode(events, context()));
        EventGrammar.check(read);
        ReplyBuilder heard = new ReplyBuilder();
        read.forEach(heard::on);
        if (told.failure() == null) {
            assertThat(heard.reply()).isEqualTo(ResponsesSayable.afterReply(told.reply()));
        } else {
            assertThat(heard.failure()).isNotNull();
            assertThat(heard.failure().kind()).isEqualTo(told.failure().kind());
        }
    }

    @Property(seed = "1", tries = 50, edgeCases = EdgeCasesMode.NONE)
    void a_stream_cut_at_every_byte_gives_the_same_events(@ForAll("streams") List<ChatEvent> events) {
        byte[] stream = ResponsesStreams.encode(events, context());
        assertThat(ResponsesStreams.decode(stream, 1)).isEqualTo(ResponsesStreams.decode(stream));
    }

    @Property(seed = "1", tries = 200, edgeCases = EdgeCasesMode.NONE)
    void a_reply_and_the_end_of_its_stream_are_the_same(@ForAll("replies") ChatReply reply) {
        byte[] whole = CODEC.encodeReply(reply, context()).body();
        byte[] stream = ResponsesStreams.encode(dev.serai.conversation.ReplyEvents.of(reply), context());
        List<String> lines = new String(stream, UTF_8)
                .lines()
                .filter(line -> line.startsWith("data: "))
                .toList();
        assertThat(lines.get(lines.size() - 1)).contains(new String(whole, UTF_8));
    }

    private static ReplyContext context() {
        return new ReplyContext(ChatRequest.builder("m").build(), "abc", 1, ReplyContext.Framing.SSE);
    }

    @Provide
    Arbitrary<ChatRequest> requests() {
        return Conversations.chatRequests().map(ResponsesPropertiesTest::withTypedItems);
    }

    /** An item of responses has a type. */
    private static ChatRequest withTypedItems(ChatRequest request) {
        List<Message> messages = request.messages().stream()
                .map(message -> new Message(
                        message.role(),
                        message.contents().stream()
                                .map(ResponsesPropertiesTest::typed)
                                .toList(),
                        message.name()))
                .toList();
        return request.toBuilder().messages(messages).build();
    }

    private static Content typed(Content content) {
        if (!(content instanceof Content.Opaque opaque) || !opaque.dialect().equals(OpenAiResponsesCodec.ID)) {
            return content;
        }
        String members = opaque.json().text().substring(1);
        String separator = members.equals("}") ? "" : ",";
        RawJson json = new RawJson("{\"type\":\"" + opaque.kind() + "\"" + separator + members);
        return new Content.Opaque(opaque.dialect(), opaque.kind(), json);
    }

    @Provide
    Arbitrary<ChatReply> replies() {
        return Conversations.chatReplies();
    }

    @Provide
    Arbitrary<List<ChatEvent>> streams() {
        return Conversations.streams();
    }
}
