package dev.serai.conversation;

/**
 * From a provider's counts, in which parts are contained in a total, to disjoint kinds. A part that is larger than what
 * is left of its total is cut to it, so that the sum stays what the provider states; nothing becomes negative.
 */
public final class TokenSplit {
    private long rest;

    private TokenSplit(long total) {
        this.rest = Math.max(0, total);
    }

    public static TokenSplit of(long total) {
        return new TokenSplit(total);
    }

    /** Takes a part out of the total. */
    public long take(long part) {
        long taken = Math.max(0, Math.min(part, rest));
        rest -= taken;
        return taken;
    }

    /** Takes a part that the total contains; one that stands beside the total is as large as it is stated. */
    public long take(long part, boolean contained) {
        return contained ? take(part) : Math.max(0, part);
    }

    /** What no part has taken. */
    public long rest() {
        return rest;
    }
}
