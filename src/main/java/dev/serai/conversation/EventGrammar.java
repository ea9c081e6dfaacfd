package dev.serai.conversation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks that a stream is legal as {@link ChatEvent} says. One instance per stream; not thread-safe. */
public final class EventGrammar {
    private enum State {
        BEFORE,
        WITHIN,
        OVER
    }

    private final Map<Integer, BlocksOfChoice> choices = new HashMap<>();
    private State state = State.BEFORE;

    /**
     * Checks a whole stream.
     *
     * @throws IllegalStateException with the number of the event, from 0, and the rule that it breaks
     */
    public static void check(List<ChatEvent> events) {
        EventGrammar grammar = new EventGrammar();
        for (int i = 0; i < events.size(); i++) {
            try {
                grammar.on(events.get(i));
            } catch (IllegalStateException e) {
                throw new IllegalStateException("event " + i + ", " + events.get(i) + ": " + e.getMessage(), e);
            }
        }
        grammar.end();
    }

    /**
     * Checks the next event.
     *
     * @throws IllegalStateException with the rule that it breaks
     */
    public void on(ChatEvent event) {
        require(state != State.OVER, "nothing follows the end");
        if (event instanceof ChatEvent.Failed) {
            state = State.OVER;
        } else if (event instanceof ChatEvent.Started) {
            require(state == State.BEFORE, "a stream starts once");
            state = State.WITHIN;
        } else {
            require(state == State.WITHIN, "a stream begins with its start");
            within(event);
        }
    }

    /**
     * Nothing more will come.
     *
     * @throws IllegalStateException if the stream has no end
     */
    public void end() {
        require(state == State.OVER, "a stream ends with its end or its failure");
    }

    private void within(ChatEvent event) {
        if (event instanceof ChatEvent.OfChoice ofChoice) {
            require(ofChoice.choice() >= 0, "choices are counted from 0");
            choices.computeIfAbsent(ofChoice.choice(), index -> new BlocksOfChoice())
                    .on(ofChoice);
        } else if (event instanceof ChatEvent.Ended) {
            require(!choices.isEmpty(), "an answer has a choice");
            require(choices.values().stream().allMatch(choice -> choice.finished), "every choice is finished");
            state = State.OVER;
        }
    }

    private static void require(boolean legal, String rule) {
        if (!legal) {
            throw new IllegalStateException(rule);
        }
    }

    /** The blocks of one choice. */
    private static final class BlocksOfChoice {
        private final Map<Integer, Block> open = new HashMap<>();
        private final Set<Integer> signed = new HashSet<>();
        private int next;
        private boolean finished;

        void on(ChatEvent.OfChoice event) {
            require(!finished, "nothing follows for a choice that is finished");
            if (event instanceof ChatEvent.BlockStarted started) {
                require(started.block() == next, "blocks are numbered in the order in which they open");
                open.put(next++, started.kind());
            } else if (event instanceof ChatEvent.OfBlock ofBlock) {
                Block block = open.get(ofBlock.block());
                if (block == null) {
                    throw new IllegalStateException("the block is open");
                }
                inBlock(ofBlock, block);
            } else if (event instanceof ChatEvent.Finished) {
                require(open.isEmpty(), "blocks are closed before their choice finishes");
                finished = true;
            }
        }

        private void inBlock(ChatEvent.OfBlock event, Block block) {
            if (event instanceof ChatEvent.BlockEnded) {
                open.remove(event.block());
                return;
            }
            require(takes(block, event), "a " + block.getClass().getSimpleName() + " block takes what is of its kind");
            require(!isEmpty(event), "a delta is never empty");
            if (event instanceof ChatEvent.SignatureAdded) {
                require(signed.add(event.block()), "a block is signed once");
            }
        }

        private static boolean takes(Block block, ChatEvent.OfBlock event) {
            if (block instanceof Block.Text) {
                return event instanceof ChatEvent.TextDelta
                        || event instanceof ChatEvent.CitationAdded
                        || event instanceof ChatEvent.SignatureAdded;
            }
            if (block instanceof Block.Thinking) {
                return event instanceof ChatEvent.ThinkingDelta || event instanceof ChatEvent.SignatureAdded;
            }
            if (block instanceof Block.ToolCall) {
                return event instanceof ChatEvent.ToolArgumentsDelta || event instanceof ChatEvent.SignatureAdded;
            }
            if (block instanceof Block.Audio) {
                return event instanceof ChatEvent.AudioDelta;
            }
            return block instanceof Block.Refusal && event instanceof ChatEvent.RefusalDelta;
        }

        private static boolean isEmpty(ChatEvent.OfBlock event) {
            if (event instanceof ChatEvent.TextDelta delta) {
                return delta.text().isEmpty();
            }
            if (event instanceof ChatEvent.ThinkingDelta delta) {
                return delta.text().isEmpty();
            }
            if (event instanceof ChatEvent.ToolArgumentsDelta delta) {
                return delta.text().isEmpty();
            }
            if (event instanceof ChatEvent.RefusalDelta delta) {
                return delta.text().isEmpty();
            }
            return event instanceof ChatEvent.AudioDelta delta
                    && delta.data().isEmpty()
                    && delta.transcript().isEmpty();
        }
    }
}
