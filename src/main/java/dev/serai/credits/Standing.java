package dev.serai.credits;

/**
 * How an account stands after a charge.
 *
 * @param leasedNanos  what this node may still spend
 * @param balanceNanos what is left; below zero if more was used than was paid for
 * @param beforeNanos  what was left before
 * @param grantedNanos what the lots that have not expired were worth when they were granted
 */
public record Standing(String accountId, long leasedNanos, long balanceNanos, long beforeNanos, long grantedNanos) {}
