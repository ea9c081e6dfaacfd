package dev.serai.json;

/**
 * Bytes that are not the JSON they should be. The message says what is wrong and where, and quotes nothing of the
 * content but the name of a key that appears twice.
 */
public final class JsonException extends Exception {
    private static final long serialVersionUID = 1L;

    public JsonException(String message) {
        super(message, null, false, false);
    }

    /**
     * Adds the line and column, in characters from 1, of the byte at {@code offset} in a text that begins at {@code
     * from}.
     */
    static JsonException at(String message, byte[] bytes, int from, int offset) {
        int line = 1;
        int column = 1;
        for (int i = from; i < offset; i++) {
            if (bytes[i] == '\n') {
                line++;
                column = 1;
            } else if ((bytes[i] & 0xC0) != 0x80) {
                column++;
            }
        }
        return new JsonException(message + " (line " + line + ", column " + column + ")");
    }
}
