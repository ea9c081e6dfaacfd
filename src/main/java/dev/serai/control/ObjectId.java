package dev.serai.control;

import java.security.SecureRandom;

/** Makes the ids of objects: what kind of thing it is, and 20 random characters (119 bits), such as {@code pk_3tLq…}. */
public enum ObjectId {
    ACCOUNT("acct"),
    CONFIGURATION("cfg"),
    PROVIDER_KEY("pk"),
    CUSTOM_PROVIDER("prov"),
    AUDIT_ENTRY("aud");

    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int LENGTH = 20;

    private final String prefix;

    ObjectId(String prefix) {
        this.prefix = prefix;
    }

    /** A new one. */
    public String generate(SecureRandom random) {
        StringBuilder id = new StringBuilder(prefix).append('_');
        for (int i = 0; i < LENGTH; i++) {
            id.append(DIGITS.charAt(random.nextInt(DIGITS.length())));
        }
        return id.toString();
    }
}
