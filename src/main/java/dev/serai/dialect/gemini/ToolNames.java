package dev.serai.dialect.gemini;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Names of functions within Google's rules: a letter or an underscore, then letters, digits, underscores, dots, colons and dashes. A
 * name that breaks them gets a mark before it, and each byte outside letters, digits, underscores and dashes becomes a dot and its
 * two hexadecimal digits. The name says itself how to undo that, so that a reply can be read without the request.
 */
final class ToolNames {
    private static final String MARK = "_serai.";

    private ToolNames() {}

    static String encode(String name) {
        return isLegal(name) && !name.startsWith(MARK) ? name : MARK + escaped(name);
    }

    static String decode(String name) {
        return name.startsWith(MARK) ? unescaped(name.substring(MARK.length())) : name;
    }

    private static boolean isLegal(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean always = isLetter(c) || c == '_';
            boolean later = isPlain(c) || c == '.' || c == ':';
            if (!(always || (i > 0 && later))) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    private static boolean isLetter(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isPlain(int c) {
        return isLetter(c) || (c >= '0' && c <= '9') || c == '_' || c == '-';
    }

    private static String escaped(String name) {
        StringBuilder out = new StringBuilder();
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            if (isPlain(b)) {
                out.append((char) b);
            } else {
                out.append(String.format(Locale.ROOT, ".%02x", b & 0xff));
            }
        }
        return out.toString();
    }

    private static String unescaped(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            int high = text.charAt(i) == '.' && i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
            int low = high < 0 ? -1 : Character.digit(text.charAt(i + 2), 16);
            out.write(low < 0 ? text.charAt(i) : high * 16 + low);
            i += low < 0 ? 0 : 2;
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
