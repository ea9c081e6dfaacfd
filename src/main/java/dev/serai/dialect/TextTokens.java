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
            tokens += run(sort, sort == Sort.FOREIGN ? halves(text, from, to) : to - from);
            from = to;
        }
        return tokens;
    }

    /**
     * The same of a string in JSON, as it stands there: no copy is made of it.
     *
     * @param from behind its opening quote; the closing quote ends it, and so does {@code end}
     */
    static long ofJson(byte[] json, int from, int end) {
        long tokens = 0;
        int at = from;
        Sort sort = null;
        int length = 0;
        while (at < end && json[at] != '"') {
            byte b = json[at];
            Sort next = b == '\\' ? escaped(json, at, end) : sort((char) (b & 0xff));
            if (next != sort) {
                tokens += sort == null ? 0 : run(sort, length);
                sort = next;
                length = 0;
            }
            int bytes = b == '\\' ? escapeLength(json, at, end) : characterLength(b);
            length += next == Sort.FOREIGN ? halves(json, at, bytes, end) : 1;
            at += bytes;
        }
        return tokens + (sort == null ? 0 : run(sort, length));
    }

    /** How many bytes a character has in UTF-8. */
    private static int characterLength(byte lead) {
        return lead >= 0 || (lead & 0xe0) == 0xc0 ? (lead >= 0 ? 1 : 2) : (lead & 0xf0) == 0xe0 ? 3 : 4;
    }

    /** What {@link #halves(String, int, int)} says of a character; of one that is escaped, what is likely. */
    private static int halves(byte[] json, int at, int bytes, int end) {
        if (bytes == 4) {
            return 3; // its two halves in UTF-16
        }
        boolean isLow = json[at] == (byte) 0xe2 && at + 1 < end && json[at + 1] < (byte) 0xba; // below U+2E80
        boolean isIdeograph = bytes == 3 && (json[at] & 0xff) >= 0xe2 && !isLow;
        return isIdeograph || bytes == 6 ? 2 : 1;
    }

    private static int escapeLength(byte[] json, int at, int end) {
        return at + 1 < end && json[at + 1] == 'u' ? 6 : 2;
    }

    private static Sort escaped(byte[] json, int at, int end) {
        return switch (at + 1 < end ? json[at + 1] : 0) {
            case 'n', 'r' -> Sort.LINE;
            case 't' -> Sort.BLANK;
            case 'u' -> Sort.FOREIGN;
            default -> Sort.MARK;
        };
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

    /** @param length characters; of foreign ones, half tokens */
    private static int run(Sort sort, int length) {
        return switch (sort) {
            case LETTER -> begun(length, LETTERS);
            case DIGIT -> begun(length, DIGITS);
            case BLANK -> length == 1 ? 0 : 1;
            case LINE -> 1;
            case MARK -> begun(length, MARKS);
            case FOREIGN -> begun(length, 2);
        };
    }

    private static int halves(String text, int from, int to) {
        int halves = 0;
        for (int i = from; i < to; i++) {
            halves += text.charAt(i) >= FIRST_IDEOGRAPH && !Character.isLowSurrogate(text.charAt(i)) ? 2 : 1;
        }
        return halves;
    }

    private static int begun(int count, int size) {
        return (count + size - 1) / size;
    }
}
