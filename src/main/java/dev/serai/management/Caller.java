package dev.serai.management;

import dev.serai.control.Actor;
import dev.serai.control.Role;
import org.jspecify.annotations.Nullable;

/**
 * Who calls the management API.
 *
 * @param keyId     id of the API key
 * @param accountId the only account that it is good for; null for an operator's key, which is good for all
 */
record Caller(String keyId, Role role, @Nullable String accountId) {
    boolean isOperator() {
        return role == Role.OPERATOR;
    }

    /** Whether whoever has its role may do what this role may. Operators may all, and everybody may read. */
    boolean may(Role wanted) {
        return role.compareTo(wanted) <= 0;
    }

    /** As the audit names it. */
    Actor actor() {
        return new Actor(Actor.Kind.API_KEY, keyId);
    }
}
