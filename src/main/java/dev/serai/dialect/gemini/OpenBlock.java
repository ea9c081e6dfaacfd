package dev.serai.dialect.gemini;

import dev.serai.dialect.WholeCharacters;

/** The block of a candidate that more can come for. */
sealed interface OpenBlock {
    /** None. */
    record Closed() implements OpenBlock {}

    /** A text: its words so far, which places of citations are counted in. A signature is its last word. */
    record Words(int number, StringBuilder said, WholeCharacters characters, boolean signed) implements OpenBlock {
        Words(int number) {
            this(number, new StringBuilder(), new WholeCharacters(), false);
        }

        Words withSignature() {
            return new Words(number, said, characters, true);
        }
    }

    /** Thinking. A signature is its last word. */
    record Thought(int number, WholeCharacters characters, boolean signed) implements OpenBlock {
        Thought(int number) {
            this(number, new WholeCharacters(), false);
        }

        Thought withSignature() {
            return new Thought(number, characters, true);
        }
    }

    /** Sound of one media type. */
    record Sound(int number, String mediaType) implements OpenBlock {}

    /** A call whose arguments come in pieces. */
    record Call(int number, PartialArguments arguments) implements OpenBlock {}
}
