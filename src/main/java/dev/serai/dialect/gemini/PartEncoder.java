package dev.serai.dialect.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.Content;
import dev.serai.conversation.Signature;
import dev.serai.conversation.Source;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The parts that say the same in both directions; what differs is up to the two heirs. Not thread-safe. */
abstract class PartEncoder implements Content.Visitor<Boolean> {
    private final UnaryOperator<String> names;
    private final Drops drops;
    private ArrayNode parts = Json.array();

    /** @param names from the name of a function to the name that stands in the part */
    PartEncoder(UnaryOperator<String> names, Drops drops) {
        this.names = names;
        this.drops = drops;
    }

    /** Adds the parts that say this content; false if it says nothing in this dialect. */
    final boolean encode(Content content, ArrayNode into) {
        ArrayNode before = parts;
        parts = into;
        try {
            return content.accept(this);
        } finally {
            parts = before;
        }
    }

    final Drops drops() {
        return drops;
    }

    /** The text of a signature; null if it must not be shown. */
    abstract @Nullable String signed(Signature signature);

    final boolean add(ObjectNode part) {
        parts.add(part);
        return true;
    }

    final ObjectNode sign(ObjectNode part, @Nullable Signature signature) {
        String text = signature == null ? null : signed(signature);
        return text == null ? part : part.put("thoughtSignature", text);
    }

    @Override
    public Boolean text(Content.Text text) {
        return add(sign(Json.object().put("text", text.text()), text.signature()));
    }

    @Override
    public Boolean image(Content.Image image) {
        ObjectNode part = media(image.source(), "image/png", "image/jpeg");
        return part != null && add(sign(part, image.signature()));
    }

    @Override
    public Boolean document(Content.Document document) {
        if (document.source() instanceof Source.PlainText plain) {
            return add(Json.object().put("text", plain.text()));
        }
        if (document.source() instanceof Source.Parts inner) {
            boolean any = false;
            for (Content content : inner.contents()) {
                any |= content.accept(this);
            }
            return any;
        }
        ObjectNode part = media(document.source(), "application/pdf", "application/pdf");
        return part != null && add(part);
    }

    @Override
    public Boolean audio(Content.Audio audio) {
        ObjectNode part = media(audio.source(), "audio/wav", "audio/mp3");
        return part != null && add(part);
    }

    /** Null if the source is none that a part can name. */
    final @Nullable ObjectNode media(Source source, String typeOfBytes, String typeOfUrl) {
        ObjectNode data = Json.object();
        if (source instanceof Source.Base64 bytes) {
            data.put("mimeType", bytes.mediaType() == null ? typeOfBytes : bytes.mediaType());
            data.put("data", bytes.data());
            return wrapped("inlineData", data);
        }
        if (source instanceof Source.Url url) {
            String type = url.mediaType() == null ? MediaTypes.ofUrl(url.url(), typeOfUrl) : url.mediaType();
            data.put("mimeType", type);
            data.put("fileUri", url.url());
            return wrapped("fileData", data);
        }
        return unknown(source);
    }

    /** What to do with a source that only another provider knows. */
    abstract @Nullable ObjectNode unknown(Source source);

    static ObjectNode wrapped(String name, JsonNode value) {
        ObjectNode part = Json.object();
        part.set(name, value);
        return part;
    }

    @Override
    public Boolean toolCall(Content.ToolCall call) {
        ObjectNode function = Json.object();
        if (!CallIds.isMade(call.id())) {
            function.put("id", call.id());
        }
        function.put("name", names.apply(call.name()));
        ObjectNode arguments = Arguments.encode(call);
        if (arguments != null) {
            function.set("args", arguments);
        }
        return add(sign(wrapped("functionCall", function), call.signature()));
    }

    final String functionName(String name) {
        return names.apply(name);
    }

    @Override
    public Boolean refusal(Content.Refusal refusal) {
        return add(Json.object().put("text", refusal.text()));
    }

    @Override
    public Boolean opaque(Content.Opaque opaque) {
        if (opaque.dialect().equals(Gemini.ID) && Json.parse(opaque.json().text()) instanceof ObjectNode part) {
            return add(part);
        }
        drops.add(opaque);
        return false;
    }
}
