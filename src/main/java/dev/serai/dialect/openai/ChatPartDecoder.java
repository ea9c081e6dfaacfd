package dev.serai.dialect.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.CacheMark;
import dev.serai.conversation.Content;
import dev.serai.conversation.Extra;
import dev.serai.conversation.Source;
import dev.serai.dialect.CodecException;
import dev.serai.dialect.DataUrl;
import dev.serai.dialect.JsonMembers;
import dev.serai.dialect.JsonTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the {@code content} of a message in a request: a string, or a list of parts. */
final class ChatPartDecoder {
    private static final String IMAGE_URL = "image_url";

    private final List<Extra> extras;

    ChatPartDecoder(List<Extra> extras) {
        this.extras = extras;
    }

    List<Content> read(JsonMembers message) throws CodecException {
        JsonNode content = message.any("content");
        if (content == null) {
            return List.of();
        }
        if (content.isTextual()) {
            return content.textValue().isEmpty() ? List.of() : List.of(new Content.Text(content.textValue()));
        }
        if (content instanceof ArrayNode list) {
            return parts(list, message);
        }
        throw new CodecException("must be a string or a list of parts", message.at("content"));
    }

    private List<Content> parts(ArrayNode list, JsonMembers message) throws CodecException {
        List<Content> contents = new ArrayList<>(list.size());
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i).isTextual()) {
                contents.add(new Content.Text(list.get(i).textValue()));
            } else {
                JsonMembers part = message.element("content", i, list.get(i));
                if (part != null) {
                    contents.add(part(part));
                }
            }
        }
        return contents;
    }

    private Content part(JsonMembers part) throws CodecException {
        Content read = known(part.requiredText("type"), part);
        part.leftOver(OpenAiChatCodec.DIALECT, extras);
        return read;
    }

    private Content known(String type, JsonMembers part) throws CodecException {
        return switch (type) {
            case "text", "input_text", "output_text" ->
                new Content.Text(part.requiredText("text"), List.of(), mark(part), null);
            case "refusal" -> new Content.Refusal(part.requiredText("refusal"));
            case IMAGE_URL -> image(part);
            case "input_audio" -> audio(part);
            case "file" -> file(part);
            case "video_url" -> video(part);
            case "document_url" -> document(part);
            case "thinking" -> thinking(part);
            default -> opaque(type, part);
        };
    }

    private static Content opaque(String type, JsonMembers part) {
        part.node().fieldNames().forEachRemaining(part::ignore);
        return new Content.Opaque(OpenAiChatCodec.DIALECT, type, JsonTree.raw(part.node()));
    }

    /** What OpenRouter and others take over from Anthropic; null for no mark, and for one of another kind, which is left over. */
    static @Nullable CacheMark mark(JsonMembers part) {
        JsonNode control = part.peek("cache_control");
        if (control == null || !control.path("type").asText("").equals("ephemeral")) {
            return null;
        }
        String ttl = control.path("ttl").asText("5m");
        if (!ttl.equals("5m") && !ttl.equals("1h")) {
            return null;
        }
        part.ignore("cache_control");
        return ttl.equals("1h") ? CacheMark.ONE_HOUR : CacheMark.FIVE_MINUTES;
    }

    private Content image(JsonMembers part) throws CodecException {
        JsonNode value = part.any(IMAGE_URL);
        if (value != null && value.isTextual()) {
            return new Content.Image(DataUrl.source(value.textValue()), null, mark(part), null);
        }
        JsonMembers image = required(part, IMAGE_URL);
        Source source = DataUrl.source(image.requiredText("url"));
        String word = image.text("detail");
        Content.Detail detail = word == null ? null : ChatWords.detail(word);
        if (detail == null) {
            image.leave("detail");
        }
        image.leftOver(OpenAiChatCodec.DIALECT, extras);
        return new Content.Image(source, detail, mark(part), null);
    }

    private static JsonMembers required(JsonMembers part, String name) throws CodecException {
        JsonMembers inner = part.object(name);
        if (inner == null) {
            throw new CodecException("is missing; it must be an object", part.at(name));
        }
        return inner;
    }

    private Content audio(JsonMembers part) throws CodecException {
        JsonMembers audio = required(part, "input_audio");
        String data = audio.requiredText("data");
        String format = audio.text("format");
        audio.leftOver(OpenAiChatCodec.DIALECT, extras);
        Source.Base64 held = DataUrl.parse(data);
        String type = format == null ? null : "audio/" + format.toLowerCase(Locale.ROOT);
        return new Content.Audio(
                held == null
                        ? new Source.Base64(type, data)
                        : new Source.Base64(type == null ? held.mediaType() : type, held.data()));
    }

    private Content file(JsonMembers part) throws CodecException {
        JsonMembers file = required(part, "file");
        String id = file.text("file_id");
        String data = file.text("file_data");
        String name = file.text("filename");
        file.leftOver(OpenAiChatCodec.DIALECT, extras);
        if (id == null && data == null) {
            throw new CodecException("must have file_data or file_id", file.path());
        }
        Source source = data == null || data.isEmpty()
                ? new Source.FileId(OpenAiChatCodec.DIALECT, id == null ? "" : id)
                : fileSource(data);
        return new Content.Document(source, name, null, null, mark(part));
    }

    /** OpenAI takes a data URL, OpenRouter any URL, and some clients write base64 alone. */
    private static Source fileSource(String data) {
        boolean url = data.regionMatches(true, 0, "http://", 0, 7)
                || data.regionMatches(true, 0, "https://", 0, 8)
                || data.regionMatches(true, 0, "data:", 0, 5);
        return url ? DataUrl.source(data) : new Source.Base64(null, data);
    }

    /** A film, which OpenRouter, Z.ai and Alibaba take. */
    private Content video(JsonMembers part) throws CodecException {
        JsonMembers video = required(part, "video_url");
        Source source = DataUrl.source(video.requiredText("url"));
        video.leftOver(OpenAiChatCodec.DIALECT, extras);
        return new Content.Document(
                source instanceof Source.Url url ? new Source.Url(url.url(), ChatMedia.videoType(url.url())) : source,
                null,
                null,
                null,
                mark(part));
    }

    /** Mistral's form of a file. */
    private static Content document(JsonMembers part) throws CodecException {
        Source source = DataUrl.source(part.requiredText("document_url"));
        return new Content.Document(source, part.text("document_name"), null, null, mark(part));
    }

    /** Mistral's form of thinking. */
    private static Content thinking(JsonMembers part) throws CodecException {
        JsonNode thinking = part.any("thinking");
        StringBuilder words = new StringBuilder(thinking == null ? "" : thinking.asText(""));
        if (thinking instanceof ArrayNode pieces) {
            for (JsonNode piece : pieces) {
                words.append(
                        piece instanceof ObjectNode text ? text.path("text").asText("") : piece.asText(""));
            }
        }
        return new Content.Thinking(words.toString(), ChatThoughts.ofField(ChatThoughts.CONTENT, null));
    }
}
