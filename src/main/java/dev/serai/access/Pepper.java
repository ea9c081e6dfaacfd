package dev.serai.access;

import dev.serai.config.ConfigurationException;
import dev.serai.config.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The secret under which access keys are hashed: 32 bytes in the file {@code pepper} of SERAI_HOME. A copy of the key
 * file alone is worthless to a thief. Immutable and thread-safe.
 */
public final class Pepper {
    /** The variable with a pepper that several nodes share, in base64. */
    public static final String VARIABLE = "SERAI_PEPPER";

    private static final String FILE = "pepper";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int LENGTH_BYTES = 32;

    /** Keyed and never fed: each hash works on a clone, which is cheaper than keying anew and needs no lock. */
    private final Mac keyed;

    /**
     * A pepper of these bytes.
     *
     * @throws IllegalArgumentException if there are not 32 of them
     */
    public Pepper(byte[] bytes) {
        if (bytes.length != LENGTH_BYTES) {
            throw new IllegalArgumentException("a pepper has 32 bytes, not " + bytes.length);
        }
        try {
            keyed = Mac.getInstance(ALGORITHM);
            keyed.init(new SecretKeySpec(bytes, ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    /**
     * The pepper that the operator gave, or else that of this home.
     *
     * @param given the value of {@value #VARIABLE}; null or blank for none
     * @throws ConfigurationException if what was given is no 32 bytes in base64; and as {@link #of(Path, SecureRandom)}
     * @throws IOException            as {@link #of(Path, SecureRandom)}
     */
    public static Pepper of(@Nullable String given, Path home, SecureRandom random)
            throws IOException, ConfigurationException {
        if (given == null || given.isBlank()) {
            return of(home, random);
        }
        try {
            return new Pepper(Base64.getDecoder().decode(given.strip()));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(
                    new Problem(VARIABLE, 0, "must be 32 bytes in base64, made with: openssl rand -base64 32"));
        }
    }

    /** Whether this home has a pepper already. */
    public static boolean existsIn(Path home) {
        return Files.exists(home.resolve(FILE));
    }

    /**
     * The pepper of this home, made from {@code random} if there is none. Of several processes that start at once, one
     * makes it and the others read that.
     *
     * @throws ConfigurationException if the file is there but cannot be read or is none
     * @throws IOException            if there is no file and none can be written
     */
    public static Pepper of(Path home, SecureRandom random) throws IOException, ConfigurationException {
        Path file = home.resolve(FILE);
        if (!Files.exists(file)) {
            byte[] bytes = new byte[LENGTH_BYTES];
            random.nextBytes(bytes);
            PrivateFile.createOnce(file, bytes);
        }
        PrivateFile.warnIfOthersMayRead(file);
        try {
            return new Pepper(Files.readAllBytes(file));
        } catch (IllegalArgumentException | IOException e) {
            throw new ConfigurationException(new Problem(file.toString(), 0, "cannot be used: " + e.getMessage()));
        }
    }

    /** The hash of a key; takes about a microsecond. */
    public KeyHash hash(String token) {
        try {
            Mac mac = (Mac) keyed.clone();
            return new KeyHash(mac.doFinal(token.getBytes(StandardCharsets.UTF_8)));
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the platform's " + ALGORITHM + " can be cloned", e);
        }
    }
}
