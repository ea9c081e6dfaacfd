package dev.serai.dialect.openai;

import dev.serai.conversation.Block;
import dev.serai.conversation.ChatEvent;
import dev.serai.dialect.WholeCharacters;

/** A block that grows by pieces, and at last is told whole: what the pieces left out is then added. Not thread-safe. */
final class ResponsesGrowingBlock {
    /** The event for a piece of this kind of block. */
    @FunctionalInterface
    interface Delta {
        ChatEvent of(int choice, int block, String text);
    }

    private final ResponsesEmission emission;
    private final Delta delta;
    private final int number;
    private final WholeCharacters characters = new WholeCharacters();
    private int received;
    private int hash;
    private boolean over;

    ResponsesGrowingBlock(ResponsesEmission emission, Block kind, Delta delta) {
        this.emission = emission;
        this.delta = delta;
        this.number = emission.open(kind);
        emission.grows(this);
    }

    int number() {
        return number;
    }

    boolean isOver() {
        return over;
    }

    void add(String piece) {
        if (!over) {
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
            emission.tell(delta.of(0, number, text));
        }
    }

    void end() {
        if (!over) {
            say(characters.rest());
            over = true;
            emission.isOver(this);
            emission.close(number);
        }
    }

    /** Says something about the block, while it is open. */
    void tell(ChatEvent event) {
        if (!over) {
            emission.tell(event);
        }
    }
}
