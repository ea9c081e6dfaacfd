package dev.serai.dialect.gemini;

/** The block of a candidate that more can come for. */
sealed interface OpenBlock {
    /** None. */
    record Closed() implements OpenBlock {}

    /** A text: its words so far, which places of citations are counted in. A signature is its last word. */
    record Words(int number, StringBuilder said, boolean signed) implements OpenBlock {}

    /** Thinking. A signature is its last word. */
    record Thought(int number, boolean signed) implements OpenBlock {}

    /** Sound of one media type. */
    record Sound(int number, String mediaType) implements OpenBlock {}

    /** A call whose arguments come in pieces. */
    record Call(int number, PartialArguments arguments) implements OpenBlock {}
}
