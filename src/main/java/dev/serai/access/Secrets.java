package dev.serai.access;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Takes secrets out of text that people will read: values that were registered, and whatever looks like a key.
 * Thread-safe; bounded in memory.
 */
public final class Secrets {
    /** What stands in the place of a secret. */
    public static final String MASK = "***";

    private static final Secrets PROCESS = new Secrets(10_000);
    private static final int MIN_LENGTH = 8;
    private static final int FACTOR = 31;

    /** The weight of the first character in a hash: {@code FACTOR} to the power of {@code MIN_LENGTH - 1}. */
    private static final int OUT = weight();

    /** Header lines and query parameters keep their names, so that a reader sees that something was there. */
    private static final Pattern IN_CONTEXT =
            Pattern.compile("(?i)(\\b(?:x-api-key|x-goog-api-key|api[_-]?key|authorization|proxy-authorization)\\b"
                    + "[\"']?\\s*[:=]\\s*[\"'\\[]*+|\\bBearer\\s+|[?&]key=)"
                    + "(?:(?:Bearer|Basic)\\s+)?+(?!\\*\\*\\*)[^\\s\"',;&\\]}]+");

    private static final Pattern BY_FORM =
            Pattern.compile("\\b(?:sk-[\\w-]{8,}|serai-(?:ak|api)-[\\w-]{4,}|gsk_\\w{8,}|AIza[\\w-]{16,}"
                    + "|[sr]k_(?:live|test)_\\w{8,}|whsec_\\w{8,})");

    private final int max;
    /** By the hash of their first characters; those of one hash with the longest first. */
    private final Map<Integer, List<String>> byBeginning = new ConcurrentHashMap<>();

    private volatile int count;

    /** An empty registry for at most {@code max} values. */
    public Secrets(int max) {
        this.max = max;
    }

    /** The registry that the logs of this process are masked with. */
    public static Secrets ofProcess() {
        return PROCESS;
    }

    /**
     * From now on masks this value. One shorter than 8 characters is not masked: it would black out ordinary words.
     *
     * @return whether it will be masked; false also if the registry is full
     */
    public synchronized boolean register(Secret secret) {
        String value = secret.reveal();
        if (value.length() < MIN_LENGTH) {
            return false;
        }
        List<String> alike = byBeginning.getOrDefault(hash(value, 0), List.of());
        if (alike.contains(value)) {
            return true;
        }
        if (count >= max) {
            return false;
        }
        // The longest first: a secret may be a part of another one.
        List<String> more = Stream.concat(alike.stream(), Stream.of(value))
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
        byBeginning.put(hash(value, 0), more);
        count++;
        return true;
    }

    /** Like {@link #redact}, but of registered values alone: for JSON that must stay JSON. */
    public String redactRegistered(String text) {
        if (count == 0 || text.length() < MIN_LENGTH) {
            return text;
        }
        StringBuilder redacted = null;
        int kept = 0;
        int at = 0;
        int hash = hash(text, 0);
        while (at + MIN_LENGTH <= text.length()) {
            String secret = at(text, at, hash);
            if (secret != null) {
                redacted = redacted == null ? new StringBuilder(text.length()) : redacted;
                redacted.append(text, kept, at).append(MASK);
                at += secret.length();
                kept = at;
                hash = at + MIN_LENGTH <= text.length() ? hash(text, at) : 0;
            } else {
                at++;
                hash = at + MIN_LENGTH <= text.length() ? next(hash, text, at) : 0;
            }
        }
        return redacted == null
                ? text
                : redacted.append(text, kept, text.length()).toString();
    }

    private @Nullable String at(String text, int at, int hash) {
        List<String> alike = byBeginning.get(hash);
        if (alike != null) {
            for (String secret : alike) {
                if (text.startsWith(secret, at)) {
                    return secret;
                }
            }
        }
        return null;
    }

    private static int weight() {
        int weight = 1;
        for (int i = 1; i < MIN_LENGTH; i++) {
            weight *= FACTOR;
        }
        return weight;
    }

    private static int hash(String text, int from) {
        int hash = 0;
        for (int i = from; i < from + MIN_LENGTH; i++) {
            hash = hash * FACTOR + text.charAt(i);
        }
        return hash;
    }

    /** The hash of the characters from here, made of that of the characters from the one before: thousands of secrets cost no more than one. */
    private static int next(int before, String text, int from) {
        return (before - text.charAt(from - 1) * OUT) * FACTOR + text.charAt(from + MIN_LENGTH - 1);
    }

    /** The text with {@value #MASK} in place of every secret; the same instance if there is none. */
    public String redact(String text) {
        String redacted = redactRegistered(text);
        if (redacted.length() >= MIN_LENGTH) {
            redacted = IN_CONTEXT.matcher(redacted).replaceAll("$1" + MASK);
            redacted = BY_FORM.matcher(redacted).replaceAll(MASK);
        }
        return redacted.equals(text) ? text : redacted;
    }
}
