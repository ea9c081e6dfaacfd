package dev.serai.dialect;

import dev.serai.conversation.ChatEvent;

/**
 * Writes one streamed reply to a client: an explicit state machine that turns a legal sequence of {@link ChatEvent}s into the bytes of
 * its dialect, framed. One instance per stream, one thread at a time; throws nothing on a legal sequence.
 */
public interface StreamEncoder {
    /**
     * Writes at once what the dialect says for the event: nothing, one frame or several. It may hold back the pieces of a tool call
     * while an earlier block is open, if its dialect allows one open block at a time, and nothing else. {@link ChatEvent.Ended} writes
     * the dialect's terminal events, {@link ChatEvent.Failed} its error event and no terminal one.
     */
    void on(ChatEvent event, StreamReading.Sink out);
}
