package dev.serai.dialect;

import dev.serai.conversation.ChatEvent;
import dev.serai.conversation.ChatFailure;
import dev.serai.sse.SseEvent;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads one streamed reply of a provider: an explicit state machine that turns the events of its dialect into a legal sequence of
 * {@link ChatEvent}s, however odd the provider's own sequence is. One instance per stream, one thread at a time; throws nothing, and
 * keeps nothing of an event longer than the call but what it has to say later.
 */
public interface StreamDecoder {
    /**
     * Takes the next event and hands over at once, in order, what it says: nothing for a comment or a ping, one event or several
     * otherwise. What is no event of the dialect, and an error that the provider reports, is {@link ChatEvent.Failed}. Events behind
     * the end are ignored.
     */
    void on(SseEvent event, Consumer<ChatEvent> out);

    /**
     * Nothing more will come. Hands over {@link ChatEvent.Ended} if the answer was whole, also without the dialect's terminal event
     * (every choice has finished); otherwise {@link ChatEvent.Failed}; nothing if the end was handed over before.
     *
     * @param why what broke the connection or the clock that ran out; null if the provider ended the stream itself
     */
    void end(@Nullable ChatFailure why, Consumer<ChatEvent> out);
}
