package dev.serai.dialect.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.Content;
import dev.serai.conversation.Extra;
import dev.serai.conversation.Signature;
import dev.serai.conversation.Source;
import dev.serai.conversation.Tool;
import dev.serai.dialect.CodecException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Parts of a message: each is exactly one content. What a part says besides becomes extras. Not thread-safe. */
final class PartDecoder {
    private final Signing signing;
    private final CallIds ids;
    private final UnaryOperator<String> names;
    private final List<Extra> extras;

    /** @param names from the name of a function as it stands in the part to its own */
    PartDecoder(Signing signing, CallIds ids, UnaryOperator<String> names, List<Extra> extras) {
        this.signing = signing;
        this.ids = ids;
        this.names = names;
        this.extras = extras;
    }

    Content decode(Members part) throws CodecException {
        Content content = content(part);
        if (!(content instanceof Content.Opaque)) {
            part.leftOver(extras);
        }
        return content;
    }

    private Content content(Members part) throws CodecException {
        if (part.has("functionCall")) {
            return call(part);
        }
        if (part.has("functionResponse")) {
            Members response = part.object("functionResponse");
            return response == null ? opaque(part) : result(response);
        }
        if (part.has("inlineData")) {
            return inline(part);
        }
        if (part.has("fileData")) {
            return file(part);
        }
        String unknown = firstUnknown(part.object());
        if (unknown != null && !part.has("text")) {
            return opaque(part);
        }
        return words(part);
    }

    private static @Nullable String firstUnknown(ObjectNode part) {
        for (var member : part.properties()) {
            switch (member.getKey()) {
                case "text", "thought", "thoughtSignature", "thought_signature" -> {}
                default -> {
                    return member.getKey();
                }
            }
        }
        return null;
    }

    private Content.Opaque opaque(Members part) {
        String kind = firstUnknown(part.object());
        return new Content.Opaque(Gemini.ID, kind == null ? "part" : kind, Json.raw(part.object()));
    }

    private Content words(Members part) throws CodecException {
        boolean thought = Boolean.TRUE.equals(part.flag("thought"));
        String text = part.text("text");
        Signature signature = signature(part);
        if (thought && text == null && signature != null) {
            return new Content.RedactedThinking(signature);
        }
        String words = text == null ? "" : text;
        return thought ? new Content.Thinking(words, signature) : new Content.Text(words, List.of(), null, signature);
    }

    @Nullable
    Signature signature(Members part) throws CodecException {
        String text = part.text("thoughtSignature");
        return text == null ? null : signing.read(text);
    }

    private Content call(Members part) throws CodecException {
        Members call = part.object("functionCall");
        if (call == null) {
            return opaque(part);
        }
        String name = name(call);
        JsonNode args = call.any("args");
        if (args != null && !args.isObject()) {
            call.wrong("args", "must be an object");
        }
        String id = ids.ofCall(call.text("id"), name);
        call.leftOver(extras);
        return new Content.ToolCall(id, name, Tool.Kind.FUNCTION, Arguments.decode(args), null, signature(part));
    }

    private String name(Members of) throws CodecException {
        String name = of.text("name");
        if (name == null || name.isEmpty()) {
            of.wrong("name", "is missing; it must be the name of a function");
            return "";
        }
        return names.apply(name);
    }

    private Content result(Members response) throws CodecException {
        String name = name(response);
        JsonNode said = response.any("response");
        if (said != null && !said.isObject()) {
            response.wrong("response", "must be an object");
        }
        ToolResults.Said texts = ToolResults.decode(said instanceof ObjectNode object ? object : null);
        List<Content> contents = new ArrayList<>(texts.contents());
        for (Members media : response.objects("parts")) {
            contents.add(content(media));
            media.leftOver(extras);
        }
        String id = ids.ofResult(response.text("id"), name);
        response.leftOver(extras);
        return new Content.ToolResult(id, name.isEmpty() ? null : name, contents, texts.isError(), null);
    }

    private Content inline(Members part) throws CodecException {
        Members data = part.object("inlineData");
        if (data == null) {
            return opaque(part);
        }
        String type = data.word("mimeType");
        String bytes = data.text("data");
        Content content = media(part, data, new Source.Base64(type, bytes == null ? "" : bytes), type);
        data.leftOver(extras);
        return content;
    }

    private Content file(Members part) throws CodecException {
        Members data = part.object("fileData");
        String uri = data == null ? null : data.text("fileUri");
        if (data == null || uri == null) {
            if (data != null) {
                data.wrong("fileUri", "is missing; it must be the address of a file");
            }
            return opaque(part);
        }
        String type = data.word("mimeType");
        Content content = media(part, data, new Source.Url(uri, type), type);
        data.leftOver(extras);
        return content;
    }

    private Content media(Members part, Members data, Source source, @Nullable String type) throws CodecException {
        if (MediaTypes.isImage(type)) {
            return new Content.Image(source, detail(part), null, signature(part));
        }
        if (MediaTypes.isAudio(type)) {
            return new Content.Audio(source);
        }
        return new Content.Document(source, data.text("displayName"), null, null, null);
    }

    /** Null if it says none, or one that the model has no word for: that stays an extra. */
    private static Content.@Nullable Detail detail(Members part) throws CodecException {
        Members resolution = part.object("mediaResolution");
        String level = resolution == null || resolution.object().size() > 1 ? null : resolution.text("level");
        Content.Detail detail = level == null ? null : MediaResolutions.decode(level);
        if (detail == null) {
            part.leave("mediaResolution");
        }
        return detail;
    }
}
