package dev.serai.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.conversation.ChatEvent.BlockEnded;
import dev.serai.conversation.ChatEvent.BlockStarted;
import dev.serai.conversation.ChatEvent.CitationAdded;
import dev.serai.conversation.ChatEvent.Ended;
import dev.serai.conversation.ChatEvent.Failed;
import dev.serai.conversation.ChatEvent.Finished;
import dev.serai.conversation.ChatEvent.LogprobsAdded;
import dev.serai.conversation.ChatEvent.SignatureAdded;
import dev.serai.conversation.ChatEvent.Started;
import dev.serai.conversation.ChatEvent.TextDelta;
import dev.serai.conversation.ChatEvent.ThinkingDelta;
import dev.serai.conversation.ChatEvent.ToolArgumentsDelta;
import dev.serai.conversation.ChatEvent.UsageReported;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EventGrammarTest {
    private static final ChatEvent START = new Started("id", "model", null, null);
    private static final ChatEvent TEXT = new BlockStarted(0, 0, new Block.Text());
    private static final ChatEvent HELLO = new TextDelta(0, 0, "Hello");
    private static final ChatEvent CLOSE = new BlockEnded(0, 0);
    private static final ChatEvent FINISH = new Finished(0, FinishReason.STOP);
    private static final ChatEvent END = new Ended();
    private static final ChatEvent USAGE = new UsageReported(Usage.NONE);
    private static final ChatEvent FAIL = new Failed(new ChatFailure(ChatFailure.Kind.OVERLOADED, "busy"));
    private static final ChatEvent SIGN = new SignatureAdded(0, 0, new Signature("s", "gemini", null));
    private static final ChatEvent CITE =
            new CitationAdded(0, 0, new Citation.Web("https://example.com", null, null, null, null));

    static Stream<List<ChatEvent>> legal() {
        return Stream.of(
                List.of(START, TEXT, HELLO, CITE, HELLO, SIGN, CLOSE, FINISH, USAGE, END),
                List.of(START, FINISH, END),
                List.of(START, USAGE, TEXT, USAGE, CLOSE, FINISH, END),
                List.of(FAIL),
                List.of(START, TEXT, HELLO, FAIL),
                List.of(START, call(0), call(1), arguments(1), arguments(0), ends(0), ends(1), FINISH, END),
                List.of(START, TEXT, CLOSE, new BlockStarted(0, 1, new Block.Text()), ends(1), FINISH, END),
                List.of(START, TEXT, new Finished(2, FinishReason.STOP), CLOSE, FINISH, END));
    }

    @ParameterizedTest
    @MethodSource
    void legal(List<ChatEvent> events) {
        assertThatCode(() -> EventGrammar.check(events)).doesNotThrowAnyException();
    }

    static Stream<Arguments> illegal() {
        return Stream.of(
                Arguments.of("a stream begins with its start", List.of(TEXT)),
                Arguments.of("a stream begins with its start", List.of(USAGE)),
                Arguments.of("a stream starts once", List.of(START, START)),
                Arguments.of("a stream ends with its end or its failure", List.of()),
                Arguments.of("a stream ends with its end or its failure", List.of(START, FINISH)),
                Arguments.of("nothing follows the end", List.of(START, FINISH, END, USAGE)),
                Arguments.of("nothing follows the end", List.of(START, FINISH, END, END)),
                Arguments.of("nothing follows the end", List.of(FAIL, START)),
                Arguments.of("choices are counted from 0", List.of(START, new Finished(-1, FinishReason.STOP))),
                Arguments.of("an answer has a choice", List.of(START, END)),
                Arguments.of("every choice is finished", List.of(START, TEXT, CLOSE, END)),
                Arguments.of(
                        "every choice is finished",
                        List.of(START, new LogprobsAdded(1, new Logprobs(List.of(), List.of())), FINISH, END)),
                Arguments.of("nothing follows for a choice that is finished", List.of(START, FINISH, FINISH)),
                Arguments.of("nothing follows for a choice that is finished", List.of(START, FINISH, TEXT)),
                Arguments.of("blocks are closed before their choice finishes", List.of(START, TEXT, FINISH)),
                Arguments.of("numbered in the order in which they open", List.of(START, call(1))),
                Arguments.of("numbered in the order in which they open", List.of(START, TEXT, CLOSE, TEXT)),
                Arguments.of("the block is open", List.of(START, HELLO)),
                Arguments.of("the block is open", List.of(START, TEXT, CLOSE, HELLO)),
                Arguments.of("the block is open", List.of(START, TEXT, CLOSE, CLOSE)),
                Arguments.of("takes what is of its kind", List.of(START, TEXT, new ThinkingDelta(0, 0, "hm"))),
                Arguments.of("takes what is of its kind", List.of(START, TEXT, arguments(0))),
                Arguments.of("takes what is of its kind", List.of(START, call(0), HELLO)),
                Arguments.of("takes what is of its kind", List.of(START, call(0), CITE)),
                Arguments.of("takes what is of its kind", List.of(START, whole(), HELLO)),
                Arguments.of("takes what is of its kind", List.of(START, whole(), SIGN)),
                Arguments.of("a delta is never empty", List.of(START, TEXT, new TextDelta(0, 0, ""))),
                Arguments.of("a delta is never empty", List.of(START, call(0), new ToolArgumentsDelta(0, 0, ""))),
                Arguments.of(
                        "a delta is never empty",
                        List.of(
                                START,
                                new BlockStarted(0, 0, new Block.Audio(null, null)),
                                new ChatEvent.AudioDelta(0, 0, "", ""))),
                Arguments.of("a block is signed once", List.of(START, TEXT, SIGN, SIGN)));
    }

    @ParameterizedTest
    @MethodSource
    void illegal(String rule, List<ChatEvent> events) {
        assertThatThrownBy(() -> EventGrammar.check(events))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(rule);
    }

    @Test
    void the_message_says_which_event_breaks_the_rule() {
        assertThatThrownBy(() -> EventGrammar.check(List.of(START, TEXT, START)))
                .hasMessageStartingWith("event 2, Started[");
    }

    @Property
    void what_the_arbitrary_makes_is_legal(@ForAll("streams") List<ChatEvent> events) {
        EventGrammar.check(events);
    }

    @Property(tries = 300)
    void a_legal_stream_without_its_last_event_is_not_legal(@ForAll("streams") List<ChatEvent> events) {
        List<ChatEvent> cut = new ArrayList<>(events.subList(0, events.size() - 1));
        assertThatThrownBy(() -> EventGrammar.check(cut)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void the_arbitrary_interleaves_parallel_calls_and_choices() {
        List<List<ChatEvent>> samples =
                Conversations.streams().sampleStream().limit(2_000).toList();
        assertThat(samples).anyMatch(EventGrammarTest::hasTwoOpenCalls);
        assertThat(samples).anyMatch(events -> events.get(events.size() - 1) instanceof Failed);
    }

    private static boolean hasTwoOpenCalls(List<ChatEvent> events) {
        int open = 0;
        for (ChatEvent event : events) {
            if (event instanceof BlockStarted started && started.choice() == 0) {
                open++;
            } else if (event instanceof BlockEnded ended && ended.choice() == 0) {
                open--;
            }
            if (open > 1) {
                return true;
            }
        }
        return false;
    }

    @Provide
    Arbitrary<List<ChatEvent>> streams() {
        return Conversations.streams();
    }

    private static ChatEvent call(int block) {
        return new BlockStarted(0, block, new Block.ToolCall("call_" + block, "f", Tool.Kind.FUNCTION));
    }

    private static ChatEvent arguments(int block) {
        return new ToolArgumentsDelta(0, block, "{}");
    }

    private static ChatEvent ends(int block) {
        return new BlockEnded(0, block);
    }

    private static ChatEvent whole() {
        return new BlockStarted(
                0, 0, new Block.Whole(new Content.RedactedThinking(new Signature("s", "anthropic-messages", null))));
    }
}
