package dev.serai.dialect.gemini;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.CacheMark;
import dev.serai.conversation.Content;
import dev.serai.conversation.Signature;
import dev.serai.conversation.Source;
import dev.serai.dialect.Feature;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parts of a request. Media that a function returned go behind its result where the model takes none within. Not thread-safe. */
final class RequestParts extends PartEncoder {
    private final String model;
    private final ModelFacts facts;
    private final Map<String, String> toolNames;
    private final ArrayNode behind = Json.array();

    /** @param toolNames the functions that were called, by the id of the call */
    RequestParts(String model, ModelFacts facts, Map<String, String> toolNames, Drops drops) {
        super(ToolNames::encode, drops);
        this.model = model;
        this.facts = facts;
        this.toolNames = toolNames;
    }

    /** Adds what must stand behind the results of the message. */
    void flush(ArrayNode parts) {
        parts.addAll(behind);
        behind.removeAll();
    }

    @Override
    @Nullable
    String signed(Signature signature) {
        if (signature.isFor(Gemini.ID, model)) {
            return signature.text();
        }
        drops().add(Feature.THINKING_SIGNATURE, "only the model that made a signature can read it");
        return null;
    }

    @Override
    @Nullable
    ObjectNode unknown(Source source) {
        if (source instanceof Source.FileId file && file.dialect().equals(Gemini.ID)) {
            return media(new Source.Url(file.id(), null), "", "application/octet-stream");
        }
        drops().add(Feature.FILE_ID, "a file that was uploaded elsewhere");
        return null;
    }

    private void marked(@Nullable CacheMark mark) {
        drops().addIf(mark != null, Feature.CACHE_CONTROL, "Gemini caches on its own and knows no marks");
    }

    @Override
    public Boolean text(Content.Text text) {
        marked(text.cache());
        drops().addIf(!text.citations().isEmpty(), Feature.CITATIONS, "Gemini is not shown what an answer cited");
        boolean empty = text.text().isEmpty() && (text.signature() == null || !isSigned(text.signature()));
        return !empty && super.text(text);
    }

    private boolean isSigned(Signature signature) {
        return signed(signature) != null;
    }

    @Override
    public Boolean image(Content.Image image) {
        marked(image.cache());
        ObjectNode part = media(image.source(), "image/png", "image/jpeg");
        if (part == null) {
            return false;
        }
        String level = image.detail() == null ? null : MediaResolutions.encode(image.detail());
        if (level != null && facts.takesDetail()) {
            part.set("mediaResolution", Json.object().put("level", level));
        } else if (level != null) {
            drops().add(Feature.IMAGE_DETAIL, "this model looks at all images alike");
        }
        return add(sign(part, image.signature()));
    }

    @Override
    public Boolean document(Content.Document document) {
        marked(document.cache());
        boolean described = document.title() != null || document.context() != null;
        drops().addIf(described, Feature.DOCUMENT_CONTEXT, "Gemini takes no title or context of a document");
        drops().addIf(Boolean.TRUE.equals(document.citations()), Feature.CITATIONS, "Gemini does not cite documents");
        return super.document(document);
    }

    @Override
    public Boolean toolCall(Content.ToolCall call) {
        marked(call.cache());
        return super.toolCall(call);
    }

    @Override
    public Boolean toolResult(Content.ToolResult result) {
        marked(result.cache());
        ObjectNode function = Json.object();
        if (!CallIds.isMade(result.callId())) {
            function.put("id", result.callId());
        }
        String name = result.name() == null ? toolNames.get(result.callId()) : result.name();
        function.put("name", functionName(name == null ? result.callId() : name));
        function.set("response", ToolResults.encode(ToolResults.texts(result.contents()), result.isError()));
        ArrayNode media = media(result.contents());
        if (facts.takesMediaInResults() && !media.isEmpty()) {
            function.set("parts", media);
        } else {
            behind.addAll(media);
        }
        return add(wrapped("functionResponse", function));
    }

    private ArrayNode media(List<Content> contents) {
        ArrayNode media = Json.array();
        for (Content content : contents) {
            if (content instanceof Content.Text text) {
                marked(text.cache());
            } else {
                encode(content, media);
            }
        }
        return media;
    }

    @Override
    public Boolean thinking(Content.Thinking thinking) {
        ObjectNode part = sign(Json.object().put("text", thinking.text()).put("thought", true), thinking.signature());
        boolean nothing = thinking.text().isEmpty() && !part.has("thoughtSignature");
        return !nothing && add(part);
    }

    @Override
    public Boolean redactedThinking(Content.RedactedThinking thinking) {
        ObjectNode part = sign(Json.object().put("thought", true), thinking.signature());
        return part.has("thoughtSignature") && add(part);
    }

    @Override
    public Boolean refusal(Content.Refusal refusal) {
        return !refusal.text().isEmpty() && super.refusal(refusal);
    }
}
