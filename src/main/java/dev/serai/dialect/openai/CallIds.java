package dev.serai.dialect.openai;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The ids of the calls in one request, as its target takes them. OpenAI takes 40 characters; models of Mistral, wherever they are served,
 * exactly nine letters and digits. What does not fit is replaced by a digest of itself, so the same id becomes the same one in every turn,
 * and two never become one. Not thread-safe.
 */
final class CallIds {
    private static final Pattern USUAL = Pattern.compile("[a-zA-Z0-9_.:-]{1,40}");
    private static final Pattern MISTRAL = Pattern.compile("[a-zA-Z0-9]{9}");
    private static final Pattern MISTRAL_MODELS =
            Pattern.compile("mistral|mixtral|ministral|magistral|codestral|devstral|pixtral|voxtral");
    private static final String DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final int MISTRAL_LENGTH = 9;

    private final boolean mistral;
    private final Map<String, String> sent = new HashMap<>();
    private final Map<String, String> originals = new HashMap<>();

    CallIds(String model) {
        mistral = MISTRAL_MODELS.matcher(model.toLowerCase(Locale.ROOT)).find();
    }

    /** The id as the target takes it. */
    String of(String id) {
        return sent.computeIfAbsent(id, this::fitting);
    }

    /** The id that was replaced by this one; null if nothing was. */
    @Nullable
    String original(String fitting) {
        return originals.get(fitting);
    }

    private String fitting(String id) {
        String candidate = fits(id) ? id : digest(id, 0);
        for (int attempt = 1; originals.containsKey(candidate); attempt++) {
            candidate = digest(id, attempt);
        }
        originals.put(candidate, id);
        return candidate;
    }

    private boolean fits(String id) {
        return (mistral ? MISTRAL : USUAL).matcher(id).matches();
    }

    private String digest(String id, int attempt) {
        byte[] hash = sha256(id + "#" + attempt);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < (mistral ? MISTRAL_LENGTH : 24); i++) {
            text.append(DIGITS.charAt((hash[i] & 0xFF) % DIGITS.length()));
        }
        return mistral ? text.toString() : "call_" + text;
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
