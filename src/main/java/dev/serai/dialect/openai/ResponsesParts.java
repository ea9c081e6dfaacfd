package dev.serai.dialect.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.conversation.CacheMark;
import dev.serai.conversation.Citation;
import dev.serai.conversation.Content;
import dev.serai.conversation.Source;
import dev.serai.dialect.CodecException;
import dev.serai.dialect.DataUrl;
import dev.serai.dialect.JsonTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the parts of messages and of results: {@code content} and {@code output}, a text or a list. */
final class ResponsesParts {
    /** Before the type of a part that only this dialect knows, to tell it from an item. */
    static final String PART = "content.";

    /** What the conversation holds, and what says nothing to a model. */
    private static final Set<String> KNOWN = Set.of(
            "type",
            "text",
            "annotations",
            "logprobs",
            "refusal",
            "image_url",
            "file_id",
            "file_data",
            "file_url",
            "filename",
            "input_audio",
            "prompt_cache_breakpoint");

    private final ResponsesExtras extras;

    ResponsesParts(ResponsesExtras extras) {
        this.extras = extras;
    }

    /**
     * @param item the number of the item, for extras
     * @param list what the list is called there
     */
    List<Content> read(ResponsesValue parts, int item, String list) throws CodecException {
        if (parts.isText()) {
            return List.of(new Content.Text(parts.asText()));
        }
        if (!parts.isArray()) {
            throw parts.wrong("must be a string or a list of parts");
        }
        List<Content> contents = new ArrayList<>();
        for (ResponsesValue part : parts.elements()) {
            Content content = read(part.asObject());
            if (!(content instanceof Content.Opaque)) {
                unknown(part, item, list, contents.size(), content instanceof Content.Image);
            }
            contents.add(content);
        }
        return contents;
    }

    private void unknown(ResponsesValue part, int item, String list, int number, boolean detailIsKnown) {
        for (Map.Entry<String, JsonNode> member : part.members()) {
            String name = member.getKey();
            if (!KNOWN.contains(name) && !(detailIsKnown && name.equals("detail"))) {
                extras.ofPart(item, list, number, name, member.getValue());
            }
        }
    }

    private static Content read(ResponsesValue part) throws CodecException {
        String type = part.require("type").asText();
        return switch (type) {
            case "input_text", "output_text", "text", "summary_text", "reasoning_text" -> text(part);
            case "refusal" -> new Content.Refusal(part.require("refusal").asText());
            case "input_image" -> image(part);
            case "input_file" -> file(part);
            case "input_audio" -> audio(part);
            default -> new Content.Opaque(OpenAiResponsesCodec.ID, PART + type, JsonTree.raw(part.node()));
        };
    }

    private static Content text(ResponsesValue part) throws CodecException {
        List<Citation> citations = new ArrayList<>();
        ResponsesValue annotations = part.get("annotations");
        if (annotations != null) {
            for (ResponsesValue annotation : annotations.elements()) {
                citations.add(ResponsesCitations.read(annotation.asObject().node()));
            }
        }
        return new Content.Text(part.require("text").asText(), citations, cache(part), null);
    }

    /** {@code prompt_cache_breakpoint}: how long is said for the whole request, and but one length is known. */
    private static @Nullable CacheMark cache(ResponsesValue part) {
        return part.has("prompt_cache_breakpoint") ? CacheMark.FIVE_MINUTES : null;
    }

    private static Content image(ResponsesValue part) throws CodecException {
        return new Content.Image(imageSource(part), detail(part), cache(part), null);
    }

    private static Source imageSource(ResponsesValue part) throws CodecException {
        String file = part.text("file_id");
        if (file != null) {
            return new Source.FileId(OpenAiResponsesCodec.ID, file);
        }
        ResponsesValue url = part.require("image_url");
        // Some clients write {"url": …}, as chat completions do.
        return DataUrl.source(url.isObject() ? url.require("url").asText() : url.asText());
    }

    private static Content.@Nullable Detail detail(ResponsesValue part) throws CodecException {
        String detail = part.text("detail");
        if (detail == null) {
            return null;
        }
        return switch (detail) {
            case "auto" -> Content.Detail.AUTO;
            case "low" -> Content.Detail.LOW;
            case "high" -> Content.Detail.HIGH;
            case "original" -> Content.Detail.ORIGINAL;
            default -> throw part.require("detail").wrong("must be auto, low, high or original");
        };
    }

    private static Content file(ResponsesValue part) throws CodecException {
        return new Content.Document(fileSource(part), part.text("filename"), null, null, cache(part));
    }

    private static Source fileSource(ResponsesValue part) throws CodecException {
        String file = part.text("file_id");
        if (file != null) {
            return new Source.FileId(OpenAiResponsesCodec.ID, file);
        }
        String url = part.text("file_url");
        if (url != null) {
            return DataUrl.source(url);
        }
        return ResponsesMedia.ofFileData(part.require("file_data").asText());
    }

    private static Content audio(ResponsesValue part) throws CodecException {
        ResponsesValue audio = part.require("input_audio").asObject();
        String format = audio.text("format");
        String mediaType = format == null ? null : "audio/" + format.toLowerCase(Locale.ROOT);
        return new Content.Audio(
                new Source.Base64(mediaType, audio.require("data").asText()));
    }
}
