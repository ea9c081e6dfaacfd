package dev.serai.access;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * A key as whoever uses it holds it: {@code serai-ak-<id>-<secret>} is an access key, {@code serai-api-<id>-<secret>} one
 * to the management API.
 *
 * <p>The id has 10 characters, is public, and names the key in logs. The secret part has 32: 26 random ones (154 bits)
 * and a checksum of 6, so that a key that was mistyped or cut short is told from one that is unknown, and a scanner for
 * leaked secrets makes no false finds. The checksum is the CRC-32 of everything before it, in base 62, padded with
 * zeros in front. All characters are of {@code 0-9A-Za-z}, which is also the order of the digits.
 *
 * @param kind  what it is good for
 * @param id    the public part
 * @param value the whole token
 */
public record AccessToken(Kind kind, String id, Secret value) {
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int ID_LENGTH = 10;
    private static final int RANDOM_LENGTH = 26;
    private static final int CHECKSUM_LENGTH = 6;

    /** What every generated access key begins with. */
    public static final String PREFIX = Kind.ACCESS.prefix;

    /** What a key is good for. */
    public enum Kind {
        /** Requests for models. */
        ACCESS("serai-ak-"),
        /** The management API. */
        API("serai-api-");

        private final String prefix;
        private final Pattern form;

        Kind(String prefix) {
            this.prefix = prefix;
            form = Pattern.compile("(" + prefix + "([0-9A-Za-z]{" + ID_LENGTH + "})-[0-9A-Za-z]{" + RANDOM_LENGTH
                    + "})([0-9A-Za-z]{" + CHECKSUM_LENGTH + "})");
        }

        /** What every key of this kind begins with. */
        public String prefix() {
            return prefix;
        }
    }

    /** A new access key, of the strength of its source of randomness. */
    public static AccessToken generate(SecureRandom random) {
        return generate(Kind.ACCESS, random);
    }

    /** A new token, of the strength of its source of randomness. */
    public static AccessToken generate(Kind kind, SecureRandom random) {
        String id = digits(random, ID_LENGTH);
        String body = kind.prefix + id + "-" + digits(random, RANDOM_LENGTH);
        return new AccessToken(kind, id, new Secret(body + checksum(body)));
    }

    /** The same as {@link #parse(Kind, String)} for an access key. */
    public static Optional<AccessToken> parse(String text) {
        return parse(Kind.ACCESS, text);
    }

    /**
     * The token if the text has the form of one of this kind and its checksum fits; whether anybody knows it is another
     * question.
     */
    public static Optional<AccessToken> parse(Kind kind, String text) {
        Matcher form = kind.form.matcher(text);
        if (!form.matches() || !checksum(form.group(1)).equals(form.group(3))) {
            return Optional.empty();
        }
        return Optional.of(new AccessToken(kind, form.group(2), new Secret(text)));
    }

    /** Whether {@link #parse} would succeed. */
    public static boolean isWellFormed(String text) {
        return parse(text).isPresent();
    }

    private static String digits(SecureRandom random, int length) {
        StringBuilder digits = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            digits.append(DIGITS.charAt(random.nextInt(DIGITS.length())));
        }
        return digits.toString();
    }

    private static String checksum(String body) {
        CRC32 crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.US_ASCII));
        char[] digits = new char[CHECKSUM_LENGTH];
        long rest = crc.getValue();
        for (int i = CHECKSUM_LENGTH - 1; i >= 0; i--) {
            digits[i] = DIGITS.charAt((int) (rest % DIGITS.length()));
            rest /= DIGITS.length();
        }
        return new String(digits);
    }
}
