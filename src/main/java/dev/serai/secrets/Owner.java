package dev.serai.secrets;

import java.nio.charset.StandardCharsets;

/**
 * What an encrypted value belongs to. It is authenticated with the value, so that a value that somebody moves to another row or
 * another account cannot be opened there.
 *
 * @param kind such as {@code provider-key}
 */
public record Owner(String kind, String accountId, String id) {
    /** A provider key of an account. */
    public static Owner providerKey(String accountId, String id) {
        return new Owner("provider-key", accountId, id);
    }

    /** Unambiguous, because none of the parts holds a zero. */
    byte[] authenticated() {
        String text = "serai 1\0" + kind + "\0" + accountId + "\0" + id;
        if (text.chars().filter(c -> c == 0).count() != 3) {
            throw new IllegalArgumentException("an id holds no zero");
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
