package dev.serai.dialect;

/**
 * Puts characters together again that a provider cut into two pieces of a stream: JSON lets each half of a surrogate pair be escaped on
 * its own. A half that stays alone becomes the replacement character. Belongs to one block.
 */
public final class WholeCharacters {
    private static final char REPLACEMENT = '\uFFFD';

    private char half;

    /** The next piece, as far as its characters are whole; may be empty. */
    public String next(String piece) {
        if (piece.isEmpty()) {
            return piece;
        }
        if (half == 0 && !hasSurrogate(piece)) {
            return piece;
        }
        StringBuilder whole = new StringBuilder(piece.length() + 1);
        for (int i = 0; i < piece.length(); i++) {
            add(piece.charAt(i), whole);
        }
        return whole.toString();
    }

    /** What is left at the end: a half that stayed alone, or nothing. */
    public String rest() {
        String rest = half == 0 ? "" : String.valueOf(REPLACEMENT);
        half = 0;
        return rest;
    }

    private void add(char c, StringBuilder whole) {
        boolean completes = half != 0 && Character.isLowSurrogate(c);
        if (half != 0) {
            whole.append(completes ? half : REPLACEMENT);
            half = 0;
        }
        if (Character.isHighSurrogate(c)) {
            half = c;
        } else {
            whole.append(Character.isLowSurrogate(c) && !completes ? REPLACEMENT : c);
        }
    }

    private static boolean hasSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }
}
