package dev.serai.control;

/**
 * An encrypted value in envelope form: a data key of its own encrypts it, and a master key encrypts the data key. Binary parts are in
 * base64.
 *
 * @param masterKeyId which master key wrapped the data key
 * @param wrappedKey  nonce and encrypted data key
 * @param nonce       of the value
 * @param ciphertext  the value and its authentication tag
 */
public record SealedValue(String masterKeyId, String wrappedKey, String nonce, String ciphertext) {
    public SealedValue {
        Checks.id("masterKeyId", masterKeyId);
    }

    /** Nobody needs to read it in a log. */
    @Override
    public String toString() {
        return "sealed by " + masterKeyId;
    }
}
