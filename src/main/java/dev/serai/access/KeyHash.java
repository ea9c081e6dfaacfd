package dev.serai.access;

import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * What Serai keeps in place of an access key: its HMAC-SHA-256 under the {@link Pepper}. Whoever reads it learns
 * nothing of the key. Equality takes the same time whatever the difference.
 */
public final class KeyHash {
    private static final int LENGTH_BYTES = 32;

    private final byte[] bytes;

    KeyHash(byte[] bytes) {
        if (bytes.length != LENGTH_BYTES) {
            throw new IllegalArgumentException("an HMAC-SHA-256 has 32 bytes, not " + bytes.length);
        }
        this.bytes = bytes;
    }

    /**
     * The hash that these hexadecimal digits write.
     *
     * @throws IllegalArgumentException if they are not 64 hexadecimal digits
     */
    public static KeyHash ofHex(String digits) {
        return new KeyHash(HexFormat.of().parseHex(digits));
    }

    /** 64 lower-case hexadecimal digits. */
    public String hex() {
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeyHash hash && MessageDigest.isEqual(bytes, hash.bytes);
    }

    /** Any four bytes will do: without the pepper nobody can aim at them. */
    @Override
    public int hashCode() {
        return bytes[0] << 24 | (bytes[1] & 0xff) << 16 | (bytes[2] & 0xff) << 8 | (bytes[3] & 0xff);
    }

    @Override
    public String toString() {
        return hex();
    }
}
