package dev.serai.dialect;

import dev.serai.conversation.Source;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** URLs that hold their data (RFC 2397), as OpenAI's dialects use them for images and files. */
public final class DataUrl {
    private static final String SCHEME = "data:";
    private static final String BASE64 = ";base64";

    private DataUrl() {}

    /** Where the bytes are that a URL names: in itself, or on the network. */
    public static Source source(String url) {
        Source held = parse(url);
        return held == null ? new Source.Url(url, null) : held;
    }

    /** What a data URL holds; null if it is another URL, or a data URL without a comma. Data that is not in base64 is put into it. */
    public static Source.@Nullable Base64 parse(String url) {
        int comma = url.indexOf(',');
        if (comma < 0 || !url.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return null;
        }
        String head = url.substring(SCHEME.length(), comma);
        String data = url.substring(comma + 1);
        if (head.toLowerCase(Locale.ROOT).endsWith(BASE64)) {
            String type = head.substring(0, head.length() - BASE64.length());
            return new Source.Base64(type.isEmpty() ? null : registered(type), data);
        }
        return new Source.Base64(
                head.isEmpty() ? "text/plain" : head, Base64.getEncoder().encodeToString(decoded(data)));
    }

    /** Clients write {@code image/jpg}, which is no media type and which providers refuse. */
    private static String registered(String type) {
        return type.equalsIgnoreCase("image/jpg") ? "image/jpeg" : type;
    }

    /** A URL that holds these data. */
    public static String of(Source.Base64 source, String mediaTypeOtherwise) {
        String type = source.mediaType() == null ? mediaTypeOtherwise : source.mediaType();
        return SCHEME + type + BASE64 + "," + source.data();
    }

    /** Percent-encoding undone; a percent sign that begins no code stands for itself. */
    private static byte[] decoded(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
        int i = 0;
        while (i < bytes.length) {
            int high = bytes[i] == '%' && i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(bytes[i + 2], 16);
            out.write(low < 0 ? bytes[i] : high * 16 + low);
            i += low < 0 ? 1 : 3;
        }
        return out.toByteArray();
    }
}
