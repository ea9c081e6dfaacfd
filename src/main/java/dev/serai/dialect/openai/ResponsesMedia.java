package dev.serai.dialect.openai;

import dev.serai.conversation.Source;
import dev.serai.dialect.DataUrl;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Sources of images and files. */
final class ResponsesMedia {
    private ResponsesMedia() {}

    /** Contents of a file: a {@code data:} URL, or base64 without a word on what it is. */
    static Source ofFileData(String data) {
        Source held = DataUrl.parse(data);
        return held == null ? new Source.Base64(null, data) : held;
    }

    /** Whether the file was uploaded to OpenAI: its two dialects share their files. */
    static boolean isOurs(Source.FileId file) {
        return file.dialect().equals(OpenAiResponsesCodec.ID) || file.dialect().equals("openai-chat");
    }

    /** The name of contents, which the dialect demands: what they are it knows by the ending alone. */
    static String fileName(@Nullable String title, @Nullable String mediaType) {
        if (title != null && title.contains(".")) {
            return title;
        }
        String type = mediaType == null ? "" : mediaType.toLowerCase(Locale.ROOT);
        int parameters = type.indexOf(';');
        return (title == null ? "file" : title) + ending(parameters < 0 ? type : type.substring(0, parameters));
    }

    private static String ending(String mediaType) {
        return switch (mediaType) {
            case "", "application/pdf" -> ".pdf";
            case "text/plain" -> ".txt";
            case "text/markdown" -> ".md";
            case "text/html" -> ".html";
            case "text/csv" -> ".csv";
            case "application/json" -> ".json";
            default -> "";
        };
    }
}
