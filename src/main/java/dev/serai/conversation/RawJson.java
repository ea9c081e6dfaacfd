package dev.serai.conversation;

/**
 * A JSON value as its text. The model knows no JSON library, and what passes from one provider to another must not lose a digit
 * or an order of keys on the way. Two are equal if their texts are.
 *
 * @param text one valid JSON value; whoever makes one from what a client or provider sent has parsed it
 */
public record RawJson(String text) {
    /** The object without members. */
    public static final RawJson EMPTY_OBJECT = new RawJson("{}");

    public RawJson {
        if (text.isBlank()) {
            throw new IllegalArgumentException("an empty text is no JSON value");
        }
    }
}
