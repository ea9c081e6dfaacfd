package dev.serai.secrets;

import dev.serai.access.Secret;
import dev.serai.control.SealedValue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.ProviderException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals values in envelopes with AES-256-GCM (NIST SP 800-38D) and opens them: each value under a data key of its own, and that
 * under the newest master key. Thread-safe.
 */
public final class Vault {
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final MasterKeys keys;
    private final SecureRandom random;

    public Vault(MasterKeys keys, SecureRandom random) {
        this.keys = keys;
        this.random = random;
    }

    /** The value, so that only this owner's can be opened again. */
    public SealedValue seal(Secret value, Owner owner) {
        byte[] dataKey = bytes(KEY_BYTES);
        try {
            byte[] nonce = bytes(NONCE_BYTES);
            byte[] ciphertext = run(
                    Cipher.ENCRYPT_MODE,
                    aes(dataKey),
                    nonce,
                    owner,
                    value.reveal().getBytes(StandardCharsets.UTF_8));
            return new SealedValue(keys.newest().id(), wrap(dataKey, owner), text(nonce), text(ciphertext));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + CIPHER, e);
        } finally {
            Arrays.fill(dataKey, (byte) 0);
        }
    }

    /** @throws SealException if the master key is not here, or this is not what was sealed for this owner */
    public Secret open(SealedValue sealed, Owner owner) {
        byte[] dataKey = unwrap(sealed, owner);
        try {
            byte[] value =
                    run(Cipher.DECRYPT_MODE, aes(dataKey), decode(sealed.nonce()), owner, decode(sealed.ciphertext()));
            return new Secret(new String(value, StandardCharsets.UTF_8));
        } catch (GeneralSecurityException | ProviderException | IllegalArgumentException e) {
            throw changed(e);
        } finally {
            Arrays.fill(dataKey, (byte) 0);
        }
    }

    /** Whether the newest master key seals it. */
    public boolean isCurrent(SealedValue sealed) {
        return sealed.masterKeyId().equals(keys.newest().id());
    }

    /**
     * The same value, sealed by the newest master key. The value itself is not decrypted.
     *
     * @throws SealException like {@link #open}
     */
    public SealedValue rewrap(SealedValue sealed, Owner owner) {
        byte[] dataKey = unwrap(sealed, owner);
        try {
            return new SealedValue(keys.newest().id(), wrap(dataKey, owner), sealed.nonce(), sealed.ciphertext());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + CIPHER, e);
        } finally {
            Arrays.fill(dataKey, (byte) 0);
        }
    }

    private String wrap(byte[] dataKey, Owner owner) throws GeneralSecurityException {
        byte[] nonce = bytes(NONCE_BYTES);
        byte[] wrapped = run(Cipher.ENCRYPT_MODE, keys.newest().key(), nonce, owner, dataKey);
        return text(ByteBuffer.allocate(nonce.length + wrapped.length)
                .put(nonce)
                .put(wrapped)
                .array());
    }

    private byte[] unwrap(SealedValue sealed, Owner owner) {
        MasterKey key = keys.find(sealed.masterKeyId());
        if (key == null) {
            throw new SealException("it is sealed by the master key " + sealed.masterKeyId()
                    + ", which is not here; here is " + String.join(", ", keys.ids()));
        }
        try {
            byte[] wrapped = decode(sealed.wrappedKey());
            byte[] nonce = Arrays.copyOf(wrapped, NONCE_BYTES);
            return run(
                    Cipher.DECRYPT_MODE,
                    key.key(),
                    nonce,
                    owner,
                    Arrays.copyOfRange(wrapped, Math.min(NONCE_BYTES, wrapped.length), wrapped.length));
        } catch (GeneralSecurityException | ProviderException | IllegalArgumentException e) {
            throw changed(e);
        }
    }

    /** Java's own provider throws a ProviderException for what is shorter than an authentication tag. */
    private static SealException changed(Exception e) {
        return new SealException(
                e instanceof AEADBadTagException
                        ? "it is not what was sealed here: changed, or moved from another place"
                        : "it is damaged: " + e.getClass().getSimpleName());
    }

    private static byte[] run(int mode, SecretKey key, byte[] nonce, Owner owner, byte[] input)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(owner.authenticated());
        return cipher.doFinal(input);
    }

    private static SecretKey aes(byte[] key) {
        return new SecretKeySpec(key, "AES");
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private static String text(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] decode(String text) {
        return Base64.getDecoder().decode(text);
    }
}
