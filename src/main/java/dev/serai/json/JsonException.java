package dev.serai.json;

/** Bytes that are not the JSON they should be. The message says what is wrong and where, and quotes nothing of the content. */
public final class JsonException extends Exception {
    private static final long serialVersionUID = 1L;

    public JsonException(String message) {
        super(message, null, false, false);
    }
}
