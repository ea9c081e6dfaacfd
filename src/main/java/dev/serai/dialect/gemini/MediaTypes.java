package dev.serai.dialect.gemini;

import dev.serai.conversation.Content;
import dev.serai.conversation.Source;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Media types, which Google demands with every file. */
final class MediaTypes {
    private static final Map<String, String> BY_ENDING = Map.ofEntries(
            Map.entry("png", "image/png"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("jpeg", "image/jpeg"),
            Map.entry("webp", "image/webp"),
            Map.entry("gif", "image/gif"),
            Map.entry("heic", "image/heic"),
            Map.entry("heif", "image/heif"),
            Map.entry("pdf", "application/pdf"),
            Map.entry("txt", "text/plain"),
            Map.entry("md", "text/markdown"),
            Map.entry("csv", "text/csv"),
            Map.entry("html", "text/html"),
            Map.entry("json", "application/json"),
            Map.entry("mp3", "audio/mp3"),
            Map.entry("wav", "audio/wav"),
            Map.entry("flac", "audio/flac"),
            Map.entry("ogg", "audio/ogg"),
            Map.entry("mp4", "video/mp4"),
            Map.entry("mov", "video/quicktime"),
            Map.entry("webm", "video/webm"));

    private static final List<String> OWN = List.of(
            "https://generativelanguage.googleapis.com/",
            "https://www.youtube.com/",
            "https://youtube.com/",
            "https://youtu.be/");

    private MediaTypes() {}

    static boolean isImage(@Nullable String type) {
        return startsWith(type, "image/");
    }

    static boolean isAudio(@Nullable String type) {
        return startsWith(type, "audio/");
    }

    private static boolean startsWith(@Nullable String type, String prefix) {
        return type != null && type.regionMatches(true, 0, prefix, 0, prefix.length());
    }

    /** Whether a document or a recording is named by a URL that Google's models read themselves. */
    static boolean isKnownToGoogle(Content content) {
        Source source = content instanceof Content.Image image
                ? image.source()
                : content instanceof Content.Document document
                        ? document.source()
                        : content instanceof Content.Audio audio ? audio.source() : null;
        return source instanceof Source.Url url
                && OWN.stream().anyMatch(own -> url.url().regionMatches(true, 0, own, 0, own.length()));
    }

    /** What the ending of a URL's path says; {@code otherwise} if it says nothing known. */
    static String ofUrl(String url, String otherwise) {
        int end = url.length();
        for (char mark : new char[] {'#', '?'}) {
            int at = url.indexOf(mark);
            end = at >= 0 && at < end ? at : end;
        }
        int dot = url.lastIndexOf('.', end - 1);
        String ending = dot < 0 ? "" : url.substring(dot + 1, end).toLowerCase(Locale.ROOT);
        return BY_ENDING.getOrDefault(ending, otherwise);
    }
}
