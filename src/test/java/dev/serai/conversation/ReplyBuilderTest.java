package dev.serai.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ReplyBuilderTest {
    private static final ChatEvent START = new ChatEvent.Started("id", "model", 7L, null);

    @Property
    void a_reply_told_as_a_stream_and_collected_is_the_same_reply(@ForAll("replies") ChatReply reply) {
        assertThat(ReplyBuilder.collect(ReplyEvents.of(reply))).isEqualTo(reply);
    }

    @Property
    void how_a_stream_is_cut_and_mixed_does_not_matter(@ForAll("replies") ChatReply reply, @ForAll long seed) {
        List<ChatEvent> mixed = Interleaving.of(ReplyEvents.of(reply), new Random(seed));
        EventGrammar.check(mixed);
        assertThat(ReplyBuilder.collect(mixed)).isEqualTo(reply);
    }

    @Test
    void the_last_usage_replaces_those_before() {
        ReplyBuilder builder = new ReplyBuilder();
        builder.on(new ChatEvent.Started("id", "model", null, usage(1)));
        assertThat(builder.usage()).isEqualTo(usage(1));
        builder.on(new ChatEvent.UsageReported(usage(2)));
        builder.on(new ChatEvent.UsageReported(usage(3)));
        builder.on(new ChatEvent.Finished(0, FinishReason.STOP));
        builder.on(new ChatEvent.Ended());
        assertThat(builder.reply().usage()).isEqualTo(usage(3));
    }

    @Test
    void pieces_of_sound_are_decoded_before_they_are_joined() {
        ChatReply reply = spoken("AQ==", "AgM="); // the bytes 1, and 2 and 3
        assertThat(reply.choices().get(0).contents())
                .containsExactly(new Content.Audio(new Source.Base64("audio/wav", "AQID"), "ab", "audio_1"));
    }

    @Test
    void pieces_of_sound_that_are_no_base64_are_joined_as_they_are() {
        ChatReply reply = spoken("AQ==", "?");
        assertThat(reply.choices().get(0).contents())
                .containsExactly(new Content.Audio(new Source.Base64("audio/wav", "AQ==?"), "ab", "audio_1"));
    }

    private static ChatReply spoken(String first, String second) {
        return ReplyBuilder.collect(List.of(
                START,
                new ChatEvent.BlockStarted(0, 0, new Block.Audio("audio_1", "audio/wav")),
                new ChatEvent.AudioDelta(0, 0, first, "a"),
                new ChatEvent.AudioDelta(0, 0, second, "b"),
                new ChatEvent.BlockEnded(0, 0),
                new ChatEvent.Finished(0, FinishReason.STOP),
                new ChatEvent.Ended()));
    }

    @Test
    void a_stream_that_failed_has_a_failure_and_a_usage_and_no_reply() {
        ChatFailure failure = new ChatFailure(ChatFailure.Kind.OVERLOADED, "busy");
        ReplyBuilder builder = new ReplyBuilder();
        builder.on(START);
        builder.on(new ChatEvent.UsageReported(usage(2)));
        builder.on(new ChatEvent.Failed(failure));
        assertThat(builder.failure()).isEqualTo(failure);
        assertThat(builder.usage()).isEqualTo(usage(2));
        assertThatThrownBy(builder::reply)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("busy");
    }

    @Test
    void a_stream_that_goes_on_has_no_reply_yet() {
        ReplyBuilder builder = new ReplyBuilder();
        builder.on(START);
        assertThatThrownBy(builder::reply).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_reply_without_a_choice_is_no_stream() {
        ChatReply empty = new ChatReply("id", "model", null, List.of(), Usage.NONE, null, List.of());
        assertThatThrownBy(() -> ReplyEvents.of(empty)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Usage usage(long output) {
        return new Usage(10, 0, 0, 0, 0, output, 0, 0);
    }

    @Provide
    Arbitrary<ChatReply> replies() {
        return Conversations.chatReplies();
    }
}
