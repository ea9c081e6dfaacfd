package dev.serai.dialect.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.ChatRequest;
import dev.serai.conversation.Citation;
import dev.serai.conversation.Content;
import dev.serai.conversation.Signature;
import dev.serai.conversation.Source;
import dev.serai.conversation.Tool;
import dev.serai.dialect.CustomToolInput;
import dev.serai.dialect.DataUrl;
import dev.serai.dialect.Dropped;
import dev.serai.dialect.Feature;
import dev.serai.dialect.ForeignSignature;
import dev.serai.dialect.JsonTree;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the contents of a choice into the {@code message} that says them. */
final class ChatAnswerMessage implements Content.Visitor<Void> {
    private final ChatRequest asked;
    private final boolean inOldForm;
    private final List<Dropped> dropped;
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder refusal = new StringBuilder();
    private final ArrayNode opaqueParts = JsonTree.NODES.arrayNode();
    private final ArrayNode annotations = JsonTree.NODES.arrayNode();
    private final ArrayNode images = JsonTree.NODES.arrayNode();
    private final ArrayNode calls = JsonTree.NODES.arrayNode();
    private final List<Content> thoughts = new ArrayList<>();
    private @Nullable Signature textSignature;
    private @Nullable ObjectNode audio;
    private @Nullable ObjectNode functionCall;

    /** @param inOldForm whether the client knows {@code function_call} and no {@code tool_calls} */
    ChatAnswerMessage(ChatRequest asked, boolean inOldForm, List<Dropped> dropped) {
        this.asked = asked;
        this.inOldForm = inOldForm;
        this.dropped = dropped;
    }

    boolean calls() {
        return !calls.isEmpty() || functionCall != null;
    }

    boolean refuses() {
        return !refusal.isEmpty();
    }

    ObjectNode write() {
        ObjectNode message = JsonTree.NODES.objectNode();
        message.put("role", "assistant");
        message.set("content", content());
        message.put("refusal", refusal.isEmpty() ? null : refusal.toString());
        new ChatAnswerThoughts(thoughts).write(message);
        message.set("annotations", annotations);
        if (!images.isEmpty()) {
            message.set("images", images);
        }
        if (audio != null) {
            message.set("audio", audio);
        }
        if (!calls.isEmpty()) {
            message.set("tool_calls", calls);
        }
        if (functionCall != null) {
            message.set("function_call", functionCall);
        }
        if (textSignature != null) {
            sign(message, textSignature);
        }
        return message;
    }

    private JsonNode content() {
        if (!opaqueParts.isEmpty()) {
            ArrayNode parts = JsonTree.NODES.arrayNode();
            if (!text.isEmpty()) {
                parts.addObject().put("type", "text").put("text", text.toString());
            }
            return parts.addAll(opaqueParts);
        }
        boolean nothing = text.isEmpty() && (calls() || refuses() || audio != null);
        return nothing ? JsonTree.NODES.nullNode() : JsonTree.NODES.textNode(text.toString());
    }

    /** Where Google's endpoint puts signatures, clients keep them. */
    static void sign(ObjectNode node, Signature signature) {
        node.putObject("extra_content")
                .putObject("google")
                .put("thought_signature", ForeignSignature.write(signature, OpenAiChatCodec.DIALECT));
    }

    private void drop(Feature feature, String reason) {
        dropped.add(Dropped.of(feature, reason));
    }

    @SuppressWarnings("NullAway") // Void has no other value
    private static Void nothing() {
        return null;
    }

    @Override
    public Void text(Content.Text said) {
        long offset = text.codePointCount(0, text.length());
        long length = said.text().codePointCount(0, said.text().length());
        text.append(said.text());
        for (Citation citation : said.citations()) {
            JsonNode annotation = ChatCitations.write(citation, offset, length);
            if (annotation == null) {
                drop(Feature.CITATIONS, "only pages of the web are cited");
            } else {
                annotations.add(annotation);
            }
        }
        if (said.signature() != null && textSignature != null) {
            drop(Feature.THINKING_SIGNATURE, "a message has one text, which is signed once");
        }
        textSignature = said.signature() == null ? textSignature : said.signature();
        return nothing();
    }

    /** As OpenRouter shows pictures. */
    @Override
    public Void image(Content.Image image) {
        if (image.source() instanceof Source.Base64 || image.source() instanceof Source.Url) {
            images.addObject()
                    .put("type", "image_url")
                    .putObject("image_url")
                    .put(
                            "url",
                            image.source() instanceof Source.Base64 held
                                    ? DataUrl.of(held, "image/png")
                                    : ((Source.Url) image.source()).url());
        } else {
            drop(Feature.IMAGE, "an image is data or a URL");
        }
        return nothing();
    }

    @Override
    public Void document(Content.Document document) {
        drop(Feature.DOCUMENT, "an answer holds no files");
        return nothing();
    }

    @Override
    public Void audio(Content.Audio sound) {
        if (!(sound.source() instanceof Source.Base64 held)) {
            drop(Feature.AUDIO_OUTPUT, "sound comes as data");
            return nothing();
        }
        audio = JsonTree.NODES.objectNode();
        audio.put("id", sound.id() == null ? "" : sound.id());
        audio.put("data", held.data());
        audio.put("transcript", sound.transcript() == null ? "" : sound.transcript());
        return nothing();
    }

    @Override
    public Void toolCall(Content.ToolCall call) {
        if (inOldForm) {
            return oldCall(call);
        }
        ObjectNode node = calls.addObject();
        node.put("id", call.id());
        boolean packed = call.kind() == Tool.Kind.FUNCTION && asked.hasCustomTool(call.name());
        if (packed || call.kind() == Tool.Kind.CUSTOM) {
            node.put("type", "custom");
            node.putObject("custom")
                    .put("name", call.name())
                    .put("input", packed ? CustomToolInput.unpack(call.arguments()) : call.arguments());
        } else {
            node.put("type", "function");
            node.putObject("function").put("name", call.name()).put("arguments", call.argumentsOrEmpty());
        }
        if (call.signature() != null) {
            sign(node, call.signature());
        }
        return nothing();
    }

    private Void oldCall(Content.ToolCall call) {
        if (functionCall != null) {
            drop(Feature.PARALLEL_TOOL_CALLS, "the client understands one call at a time");
            return nothing();
        }
        functionCall = JsonTree.NODES.objectNode();
        functionCall.put("name", call.name()).put("arguments", call.argumentsOrEmpty());
        return nothing();
    }

    @Override
    public Void toolResult(Content.ToolResult result) {
        drop(Feature.TOOL_RESULT_MEDIA, "an answer holds no results");
        return nothing();
    }

    @Override
    public Void thinking(Content.Thinking thinking) {
        thoughts.add(thinking);
        return nothing();
    }

    @Override
    public Void redactedThinking(Content.RedactedThinking thinking) {
        thoughts.add(thinking);
        return nothing();
    }

    @Override
    public Void refusal(Content.Refusal words) {
        refusal.append(words.text());
        return nothing();
    }

    @Override
    public Void opaque(Content.Opaque opaque) {
        if (!opaque.dialect().equals(OpenAiChatCodec.DIALECT)) {
            dropped.add(Dropped.of(opaque));
        } else if (opaque.kind().startsWith("reasoning.")) {
            thoughts.add(opaque);
        } else if (opaque.kind().startsWith(ChatMessagesEncoder.CALL_KIND)) {
            calls.add(JsonTree.leaf(opaque.json()));
        } else {
            opaqueParts.add(JsonTree.leaf(opaque.json()));
        }
        return nothing();
    }
}
