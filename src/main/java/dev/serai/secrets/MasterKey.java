package dev.serai.secrets;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** A key of 256 bits that other keys are encrypted with. Immutable; never prints itself. */
public final class MasterKey {
    private static final int LENGTH_BYTES = 32;
    private static final int ID_BYTES = 6;

    private final String id;
    private final SecretKey key;

    private MasterKey(byte[] bytes) {
        key = new SecretKeySpec(bytes, "AES");
        id = "mk_" + fingerprint(bytes);
    }

    /**
     * The key that this text writes.
     *
     * @throws IllegalArgumentException if it is not the base64 of 32 bytes; the message does not show it
     */
    public static MasterKey parse(String base64) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("is not base64 (make a key with: openssl rand -base64 32)");
        }
        if (bytes.length != LENGTH_BYTES) {
            throw new IllegalArgumentException(
                    "has " + bytes.length + " bytes, not 32 (make a key with: openssl rand -base64 32)");
        }
        return new MasterKey(bytes);
    }

    /** A new one. */
    public static MasterKey generate(SecureRandom random) {
        byte[] bytes = new byte[LENGTH_BYTES];
        random.nextBytes(bytes);
        return new MasterKey(bytes);
    }

    /** Follows from the key, and tells nothing about it. */
    public String id() {
        return id;
    }

    SecretKey key() {
        return key;
    }

    /** The key in base64, for the one file that keeps it. */
    String reveal() {
        return Base64.getEncoder().encodeToString(key.getEncoded());
    }

    private static String fingerprint(byte[] bytes) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(bytes, "HmacSHA256"));
            byte[] hash = mac.doFinal("serai master key id".getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(hash, 0, ID_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MasterKey that && id.equals(that.id);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return id;
    }
}
