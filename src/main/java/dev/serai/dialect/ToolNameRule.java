package dev.serai.dialect;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What a dialect takes for the name of a tool; it refuses a request for any other.
 *
 * @param maxLength in characters
 * @param plain     whether only letters, digits, underscores and dashes may stand in it
 */
public record ToolNameRule(int maxLength, boolean plain) {
    private static final int HASH_BYTES = 5;

    /** As little as any dialect takes. */
    public static final ToolNameRule OPENAI = new ToolNameRule(64, true);

    /** Any name at all. */
    static final ToolNameRule ANY = new ToolNameRule(Integer.MAX_VALUE, false);

    /** A name itself if it is lawful; otherwise another that is always the same for it. */
    public String lawful(String name) {
        if (isLawful(name)) {
            return name;
        }
        StringBuilder lawful = new StringBuilder(maxLength);
        int room = maxLength - 2 * HASH_BYTES - 1;
        for (int i = 0; i < name.length() && i < room; i++) {
            lawful.append(isPlain(name.charAt(i)) ? name.charAt(i) : '_');
        }
        return lawful.append('_').append(hash(name)).toString();
    }

    private boolean isLawful(String name) {
        return name.length() <= maxLength && (!plain || name.chars().allMatch(ToolNameRule::isPlain));
    }

    private static boolean isPlain(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    }

    private static String hash(String name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new LinkageError("every Java has SHA-256", e);
        }
    }
}
