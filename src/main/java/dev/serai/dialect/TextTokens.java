package dev.serai.dialect;

/**
 * About how many tokens a text has, in one pass and without a vocabulary. Words of up to seven Latin letters, three digits, two marks
 * and every break of a line are taken for a token, a single space for a part of the word behind it; an ideograph for one token, other
 * letters for half of one.
 */
final class TextTokens {
    private static final int LETTERS = 7;
    private static final int DIGITS = 3;
    private static final int MARKS = 2;
    /** From here on: ideographs, kana, Hangul, emoji. */
    private static final int FIRST_IDEOGRAPH = 0x2e80;

    private enum Sort {
        LETTER,
        DIGIT,
        BLANK,
        LINE,
        MARK,
        FOREIGN
    }

    private TextTokens() {}

    static long of(String text) {
        long tokens = 0;
        int from = 0;
        while (from < text.length()) {
            Sort sort = sort(text.charAt(from));
            int to = from + 1;
            while (to < text.length() && sort(text.charAt(to)) == sort) {
                to++;
            }
            tokens += run(sort, text, from, to);
            from = to;
        }
        return tokens;
    }

    private static Sort sort(char c) {
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
            return Sort.LETTER;
        }
        if (c >= '0' && c <= '9') {
            return Sort.DIGIT;
        }
        if (c == ' ' || c == '\t') {
            return Sort.BLANK;
        }
        if (c == '\n' || c == '\r') {
            return Sort.LINE;
        }
        return c < 0x80 ? Sort.MARK : Sort.FOREIGN;
    }

    private static int run(Sort sort, String text, int from, int to) {
        int length = to - from;
        return switch (sort) {
            case LETTER -> begun(length, LETTERS);
            case DIGIT -> begun(length, DIGITS);
            case BLANK -> length == 1 ? 0 : 1;
            case LINE -> 1;
            case MARK -> begun(length, MARKS);
            case FOREIGN -> foreign(text, from, to);
        };
    }

    private static int foreign(String text, int from, int to) {
        int halves = 0;
        for (int i = from; i < to; i++) {
            halves += text.charAt(i) >= FIRST_IDEOGRAPH && !Character.isLowSurrogate(text.charAt(i)) ? 2 : 1;
        }
        return begun(halves, 2);
    }

    private static int begun(int count, int size) {
        return (count + size - 1) / size;
    }
}
