package dev.serai.permit;

import dev.serai.access.AccessKey;
import dev.serai.access.Allowance;
import dev.serai.access.Scope;
import dev.serai.credits.Terms;
import dev.serai.failover.Wishes;
import dev.serai.selection.Credentials;
import dev.serai.selection.Directory;
import org.jspecify.annotations.Nullable;

/**
 * What may be done with an access key, and how. Worked out once for all keys of a configuration, and as long as nothing changes; a request
 * keeps the one that it began with. Immutable.
 *
 * @param directory   what model names mean for this account and configuration
 * @param scope       what may be called
 * @param credentials with what providers are called
 * @param wishes      of failing over; a request can wish for less
 * @param strict      whether a request that cannot be said whole is refused; null: as for everybody
 * @param ofEachKey   how much may be done with each key of the configuration
 * @param ofAccount   how much may be done with all keys of the account together
 * @param terms       what the account pays where it is not what everybody pays
 */
public record Permit(
        Directory directory,
        Scope scope,
        Credentials credentials,
        Wishes wishes,
        @Nullable Boolean strict,
        Allowance ofEachKey,
        Allowance ofAccount,
        Terms terms) {
    /** Everything, with the operator's credentials. */
    static Permit usual(Directory directory, Credentials managed) {
        return new Permit(directory, Scope.ALL, managed, Wishes.NONE, null, Allowance.ALL, Allowance.ALL, Terms.NONE);
    }

    /** How much may be done with this key: what it says itself, and what its configuration says. */
    public Allowance allowance(AccessKey key) {
        return key.allowance().and(ofEachKey);
    }

    /** The same for a key that has a scope of its own, from a file. */
    Permit within(Scope own) {
        return own.equals(Scope.ALL)
                ? this
                : new Permit(directory, own, credentials, wishes, strict, ofEachKey, ofAccount, terms);
    }
}
