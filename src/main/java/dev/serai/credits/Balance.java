package dev.serai.credits;

import java.util.List;

/**
 * What an account has, in nano-dollars.
 *
 * @param balanceNanos   what is left in the lots, less the overdraft
 * @param overdraftNanos what was used beyond what was paid for; the next lot pays it first
 * @param leasedNanos    what nodes have put aside for requests
 * @param grantedNanos   what the lots that have not expired were worth
 * @param lots           those with something left, the one that expires first first
 */
public record Balance(
        String accountId, long balanceNanos, long overdraftNanos, long leasedNanos, long grantedNanos, List<Lot> lots) {
    public Balance {
        lots = List.copyOf(lots);
    }
}
