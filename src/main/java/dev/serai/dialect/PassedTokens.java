package dev.serai.dialect;

import dev.serai.conversation.Usage;

/**
 * About how many tokens of an answer have passed, for the bill of one whose usage is not told to its end. Counts piece by piece, copies
 * nothing and keeps no text: {@code docs/credits.md} states how far off it is. One answer, one thread at a time.
 */
public final class PassedTokens {
    private long passed;
    private long told;
    private boolean isTold;

    /**
     * A piece of text in JSON.
     *
     * @param from behind its opening quote
     * @param end  behind the last byte that may belong to it
     */
    public void string(byte[] json, int from, int end) {
        if (from < end && json[from] != '"') {
            passed += Math.max(1, TextTokens.ofJson(json, from, end));
        }
    }

    /** A piece of text. No piece has less than a token. */
    void text(String text) {
        if (!text.isEmpty()) {
            passed += Math.max(1, TextTokens.of(text));
        }
    }

    /** The provider says what the answer has used until now. */
    public void told(Usage usage) {
        if (usage.totalOutput() > 0) {
            told = passed;
            isTold = true;
        }
    }

    /** The provider says, before the first piece, that so many tokens are counted already. */
    public void covered(long tokens) {
        told = tokens;
    }

    /**
     * What no statement of the provider counts.
     *
     * @param whole whether the answer has ended as it should: then the last statement holds, if there was one
     */
    public long untold(boolean whole) {
        return whole && isTold ? 0 : Math.max(0, passed - told);
    }
}
