package dev.serai.credits;

import java.time.Instant;
import java.util.List;

/**
 * Divides balances among nodes: what a node has leased, no other node spends. Each call is one transaction. Blocks; thread-safe. Every
 * method throws an unchecked exception of the store if it is away, and then nothing is known of what became of the call.
 */
public interface Leases {
    /**
     * Sees to it that this node may spend so much of the balance of an account. What nodes have leased that renew nothing any more is taken
     * back first. May grant more than what is wanted, so that the next request need not ask, or less, if there is no more.
     *
     * @param wantedNanos how much is missing beside what the node has leased already; 0 to renew the lease only
     * @param now         by the clock of this node: clocks of nodes are expected to agree within seconds
     * @param until       when the lease ends unless it is renewed
     */
    Lease lease(String account, String node, long wantedNanos, Instant now, Instant until);

    /** Gives back a part of what was leased. Less is given back if less is left. */
    Lease giveBack(String account, String node, long nanos);

    /** Ends all leases of a node, which is beginning anew: nothing that it held is held any more. */
    void endLeases(String node);

    /** Accounts of which a node wanted to lease more than there was, since this moment; others may have something to give back. */
    List<String> wanted(Instant since);

    /**
     * What a node may spend.
     *
     * @param leasedNanos  in all, what was leased before included
     * @param balanceNanos of the account, whoever has leased it
     */
    record Lease(String accountId, long leasedNanos, long balanceNanos) {}
}
