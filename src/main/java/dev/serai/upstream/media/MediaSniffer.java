package dev.serai.upstream.media;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.serai.dialect.MediaUrl;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What fetched bytes are. They are looked at themselves: a page of HTML is often called a picture. */
final class MediaSniffer {
    private static final int HEAD_BYTES = 16;

    private MediaSniffer() {}

    /**
     * The media type of the bytes.
     *
     * @param declared the header that came with them; believed only for kinds of text
     * @throws MediaException if they are not of the sort that was expected
     */
    static String type(byte[] bytes, @Nullable String declared, MediaUrl.Sort expected) throws MediaException {
        String type = magic(new String(bytes, 0, Math.min(bytes.length, HEAD_BYTES), ISO_8859_1));
        return switch (expected) {
            case IMAGE -> require(type, "image/", "it is no image in PNG, JPEG, GIF, WebP, HEIC or AVIF");
            case AUDIO -> require(type, "audio/", "it is no sound in WAV, MP3, FLAC, Ogg or MP4");
            case VIDEO -> require(type, "video/", "it is no film in MP4 or WebM");
            case DOCUMENT ->
                type == null && isText(bytes)
                        ? textType(declared)
                        : require(type, "application/pdf", "it is neither a PDF nor a text");
        };
    }

    private static String require(@Nullable String type, String prefix, String otherwise) throws MediaException {
        if (type == null || !type.startsWith(prefix)) {
            throw new MediaException(otherwise);
        }
        return type;
    }

    private static @Nullable String magic(String head) {
        if (head.startsWith("\u0089PNG\r\n\u001a\n")) {
            return "image/png";
        } else if (head.startsWith("\u00ff\u00d8\u00ff")) {
            return "image/jpeg";
        } else if (head.startsWith("GIF87a") || head.startsWith("GIF89a")) {
            return "image/gif";
        } else if (head.startsWith("%PDF-")) {
            return "application/pdf";
        } else if (head.startsWith("RIFF")) {
            return head.startsWith("WEBP", 8) ? "image/webp" : head.startsWith("WAVE", 8) ? "audio/wav" : null;
        } else if (head.startsWith("ftyp", 4)) {
            return brand(head);
        } else if (head.startsWith("ID3") || head.startsWith("\u00ff\u00fb") || head.startsWith("\u00ff\u00f3")) {
            return "audio/mp3";
        } else if (head.startsWith("fLaC")) {
            return "audio/flac";
        } else if (head.startsWith("OggS")) {
            return "audio/ogg";
        }
        return head.startsWith("\u001aE\u00df\u00a3") ? "video/webm" : null;
    }

    /** Of the family of MP4, ISO 14496-12. */
    private static @Nullable String brand(String head) {
        String brand = head.length() < 12 ? "" : head.substring(8, 12);
        return switch (brand) {
            case "heic", "heix", "mif1" -> "image/heic";
            case "avif" -> "image/avif";
            case "M4A " -> "audio/mp4";
            case "qt  " -> "video/quicktime";
            default -> "video/mp4";
        };
    }

    private static boolean isText(byte[] bytes) {
        for (byte one : bytes) {
            if (one == 0) {
                return false;
            }
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return bytes.length > 0;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static String textType(@Nullable String declared) throws MediaException {
        String type =
                declared == null ? "" : declared.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
        if (type.startsWith("text/") || type.equals("application/json")) {
            return type;
        }
        if (type.isEmpty() || type.equals("application/octet-stream")) {
            return "text/plain";
        }
        throw new MediaException("it is neither a PDF nor a text");
    }
}
