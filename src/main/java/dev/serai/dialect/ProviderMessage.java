package dev.serai.dialect;

import dev.serai.access.Secrets;
import dev.serai.json.JsonDocument;
import dev.serai.json.JsonDocument.Kind;
import dev.serai.json.JsonException;
import dev.serai.json.JsonSpan;
import dev.serai.json.JsonText;
import java.nio.charset.StandardCharsets;

/**
 * What a provider says went wrong, as one line for logs and errors. A provider that refuses a key may well say which; secrets are
 * masked here, where its words come in.
 */
public final class ProviderMessage {
    private static final int MAX_LENGTH = 500;
    private static final String UNKNOWN = "the provider reported an error without a message";

    private ProviderMessage() {}

    /** From a whole body or event: its {@code error}, be it an object or a text, or else its {@code message}. */
    public static String of(JsonDocument body) {
        JsonDocument error = body.object("error");
        if (error != null) {
            return message(error);
        }
        return body.kind("error") == Kind.STRING ? line(body.string("error")) : message(body);
    }

    /** From the provider's own words, wherever they stood. */
    public static String of(@org.jspecify.annotations.Nullable String text) {
        return line(text);
    }

    /** From the value of an {@code error} member. */
    public static String of(byte[] bytes, JsonSpan error) {
        return switch (bytes[error.from()]) {
            case '"' -> line(JsonText.decode(bytes, error));
            case '{' -> ofObject(bytes, error.from(), error.to());
            default -> line(new String(bytes, error.from(), error.to() - error.from(), StandardCharsets.UTF_8));
        };
    }

    /** From the JSON of a whole event. */
    static String ofObject(byte[] bytes, int from, int to) {
        try {
            return of(JsonDocument.parse(bytes, from, to));
        } catch (JsonException e) {
            return UNKNOWN;
        }
    }

    private static String message(JsonDocument error) {
        String message = error.string("message");
        return line(message == null ? error.string("code") : message);
    }

    private static String line(@org.jspecify.annotations.Nullable String text) {
        if (text == null || text.isBlank()) {
            return UNKNOWN;
        }
        StringBuilder line = new StringBuilder();
        text.strip()
                .codePoints()
                .limit(MAX_LENGTH)
                .map(c -> Character.isISOControl(c) ? ' ' : c)
                .forEach(line::appendCodePoint);
        return Secrets.ofProcess().redact(line.toString());
    }
}
