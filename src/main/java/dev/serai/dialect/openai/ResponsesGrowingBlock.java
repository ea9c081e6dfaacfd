package dev.serai.dialect.openai;

import dev.serai.conversation.Block;
import dev.serai.conversation.ChatEvent;
import dev.serai.dialect.WholeCharacters;

/**
 * A block that grows by pieces, and at last is told whole: what the pieces left out is then added. Of text, thinking and refusals only
 * one is open at a time: it is suspended when anything else opens, and more of it is a new block. Not thread-safe.
 */
final class ResponsesGrowingBlock {
    /** The event for a piece of this kind of block. */
    @FunctionalInterface
    interface Delta {
        ChatEvent of(int choice, int block, String text);
    }

    /** What is said about a block. */
    @FunctionalInterface
    interface Remark {
        ChatEvent of(int block);
    }

    private enum State {
        OPEN,
        SUSPENDED,
        OVER
    }

    private final ResponsesEmission emission;
    private final Block kind;
    private final Delta delta;
    private final WholeCharacters characters = new WholeCharacters();
    private State state = State.OPEN;
    private int number;
    private int received;
    private int hash;

    ResponsesGrowingBlock(ResponsesEmission emission, Block kind, Delta delta) {
        this.emission = emission;
        this.kind = kind;
        this.delta = delta;
        this.number = emission.open(kind, this);
    }

    boolean isOpen() {
        return state == State.OPEN;
    }

    void add(String piece) {
        if (state != State.OVER) {
            received += piece.length();
            hash = hash(hash, piece, piece.length());
            say(characters.next(piece));
        }
    }

    /** The whole text. Nothing is added if the pieces were not its beginning: what was said cannot be taken back. */
    void complete(String whole) {
        if (whole.length() > received && hash(0, whole, received) == hash) {
            add(whole.substring(received));
        }
    }

    private static int hash(int begun, String text, int length) {
        int hash = begun;
        for (int i = 0; i < length; i++) {
            hash = 31 * hash + text.charAt(i);
        }
        return hash;
    }

    private void say(String text) {
        if (!text.isEmpty()) {
            resume();
            emission.tell(delta.of(0, number, text));
        }
    }

    /** Says something about the block, unless it is over. */
    void tell(Remark remark) {
        if (state != State.OVER) {
            resume();
            emission.tell(remark.of(number));
        }
    }

    private void resume() {
        if (state == State.SUSPENDED) {
            state = State.OPEN;
            number = emission.open(kind, this);
        }
    }

    /** Something else opens. */
    void suspend() {
        if (state == State.OPEN) {
            state = State.SUSPENDED;
            emission.close(number);
        }
    }

    void end() {
        if (state == State.OPEN) {
            say(characters.rest());
            emission.close(number);
        }
        state = State.OVER;
    }
}
