package dev.serai.json;

/**
 * Where a value stands in the array it was read from.
 *
 * @param from its first byte
 * @param to   behind its last byte
 */
public record JsonSpan(int from, int to) {
    /** For the value of a member: what to cut so that the object stays well-formed, its name and one comma included. */
    public JsonSpan withNameAndComma(byte[] bytes) {
        int before = JsonBytes.lastBefore(bytes, nameFrom(bytes));
        if (bytes[before] == ',') {
            return new JsonSpan(before, to);
        }
        int after = JsonBytes.firstFrom(bytes, to, bytes.length);
        return new JsonSpan(before + 1, bytes[after] == ',' ? after + 1 : to);
    }

    /** Inside a name a quote always follows a backslash, and the quote that opens a name never does. */
    private int nameFrom(byte[] bytes) {
        int colon = JsonBytes.lastBefore(bytes, from);
        int quote = JsonBytes.lastBefore(bytes, colon) - 1;
        while (bytes[quote] != '"' || bytes[quote - 1] == '\\') {
            quote--;
        }
        return quote;
    }
}
