package dev.serai.control;

import java.util.Locale;

/** What an API key may do. */
public enum Role {
    /** Everything, in every account, and to accounts themselves. */
    OPERATOR,
    /** Everything in its own account. */
    ADMIN,
    /** Read what is in its own account. */
    READER;

    /** As in the store and in JSON: {@code reader}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException if no role is called so */
    public static Role of(String label) {
        for (Role role : values()) {
            if (role.label().equals(label)) {
                return role;
            }
        }
        throw new IllegalArgumentException("must be operator, admin or reader");
    }
}
