package dev.serai.access;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Takes secrets out of text that people will read: values that were registered, and whatever looks like a key.
 * Thread-safe; bounded in memory.
 */
public final class Secrets {
    /** What stands in the place of a secret. */
    public static final String MASK = "***";

    private static final Secrets PROCESS = new Secrets(10_000);
    private static final int MIN_LENGTH = 8;

    /** Header lines and query parameters keep their names, so that a reader sees that something was there. */
    private static final Pattern IN_CONTEXT =
            Pattern.compile("(?i)(\\b(?:x-api-key|x-goog-api-key|api[_-]?key|authorization|proxy-authorization)\\b"
                    + "[\"']?\\s*[:=]\\s*[\"'\\[]*+|\\bBearer\\s+|[?&]key=)"
                    + "(?:(?:Bearer|Basic)\\s+)?+(?!\\*\\*\\*)[^\\s\"',;&\\]}]+");

    private static final Pattern BY_FORM =
            Pattern.compile("\\b(?:sk-[\\w-]{8,}|serai-(?:ak|api)-[\\w-]{4,}|gsk_\\w{8,}|AIza[\\w-]{16,})");

    private final int max;
    private volatile List<String> longestFirst = List.of();

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
        if (longestFirst.contains(value)) {
            return true;
        }
        if (value.length() < MIN_LENGTH || longestFirst.size() >= max) {
            return false;
        }
        // The longest first: a secret may be a part of another one.
        longestFirst = Stream.concat(longestFirst.stream(), Stream.of(value))
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
        return true;
    }

    /** Like {@link #redact}, but of registered values alone: for JSON that must stay JSON. */
    public String redactRegistered(String text) {
        String redacted = text;
        for (String secret : longestFirst) {
            redacted = redacted.replace(secret, MASK);
        }
        return redacted;
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
