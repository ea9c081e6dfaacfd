package dev.serai.dialect;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What a model writes for a tool that takes plain text, where the provider knows only functions: the tool becomes a function with one
 * string, {@code input}. An instance unpacks the arguments of one streamed call as they come. Not thread-safe; throws nothing, whatever
 * the model wrote: arguments of another form are the text.
 */
public final class CustomToolInput {
    /** The schema of such a function. */
    public static final String SCHEMA = "{\"type\":\"object\",\"properties\":{\"input\":{\"type\":\"string\"}},"
            + "\"required\":[\"input\"],\"additionalProperties\":false}";

    private static final String KEY = "\"input\"";
    private static final JsonFactory JSON = new JsonFactory();
    private static final int HEX_DIGITS = 4;

    private enum State {
        /** What has come may still become an object whose first member is the text. */
        BEFORE,
        /** Within the string. */
        WITHIN,
        /** Behind a backslash. */
        ESCAPED,
        /** Behind the string; what follows says nothing. */
        BEHIND,
        /** An object of another form: told at the end. */
        OTHER,
        /** No object: the text itself. */
        PLAIN
    }

    private final StringBuilder held = new StringBuilder();
    private State state = State.BEFORE;

    /** Of an escaped code unit: how many digits have come, -1 outside, and what they say. */
    private int digits = -1;

    private int code;

    /** The arguments of a function that say this text. */
    public static String pack(String input) {
        StringBuilder packed = new StringBuilder("{" + KEY + ":\"");
        JsonStringEncoder.getInstance().quoteAsString(input, packed);
        return packed.append("\"}").toString();
    }

    /** The text that these arguments of a function say. */
    public static String unpack(String arguments) {
        CustomToolInput input = new CustomToolInput();
        String begun = input.add(arguments);
        return begun + input.end();
    }

    /** Takes the next piece of the arguments and gives the piece of the text that it completes, which may be empty. */
    public String add(String piece) {
        StringBuilder out = new StringBuilder(piece.length());
        for (int i = 0; i < piece.length(); i++) {
            take(piece.charAt(i), out);
        }
        return out.toString();
    }

    /** The arguments are whole, or cut off: gives what is left of the text. */
    public String end() {
        String left =
                switch (state) {
                    case BEFORE, OTHER -> onlyString(held.toString());
                    case WITHIN -> held.toString();
                    case ESCAPED, BEHIND, PLAIN -> "";
                };
        state = State.BEHIND;
        return left;
    }

    private void take(char c, StringBuilder out) {
        switch (state) {
            case BEFORE -> before(c, out);
            case WITHIN -> within(c, out);
            case ESCAPED -> escaped(c, out);
            case OTHER -> held.append(c);
            case PLAIN -> out.append(c);
            case BEHIND -> {}
        }
    }

    /** Compares what has come, without the space between the tokens, with how it must begin. */
    private void before(char c, StringBuilder out) {
        held.append(c);
        if (isSpace(c)) {
            return;
        }
        String begun = withoutSpace(held);
        String whole = "{" + KEY + ":\"";
        if (begun.equals(whole)) {
            held.setLength(0);
            state = State.WITHIN;
        } else if (!whole.startsWith(begun)) {
            boolean object = begun.startsWith("{");
            state = object ? State.OTHER : State.PLAIN;
            if (!object) {
                out.append(held);
                held.setLength(0);
            }
        }
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\n' || c == '\r' || c == '\t';
    }

    private static String withoutSpace(CharSequence text) {
        StringBuilder solid = new StringBuilder(text.length());
        text.chars().filter(c -> !isSpace((char) c)).forEach(c -> solid.append((char) c));
        return solid.toString();
    }

    /** Half a surrogate pair is held until the other half is there. */
    private void within(char c, StringBuilder out) {
        if (c == '\\') {
            state = State.ESCAPED;
        } else if (c == '"') {
            out.append(held);
            held.setLength(0);
            state = State.BEHIND;
        } else {
            emit(c, out);
        }
    }

    private void emit(char c, StringBuilder out) {
        out.append(held);
        held.setLength(0);
        if (Character.isHighSurrogate(c)) {
            held.append(c);
        } else {
            out.append(c);
        }
    }

    private void escaped(char c, StringBuilder out) {
        if (digits >= 0) {
            digit(c, out);
        } else if (c == 'u') {
            digits = 0;
            code = 0;
        } else {
            state = State.WITHIN;
            emit(plain(c), out);
        }
    }

    private void digit(char c, StringBuilder out) {
        int value = Character.digit(c, 16);
        code = code * 16 + Math.max(0, value);
        if (++digits == HEX_DIGITS) {
            digits = -1;
            state = State.WITHIN;
            emit((char) code, out);
        }
    }

    private static char plain(char escaped) {
        return switch (escaped) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> escaped;
        };
    }

    /** The string of an object that has but one member, whatever its name; else the text itself. */
    private static String onlyString(String arguments) {
        try (JsonParser json = JSON.createParser(arguments)) {
            @Nullable String only = null;
            boolean opens = json.nextToken() == JsonToken.START_OBJECT;
            if (opens && json.nextToken() == JsonToken.FIELD_NAME && json.nextToken() == JsonToken.VALUE_STRING) {
                only = json.getText();
            }
            return only != null && json.nextToken() == JsonToken.END_OBJECT ? only : arguments;
        } catch (IOException e) {
            return arguments;
        }
    }
}
