package dev.serai.secrets;

import dev.serai.access.Secret;

/** What people may see of a secret, so that they can tell it from another. */
public final class Redaction {
    private static final String MASK = "***";
    private static final int FIRST = 8;
    private static final int LAST = 4;
    private static final int SHARE = 3;

    private Redaction() {}

    /** {@code first8***last4}, or less of a short value: never more than a third, and nothing of one that is not ASCII. */
    public static String of(Secret secret) {
        String value = secret.reveal();
        if (!value.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            return MASK;
        }
        int shown = Math.min(FIRST + LAST, value.length() / SHARE);
        int last = shown * LAST / (FIRST + LAST);
        int first = shown - last;
        return value.substring(0, first) + MASK + value.substring(value.length() - last);
    }
}
