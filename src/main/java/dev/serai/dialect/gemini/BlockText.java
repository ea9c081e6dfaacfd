package dev.serai.dialect.gemini;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.Citation.Range;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A text whose places are counted in bytes of UTF-8 by Google and in code points by everybody else. Not thread-safe. */
final class BlockText {
    private final int part;
    private final String text;
    private int @Nullable [] starts;

    /** @param part the number of the part that holds the text */
    BlockText(int part, String text) {
        this.part = part;
        this.text = text;
    }

    int part() {
        return part;
    }

    String text() {
        return text;
    }

    long bytes() {
        int[] offsets = starts();
        return offsets[offsets.length - 1];
    }

    /** The same place in code points; null if it is not between characters of this text. */
    @Nullable
    Range ofBytes(long from, long to) {
        int[] offsets = starts();
        int first = from > Integer.MAX_VALUE ? -1 : Arrays.binarySearch(offsets, (int) from);
        int behind = to > Integer.MAX_VALUE ? -1 : Arrays.binarySearch(offsets, (int) to);
        return first < 0 || behind < first ? null : new Range(first, behind);
    }

    /** The place of these words, if it is the place of the first that are the same. */
    @Nullable
    Range of(String words) {
        int at = words.isEmpty() ? -1 : text.indexOf(words);
        if (at < 0) {
            return null;
        }
        int from = text.codePointCount(0, at);
        return new Range(from, from + words.codePointCount(0, words.length()));
    }

    /** Whether these words are at this place. */
    boolean says(String words, Range range) {
        return words.isEmpty() || words.equals(at(range));
    }

    private String at(Range range) {
        int from = text.offsetByCodePoints(0, (int) range.from());
        return text.substring(from, text.offsetByCodePoints(from, (int) (range.to() - range.from())));
    }

    /** The place as Google writes it, cut to the text. */
    ObjectNode segment(Range range) {
        int[] offsets = starts();
        int last = offsets.length - 1;
        int from = (int) Math.min(range.from(), last);
        int to = (int) Math.min(range.to(), last);
        return Json.object()
                .put("partIndex", part)
                .put("startIndex", offsets[from])
                .put("endIndex", offsets[to])
                .put("text", at(new Range(from, to)));
    }

    /** Where each code point begins, in bytes, and behind them the length. */
    private int[] starts() {
        int[] known = starts;
        if (known == null) {
            known = new int[text.codePointCount(0, text.length()) + 1];
            int bytes = 0;
            int character = 0;
            for (int i = 0; i < text.length(); ) {
                int codePoint = text.codePointAt(i);
                known[character++] = bytes;
                bytes += length(codePoint);
                i += Character.charCount(codePoint);
            }
            known[character] = bytes;
            starts = known;
        }
        return known;
    }

    private static int length(int codePoint) {
        if (codePoint < 0x80) {
            return 1;
        }
        if (codePoint < 0x800) {
            return 2;
        }
        return codePoint < 0x10000 ? 3 : 4;
    }
}
