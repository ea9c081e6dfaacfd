package dev.serai.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** A value that must not be printed: {@link #toString} hides it, so that no log, message or variable dump shows it. */
public final class Secret {
    private final String value;

    public Secret(String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException("a secret is never blank");
        }
        this.value = value;
    }

    /** The value itself, for the one place that sends or hashes it. */
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret
                && MessageDigest.isEqual(
                        value.getBytes(StandardCharsets.UTF_8), secret.value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "***";
    }
}
