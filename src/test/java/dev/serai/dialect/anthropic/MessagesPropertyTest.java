package dev.serai.dialect.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.conversation.Block;
import dev.serai.conversation.ChatEvent;
import dev.serai.conversation.ChatFailure;
import dev.serai.conversation.ChatReply;
import dev.serai.conversation.ChatRequest;
import dev.serai.conversation.Choice;
import dev.serai.conversation.Content;
import dev.serai.conversation.Conversations;
import dev.serai.conversation.Delivery;
import dev.serai.conversation.EventGrammar;
import dev.serai.conversation.FinishReason;
import dev.serai.conversation.Message;
import dev.serai.conversation.ReplyBuilder;
import dev.serai.conversation.ServiceTier;
import dev.serai.conversation.Usage;
import dev.serai.dialect.ChatCodec.EncodedError;
import dev.serai.dialect.CodecException;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** What is said in Messages and read again is what the dialect can say of it: see {@link MessagesSayable}, {@link RequestSayable}. */
class MessagesPropertyTest {
    @Property(seed = "1")
    void a_request_that_was_written_is_read_as_what_can_be_said_of_it(@ForAll("requests") ChatRequest request)
            throws CodecException {
        ChatRequest left = RequestSayable.of(request);
        if (left == null) {
            assertThatThrownBy(() -> Wire.encode(request)).isInstanceOf(CodecException.class);
            return;
        }
        String written = Wire.text(Wire.encode(request));
        assertThat(Wire.request(written)).as(written).isEqualTo(left);
    }

    @Property(seed = "1")
    void what_can_be_said_is_said_without_dropping_anything_more(@ForAll("requests") ChatRequest request)
            throws CodecException {
        ChatRequest left = RequestSayable.of(request);
        if (left != null) {
            assertThat(Wire.dropped(Wire.encode(left))).isEmpty();
        }
    }

    @Property(seed = "1")
    void a_reply_that_was_written_is_read_as_what_can_be_said_of_it(@ForAll("replies") ChatReply reply)
            throws CodecException {
        String written = Wire.text(Wire.encode(reply));
        assertThat(Wire.reply(written)).as(written).isEqualTo(left(reply, false));
    }

    @Property(seed = "1")
    void a_stream_that_was_written_is_read_as_what_can_be_said_of_it(@ForAll("streams") List<ChatEvent> events) {
        String written = Wire.stream(events);
        List<ChatEvent> read = Wire.events(written);
        EventGrammar.check(read);
        if (events.get(events.size() - 1) instanceof ChatEvent.Failed failed) {
            assertThat(read.get(read.size() - 1)).isInstanceOfSatisfying(ChatEvent.Failed.class, last -> assertThat(
                            last.failure().kind())
                    .isEqualTo(kind(failed.failure())));
        } else {
            assertThat(ReplyBuilder.collect(read)).as(written).isEqualTo(left(ReplyBuilder.collect(events), true));
        }
    }

    @Property(seed = "1", tries = 200)
    void a_stream_cut_anywhere_gives_the_same_events(
            @ForAll("streams") List<ChatEvent> events, @ForAll("pieces") int piece) {
        byte[] written = Wire.stream(events).getBytes(UTF_8);
        assertThat(Wire.events(written, piece)).isEqualTo(Wire.events(written, written.length));
    }

    @Property(seed = "1")
    void a_stream_that_breaks_off_anywhere_ends_whole_or_fails(
            @ForAll("streams") List<ChatEvent> events, @ForAll("pieces") int cut) {
        String written = Wire.stream(events);
        EventGrammar.check(Wire.events(written.substring(0, written.length() * cut / 100)));
    }

    @Property(seed = "1")
    void a_failure_that_was_written_is_read_as_the_same_kind(@ForAll("failures") ChatFailure failure) {
        EncodedError error = Wire.CODEC.encodeError(failure, "req_1");
        ChatFailure read = Wire.CODEC.decodeError(error.status(), error.body(), failure.retryAfter());
        assertThat(read.kind()).isEqualTo(kind(failure));
        assertThat(read.retryAfter()).isEqualTo(failure.retryAfter());
    }

    /** A filter's words are the provider's own. */
    private static ChatFailure.Kind kind(ChatFailure failure) {
        return failure.kind() == ChatFailure.Kind.CONTENT_FILTER ? ChatFailure.Kind.INVALID_REQUEST : failure.kind();
    }

    private static ChatReply left(ChatReply reply, boolean streamed) {
        Choice choice = reply.choices().get(0);
        boolean calls = choice.contents().stream().anyMatch(Content.ToolCall.class::isInstance);
        FinishReason reason = StopReasons.read(StopReasons.write(choice.finishReason(), calls), calls);
        Choice left = new Choice(
                0, MessagesSayable.ofReply(choice.contents(), streamed), reason, choice.stopSequence(), null);
        Usage usage = reply.usage();
        return new ChatReply(
                reply.id(),
                reply.model(),
                null,
                List.of(left),
                new Usage(
                        usage.input() + usage.inputAudio(),
                        usage.cacheRead(),
                        usage.cacheWrite5m(),
                        usage.cacheWrite1h(),
                        0,
                        usage.output() + usage.outputAudio(),
                        usage.reasoning(),
                        0),
                tier(reply.serviceTier()),
                MessagesSayable.extras(reply.extras()));
    }

    private static @Nullable ServiceTier tier(@Nullable ServiceTier tier) {
        return MessageUsage.word(tier) == null ? null : tier;
    }

    @Provide
    Arbitrary<ChatRequest> requests() {
        return Conversations.chatRequests().map(request -> {
            Delivery said = request.delivery();
            List<Message> messages = request.messages().stream()
                    .map(message ->
                            new Message(message.role(), MessagesSayable.typed(message.contents()), message.name()))
                    .toList();
            return request.toBuilder()
                    .messages(messages)
                    .delivery(new Delivery(said.stream(), said.includeUsage(), said.serviceTier(), said.store(), null))
                    .build();
        });
    }

    @Provide
    Arbitrary<ChatReply> replies() {
        return Conversations.chatReplies()
                .map(reply -> new ChatReply(
                        reply.id(),
                        reply.model(),
                        reply.createdEpochSeconds(),
                        reply.choices().stream()
                                .map(choice -> new Choice(
                                        choice.index(),
                                        MessagesSayable.typed(choice.contents()),
                                        choice.finishReason(),
                                        choice.stopSequence(),
                                        choice.logprobs()))
                                .toList(),
                        reply.usage(),
                        reply.serviceTier(),
                        reply.extras()));
    }

    @Provide
    Arbitrary<List<ChatEvent>> streams() {
        return Conversations.streams().map(events -> {
            List<ChatEvent> typed = new ArrayList<>();
            for (ChatEvent event : events) {
                boolean whole =
                        event instanceof ChatEvent.BlockStarted started && started.kind() instanceof Block.Whole;
                typed.add(whole ? typed((ChatEvent.BlockStarted) event) : event);
            }
            return typed;
        });
    }

    private static ChatEvent typed(ChatEvent.BlockStarted event) {
        Content content = ((Block.Whole) event.kind()).content();
        Block.Whole typed =
                new Block.Whole(MessagesSayable.typed(List.of(content)).get(0));
        return new ChatEvent.BlockStarted(event.choice(), event.block(), typed);
    }

    @Provide
    Arbitrary<ChatFailure> failures() {
        return Conversations.failures();
    }

    @Provide
    Arbitrary<Integer> pieces() {
        return Arbitraries.integers().between(1, 99);
    }
}
