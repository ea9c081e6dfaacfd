package dev.serai.credits;

import dev.serai.access.Allowance;

/**
 * How much an access key, or all keys of an account together, may spend. What models cost counts, whoever pays for them.
 *
 * @param whose      for messages
 * @param keyId      the key; empty for all keys of the account
 * @param dayNanos   {@link Allowance#UNLIMITED} if there is no limit
 * @param monthNanos likewise
 */
public record Budget(Whose whose, String keyId, long dayNanos, long monthNanos) {
    static final String ALL_KEYS = "";

    /** Who has it. */
    public enum Whose {
        KEY,
        ACCOUNT
    }

    /** What is allowed with a key. */
    public static Budget ofKey(String keyId, Allowance allowed) {
        return new Budget(Whose.KEY, keyId, allowed.budgetPerDayNanos(), allowed.budgetPerMonthNanos());
    }

    /** What is allowed to all keys of an account together. */
    public static Budget ofAccount(Allowance allowed) {
        return new Budget(Whose.ACCOUNT, ALL_KEYS, allowed.budgetPerDayNanos(), allowed.budgetPerMonthNanos());
    }

    long nanos(Period period) {
        return period == Period.DAY ? dayNanos : monthNanos;
    }
}
