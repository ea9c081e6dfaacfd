package dev.serai.selection;

import org.jspecify.annotations.Nullable;

/**
 * Whose credential a candidate is called with.
 *
 * @param id    of the provider key; null for the operator's own
 * @param shown what people may see of it; null for the operator's own
 */
public record KeySource(
        Kind kind, @Nullable String id, @Nullable String shown) {
    /** Who pays the provider. */
    public enum Kind {
        /** The operator, whom the account pays with credits. */
        MANAGED,
        /** The account itself, which brought the key. */
        USER
    }

    /** The operator's own. */
    public static final KeySource MANAGED = new KeySource(Kind.MANAGED, null, null);

    /** A key of the account. */
    public static KeySource user(String id, String shown) {
        return new KeySource(Kind.USER, id, shown);
    }
}
