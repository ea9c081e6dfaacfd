package dev.serai.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.conversation.Block;
import dev.serai.conversation.ChatEvent;
import dev.serai.conversation.ChatFailure;
import dev.serai.conversation.EventGrammar;
import dev.serai.conversation.FinishReason;
import dev.serai.conversation.Tool;
import dev.serai.conversation.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the client reads is one legal stream, whoever told which part of it. */
class SpliceTest {
    private static final StreamReading.Sink NOWHERE = (bytes, from, to) -> {};
    private static final ChatEvent STARTED = new ChatEvent.Started("id", "m", 1L, input(10));
    private static final ChatEvent FAILED =
            new ChatEvent.Failed(new ChatFailure(ChatFailure.Kind.SERVER_ERROR, "Oops.", null, null, null, null));

    private final List<ChatEvent> read = new ArrayList<>();
    private final Splice splice = new Splice((event, out) -> read.add(event));

    private static Usage input(long tokens) {
        return new Usage(tokens, 0, 0, 0, 0, 0, 0, 0);
    }

    private static Usage output(long tokens) {
        return new Usage(10, 0, 0, 0, 0, tokens, 0, 0);
    }

    private void tells(ChatEvent... events) {
        StreamEncoder teller = splice.next();
        for (ChatEvent event : events) {
            teller.on(event, NOWHERE);
        }
    }

    private static ChatEvent begin(int block, Block kind) {
        return new ChatEvent.BlockStarted(0, block, kind);
    }

    private static ChatEvent text(int block, String text) {
        return new ChatEvent.TextDelta(0, block, text);
    }

    private static ChatEvent end(int block) {
        return new ChatEvent.BlockEnded(0, block);
    }

    private static ChatEvent[] whole(ChatEvent... content) {
        List<ChatEvent> events = new ArrayList<>(List.of(STARTED));
        events.addAll(List.of(content));
        events.add(new ChatEvent.Finished(0, FinishReason.STOP));
        events.add(new ChatEvent.UsageReported(output(7)));
        events.add(new ChatEvent.Ended());
        return events.toArray(new ChatEvent[0]);
    }

    private String textRead() {
        return read.stream()
                .filter(ChatEvent.TextDelta.class::isInstance)
                .map(event -> ((ChatEvent.TextDelta) event).text())
                .collect(Collectors.joining());
    }

    @Test
    void the_text_goes_on_in_the_block_that_was_open() {
        tells(STARTED, begin(0, new Block.Text()), text(0, "Hello "), FAILED);
        assertThat(splice.beginning()).contains("Hello");
        tells(whole(begin(0, new Block.Text()), text(0, " wor"), text(0, "ld"), end(0)));
        EventGrammar.check(read);
        assertThat(textRead()).isEqualTo("Hello world");
        assertThat(read).filteredOn(ChatEvent.BlockStarted.class::isInstance).hasSize(1);
    }

    @Test
    void usage_is_the_sum() {
        tells(STARTED, begin(0, new Block.Text()), text(0, "Hello"), new ChatEvent.UsageReported(output(3)), FAILED);
        tells(whole(begin(0, new Block.Text()), text(0, "!"), end(0)));
        assertThat(read.get(read.size() - 2))
                .isEqualTo(new ChatEvent.UsageReported(output(3).plus(output(7))));
    }

    @Test
    void thinking_before_the_text_is_no_hindrance_and_stays_closed() {
        tells(STARTED, begin(0, new Block.Thinking(false)), new ChatEvent.ThinkingDelta(0, 0, "Hm."), FAILED);
        assertThat(splice.beginning()).contains("");
        tells(whole(begin(0, new Block.Text()), text(0, "Hello"), end(0)));
        EventGrammar.check(read);
        assertThat(textRead()).isEqualTo("Hello");
    }

    @Test
    void what_goes_on_with_thinking_or_a_tool_does_so_in_blocks_of_its_own() {
        tells(STARTED, begin(0, new Block.Text()), text(0, "I look."), FAILED);
        tells(whole(
                begin(0, new Block.Thinking(false)),
                new ChatEvent.ThinkingDelta(0, 0, "Hm."),
                end(0),
                begin(1, new Block.Text()),
                text(1, " There"),
                end(1),
                begin(2, new Block.ToolCall("c", "look", Tool.Kind.FUNCTION)),
                new ChatEvent.ToolArgumentsDelta(0, 2, "{}"),
                end(2)));
        EventGrammar.check(read);
        assertThat(textRead()).isEqualTo("I look. There");
    }

    @Test
    void one_that_has_nothing_to_add_ends_it() {
        tells(STARTED, begin(0, new Block.Text()), text(0, "All of it."), FAILED);
        tells(whole());
        EventGrammar.check(read);
        assertThat(textRead()).isEqualTo("All of it.");
    }

    @Test
    void one_that_fails_before_content_leaves_no_trace() {
        tells(STARTED, begin(0, new Block.Text()), text(0, "Hello"), FAILED);
        int before = read.size();
        tells(STARTED, new ChatEvent.UsageReported(output(5)), begin(0, new Block.Text()), FAILED);
        assertThat(read).hasSize(before);
        tells(whole(begin(0, new Block.Text()), text(0, "!"), end(0)));
        EventGrammar.check(read);
        assertThat(read.get(read.size() - 2))
                .isEqualTo(new ChatEvent.UsageReported(input(10).plus(output(7))));
    }

    @Test
    void three_may_tell() {
        tells(STARTED, begin(0, new Block.Text()), text(0, "one "), FAILED);
        tells(STARTED, begin(0, new Block.Text()), text(0, " two "), FAILED);
        assertThat(splice.beginning()).contains("one two");
        tells(whole(begin(0, new Block.Text()), text(0, " three"), end(0)));
        EventGrammar.check(read);
        assertThat(textRead()).isEqualTo("one two three");
    }

    @Test
    void tools_refusals_and_second_choices_cannot_be_gone_on_with() {
        for (Block kind : List.of(new Block.ToolCall("c", "look", Tool.Kind.FUNCTION), new Block.Refusal())) {
            Splice other = new Splice((event, out) -> {});
            StreamEncoder teller = other.next();
            teller.on(STARTED, NOWHERE);
            teller.on(begin(0, kind), NOWHERE);
            assertThat(other.beginning()).isEmpty();
        }
        tells(STARTED, new ChatEvent.BlockStarted(1, 0, new Block.Text()));
        assertThat(splice.beginning()).isEmpty();
    }
}
