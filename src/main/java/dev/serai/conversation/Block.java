package dev.serai.conversation;

import org.jspecify.annotations.Nullable;

/** What kind of content a block of a stream holds, as far as that is known when it opens. */
public sealed interface Block {
    /** Grows by {@link ChatEvent.TextDelta}; may be signed and cited. */
    record Text() implements Block {}

    /**
     * Grows by {@link ChatEvent.ThinkingDelta}; may be signed.
     *
     * @param summary see {@link Content.Thinking}
     */
    record Thinking(boolean summary) implements Block {}

    /** Grows by {@link ChatEvent.ToolArgumentsDelta}; may be signed. A decoder opens it when it knows both the id and the name. */
    record ToolCall(String id, String name, Tool.Kind kind) implements Block {
        public ToolCall {
            if (id.isEmpty()) {
                throw new IllegalArgumentException("a tool call has an id");
            }
        }
    }

    /** Grows by {@link ChatEvent.RefusalDelta}. */
    record Refusal() implements Block {}

    /**
     * Grows by {@link ChatEvent.AudioDelta}.
     *
     * @param id        see {@link Content.Audio}
     * @param mediaType null if not stated
     */
    record Audio(@Nullable String id, @Nullable String mediaType) implements Block {}

    /** Comes in one piece and does not grow: an image, redacted thinking, an item that only one dialect knows. */
    record Whole(Content content) implements Block {
        public Whole {
            if (content instanceof Content.Text
                    || content instanceof Content.Thinking
                    || content instanceof Content.ToolCall
                    || content instanceof Content.Refusal) {
                throw new IllegalArgumentException("this kind of content grows in a block of its own");
            }
        }
    }
}
