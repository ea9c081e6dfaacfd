package dev.serai.store;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a page of a list ended. Its text means nothing to whoever hands it back.
 *
 * @param createdAtMicros when the last object of the page was made
 * @param id              that object
 */
public record Cursor(long createdAtMicros, String id) {
    private static final Pattern FORM = Pattern.compile("(-?[0-9]{1,18}):([A-Za-z0-9_-]{1,64})");

    /** @throws IllegalArgumentException if it was not made by {@link #text} */
    public static Cursor parse(String text) {
        try {
            String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII);
            Matcher form = FORM.matcher(plain);
            if (form.matches()) {
                return new Cursor(Long.parseLong(form.group(1)), form.group(2));
            }
        } catch (IllegalArgumentException e) {
            // told below
        }
        throw new IllegalArgumentException("the cursor is none that this API gave");
    }

    /** For a URL. */
    public String text() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((createdAtMicros + ":" + id).getBytes(StandardCharsets.US_ASCII));
    }
}
