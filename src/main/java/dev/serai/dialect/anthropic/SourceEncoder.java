package dev.serai.dialect.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.Content;
import dev.serai.conversation.Source;
import dev.serai.dialect.Feature;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes where images and documents come from. What Anthropic does not take is named. */
final class SourceEncoder {
    private static final String PDF = "application/pdf";

    /** How files begin, in base64, for sources without a media type. */
    private static final Map<String, String> BEGINNINGS = Map.of(
            "iVBORw", "image/png",
            "/9j/", "image/jpeg",
            "R0lGOD", "image/gif",
            "UklGR", "image/webp",
            "JVBERi", PDF);

    private final Drops drops;

    SourceEncoder(Drops drops) {
        this.drops = drops;
    }

    /** Null if Anthropic takes no such image. */
    @Nullable
    ObjectNode image(Source source) {
        if (source instanceof Source.Base64 bytes) {
            String type = type(bytes, "image/png");
            return base64(type.equals("image/jpg") ? "image/jpeg" : type, bytes.data());
        }
        if (source instanceof Source.Url url) {
            return Json.ofType("url").put("url", url.url());
        }
        if (source instanceof Source.FileId file) {
            return file(file);
        }
        drops.add(Feature.IMAGE, "an image that is no picture");
        return null;
    }

    /** Null if Anthropic takes no such document. */
    @Nullable
    ObjectNode document(Source source, Parts parts) {
        if (source instanceof Source.Base64 bytes) {
            return document(bytes);
        }
        if (source instanceof Source.Url url) {
            return document(url);
        }
        if (source instanceof Source.FileId file) {
            return file(file);
        }
        if (source instanceof Source.PlainText plain) {
            return text(plain.text());
        }
        JsonNode contents = parts.write(((Source.Parts) source).contents());
        drops.addIf(contents.isEmpty(), Feature.DOCUMENT, "a document that says nothing");
        return contents.isEmpty() ? null : Json.ofType("content").set("content", contents);
    }

    /** Writes the parts of a document that is made of several. */
    interface Parts {
        JsonNode write(List<Content> contents);
    }

    private @Nullable ObjectNode document(Source.Base64 bytes) {
        String type = type(bytes, PDF);
        if (type.equals(PDF)) {
            return base64(type, bytes.data());
        }
        if (type.startsWith("text/") || type.equals("application/json")) {
            try {
                return text(new String(Base64.getMimeDecoder().decode(bytes.data()), StandardCharsets.UTF_8));
            } catch (IllegalArgumentException e) {
                drops.add(Feature.DOCUMENT, "a document that is no base64");
                return null;
            }
        }
        drops.add(
                type.startsWith("video/") ? Feature.VIDEO : Feature.DOCUMENT,
                "Messages takes documents in PDF and in plain text");
        return null;
    }

    private @Nullable ObjectNode document(Source.Url url) {
        String type = url.mediaType() == null ? PDF : essence(url.mediaType());
        if (type.equals(PDF)) {
            return Json.ofType("url").put("url", url.url());
        }
        drops.add(
                type.startsWith("video/") ? Feature.VIDEO : Feature.DOCUMENT,
                "Messages takes addresses of documents in PDF only");
        return null;
    }

    private @Nullable ObjectNode file(Source.FileId file) {
        if (file.dialect().equals(AnthropicMessagesCodec.DIALECT)) {
            return Json.ofType("file").put("file_id", file.id());
        }
        drops.add(Feature.FILE_ID, "a file that another provider keeps");
        return null;
    }

    private static ObjectNode base64(String mediaType, String data) {
        return Json.ofType("base64").put("media_type", mediaType).put("data", data);
    }

    private static ObjectNode text(String text) {
        return Json.ofType("text").put("media_type", "text/plain").put("data", text);
    }

    private static String type(Source.Base64 bytes, String otherwise) {
        if (bytes.mediaType() != null) {
            return essence(bytes.mediaType());
        }
        return BEGINNINGS.entrySet().stream()
                .filter(beginning -> bytes.data().startsWith(beginning.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(otherwise);
    }

    /** A media type without its parameters. */
    private static String essence(String mediaType) {
        return mediaType.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
    }

    /**
     * Turns a document of parts into the search result that it was.
     *
     * @return whether it is such a document
     */
    static boolean toSearchResult(ObjectNode document) {
        JsonNode source = document.path("source");
        if (!source.path("type").asText().equals("content")
                || !document.path("context").isTextual()) {
            return false;
        }
        document.put("type", "search_result");
        document.set("source", document.remove("context"));
        document.set("content", source.get("content"));
        if (!document.has("title")) {
            document.put("title", "");
        }
        return true;
    }
}
