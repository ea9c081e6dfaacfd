package dev.serai.dialect.openai;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Media types, as far as Chat has other words for them. */
final class ChatMedia {
    private static final Map<String, String> VIDEOS = Map.of(
            "mp4", "video/mp4",
            "m4v", "video/mp4",
            "webm", "video/webm",
            "mov", "video/quicktime",
            "mpeg", "video/mpeg",
            "mpg", "video/mpeg",
            "avi", "video/x-msvideo",
            "mkv", "video/x-matroska");

    private static final Map<String, String> EXTENSIONS = Map.of(
            "application/pdf", ".pdf",
            "text/plain", ".txt",
            "text/markdown", ".md",
            "text/csv", ".csv",
            "text/html", ".html",
            "application/json", ".json");

    private ChatMedia() {}

    /** The type of a film, by the end of its address; MP4 where that says nothing, because some targets want a type. */
    static String videoType(String url) {
        String path = url.replaceAll("[?#].*$", "").toLowerCase(Locale.ROOT);
        return VIDEOS.getOrDefault(path.substring(path.lastIndexOf('.') + 1), "video/mp4");
    }

    static boolean isVideo(@Nullable String mediaType) {
        return mediaType != null && mediaType.startsWith("video/");
    }

    /** The {@code format} of a recording: the second half of its media type, with OpenAI's word for MPEG; null for none. */
    static @Nullable String audioFormat(@Nullable String mediaType) {
        if (mediaType == null || !mediaType.startsWith("audio/")) {
            return null;
        }
        String half =
                mediaType.substring("audio/".length()).split(";", -1)[0].strip().toLowerCase(Locale.ROOT);
        return switch (half) {
            case "mpeg", "mpga" -> "mp3";
            case "x-wav", "wave", "vnd.wave" -> "wav";
            case "" -> null;
            default -> half;
        };
    }

    /** The name of a file, which OpenAI demands: what it is is told by the ending alone. */
    static String fileName(@Nullable String title, @Nullable String mediaType) {
        if (title != null && title.contains(".")) {
            return title;
        }
        return (title == null ? "document" : title)
                + EXTENSIONS.getOrDefault(mediaType == null ? "application/pdf" : mediaType, "");
    }
}
