package dev.serai.dialect;

/**
 * Where a text that one provider began is gone on with by another. What the second repeats of the first is left out: the white space at
 * the end, which it was not shown (some providers refuse to go on behind a space), and the whole beginning, if it says it again.
 */
final class Seam {
    /** Less than this may well be said twice. */
    private static final int MIN_ECHO = 24;

    private final String beginning;
    private final String space;
    private final StringBuilder pending = new StringBuilder();
    private boolean closed;

    /** @param told what the client has read */
    Seam(String told) {
        beginning = told.stripTrailing();
        space = told.substring(beginning.length());
    }

    /** What the provider that goes on is shown as the beginning of its answer. */
    String beginning() {
        return beginning;
    }

    /** What the client gets for this piece of the text; nothing, as long as it cannot be told. */
    String pass(String piece) {
        if (closed) {
            return piece;
        }
        pending.append(piece);
        int from = behindEcho();
        if (from < 0) {
            return "";
        }
        int behind = behindSpace(from);
        if (behind == pending.length()) {
            return "";
        }
        closed = true;
        return pending.substring(behind);
    }

    /** What was kept back, when nothing more comes: the start of an echo that was none. */
    String rest() {
        String rest = closed || behindEcho() >= 0 ? "" : pending.substring(behindSpace(0));
        closed = true;
        return rest;
    }

    /** Where an echo of the beginning ends, 0 if there is none; -1 as long as there may be one. */
    private int behindEcho() {
        if (beginning.length() < MIN_ECHO) {
            return 0;
        }
        int length = Math.min(beginning.length(), pending.length());
        boolean alike = beginning.contentEquals(pending.subSequence(0, length))
                || beginning.startsWith(pending.substring(0, length));
        return !alike ? 0 : length == beginning.length() ? length : -1;
    }

    /** Where the white space ends that the client has read already. */
    private int behindSpace(int from) {
        int same = 0;
        while (same < space.length()
                && from + same < pending.length()
                && pending.charAt(from + same) == space.charAt(same)) {
            same++;
        }
        return from + same;
    }
}
