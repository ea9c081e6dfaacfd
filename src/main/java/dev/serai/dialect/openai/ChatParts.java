package dev.serai.dialect.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.Content;
import dev.serai.conversation.Signature;
import dev.serai.conversation.Source;
import dev.serai.conversation.Tool;
import dev.serai.dialect.CustomToolInput;
import dev.serai.dialect.DataUrl;
import dev.serai.dialect.Dropped;
import dev.serai.dialect.Feature;
import dev.serai.dialect.JsonTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Collects the contents of one message of a request, as far as its speaker can say them in Chat. */
final class ChatParts implements Content.Visitor<Void> {
    /** Who speaks: only users show things, only the assistant thinks and calls. */
    enum Speaker {
        INSTRUCTOR,
        USER,
        TOOL,
        ASSISTANT
    }

    private final Speaker speaker;
    private final CallIds ids;
    private final List<Dropped> dropped;
    private final List<String> texts = new ArrayList<>();
    private final ArrayNode parts = JsonTree.NODES.arrayNode();
    private final ArrayNode thinkingParts = JsonTree.NODES.arrayNode();
    private final ArrayNode calls = JsonTree.NODES.arrayNode();
    private final ArrayNode details = JsonTree.NODES.arrayNode();
    private final Map<String, StringBuilder> thoughts = new TreeMap<>();
    private final StringBuilder refusal = new StringBuilder();
    private @Nullable String audioId;
    private @Nullable Signature textSignature;

    ChatParts(Speaker speaker, CallIds ids, List<Dropped> dropped) {
        this.speaker = speaker;
        this.ids = ids;
        this.dropped = dropped;
    }

    boolean isEmpty() {
        return parts.isEmpty();
    }

    /**
     * The {@code content} of the message.
     *
     * @param between what joins several texts into one string; null to keep them apart
     * @param apart   whether to keep them apart all the same
     */
    JsonNode content(@Nullable String between, boolean apart) {
        boolean onlyTexts = texts.size() == parts.size() && thinkingParts.isEmpty() && !apart;
        if (parts.isEmpty() && thinkingParts.isEmpty()) {
            boolean besides = !calls.isEmpty() || !refusal.isEmpty() || audioId != null;
            return besides ? JsonTree.NODES.nullNode() : JsonTree.NODES.textNode("");
        }
        if (onlyTexts && (between != null || texts.size() == 1)) {
            return JsonTree.NODES.textNode(String.join(between == null ? "" : between, texts));
        }
        return thinkingParts.addAll(parts);
    }

    /** Writes what an assistant has said beside the content. */
    void besides(ObjectNode message) {
        thoughts.forEach((field, words) -> message.put(field, words.toString()));
        if (!details.isEmpty()) {
            message.set(ChatThoughts.DETAILS, details);
        }
        if (!refusal.isEmpty()) {
            message.put("refusal", refusal.toString());
        }
        if (audioId != null) {
            message.putObject("audio").put("id", audioId);
        }
        if (!calls.isEmpty()) {
            message.set("tool_calls", calls);
        }
        sign(message, textSignature);
    }

    private static void sign(ObjectNode node, @Nullable Signature signature) {
        if (signature != null) {
            node.putObject("extra_content").putObject("google").put("thought_signature", signature.text());
        }
    }

    private void drop(Feature feature, String reason) {
        dropped.add(Dropped.of(feature, reason));
    }

    private void unmarked(@Nullable Object mark) {
        if (mark != null) {
            drop(Feature.CACHE_CONTROL, ChatMessagesEncoder.NO_MARKS);
        }
    }

    private boolean only(Speaker who, Feature feature) {
        if (speaker != who) {
            drop(feature, "not in a message of this role");
        }
        return speaker == who;
    }

    private ObjectNode part(String type) {
        return parts.addObject().put("type", type);
    }

    @Override
    public Void text(Content.Text text) {
        unmarked(text.cache());
        if (!text.citations().isEmpty()) {
            drop(Feature.CITATIONS, "a request has no place for them");
        }
        textSignature = text.signature() == null ? textSignature : text.signature();
        if (text.text().isEmpty() && speaker == Speaker.ASSISTANT) {
            return nothing();
        }
        return say(text.text());
    }

    private Void say(String text) {
        texts.add(text);
        part("text").put("text", text);
        return nothing();
    }

    @SuppressWarnings("NullAway") // Void has no other value
    private static Void nothing() {
        return null;
    }

    @Override
    public Void image(Content.Image image) {
        unmarked(image.cache());
        if (!only(Speaker.USER, Feature.IMAGE)) {
            return nothing();
        }
        if (image.source() instanceof Source.Base64 || image.source() instanceof Source.Url) {
            ObjectNode url = part("image_url").putObject("image_url");
            url.put(
                    "url",
                    image.source() instanceof Source.Base64 held
                            ? DataUrl.of(held, "image/png")
                            : ((Source.Url) image.source()).url());
            if (image.detail() != null) {
                url.put("detail", ChatWords.of(image.detail()));
            }
        } else {
            drop(
                    image.source() instanceof Source.FileId ? Feature.FILE_ID : Feature.IMAGE,
                    "an image is data or a URL");
        }
        return nothing();
    }

    @Override
    public Void document(Content.Document document) {
        unmarked(document.cache());
        if (document.context() != null) {
            drop(Feature.DOCUMENT_CONTEXT, "a file has only a name");
        }
        if (Boolean.TRUE.equals(document.citations())) {
            drop(Feature.CITATIONS, "files are not cited");
        }
        Source source = document.source();
        if (source instanceof Source.PlainText plain) {
            return say(plain.text());
        }
        if (source instanceof Source.Parts inner) {
            inner.contents().forEach(content -> content.accept(this));
            return nothing();
        }
        if (!only(Speaker.USER, Feature.DOCUMENT)) {
            return nothing();
        }
        return source instanceof Source.FileId id ? fileId(id, document) : file(source, document);
    }

    private Void fileId(Source.FileId id, Content.Document document) {
        if (!id.dialect().equals(OpenAiChatCodec.DIALECT)) {
            drop(Feature.FILE_ID, "the file is known to another provider");
            return nothing();
        }
        ObjectNode file = part("file").putObject("file").put("file_id", id.id());
        if (document.title() != null) {
            file.put("filename", document.title());
        }
        return nothing();
    }

    private Void file(Source source, Content.Document document) {
        String url = source instanceof Source.Base64 held
                ? DataUrl.of(held, "application/pdf")
                : ((Source.Url) source).url();
        String type = source instanceof Source.Base64 held ? held.mediaType() : ((Source.Url) source).mediaType();
        if (ChatMedia.isVideo(type)) {
            part("video_url").putObject("video_url").put("url", url);
        } else {
            part("file")
                    .putObject("file")
                    .put("filename", ChatMedia.fileName(document.title(), type))
                    .put("file_data", url);
        }
        return nothing();
    }

    @Override
    public Void audio(Content.Audio audio) {
        if (speaker == Speaker.ASSISTANT) {
            return spoken(audio);
        }
        if (!only(Speaker.USER, Feature.AUDIO_INPUT)) {
            return nothing();
        }
        if (audio.source() instanceof Source.Base64 held && ChatMedia.audioFormat(held.mediaType()) != null) {
            ObjectNode inner = part("input_audio").putObject("input_audio");
            inner.put("data", held.data());
            inner.put("format", ChatMedia.audioFormat(held.mediaType()));
        } else {
            drop(Feature.AUDIO_INPUT, "sound is data with a format");
        }
        return nothing();
    }

    /** An answer that was spoken before is named by its id; without one, what it said is told. */
    private Void spoken(Content.Audio audio) {
        boolean own = audio.source() instanceof Source.FileId id && id.dialect().equals(OpenAiChatCodec.DIALECT);
        if (own || audio.id() != null) {
            audioId = own ? ((Source.FileId) audio.source()).id() : audio.id();
            return nothing();
        }
        drop(Feature.AUDIO_INPUT, "an answer that was spoken is named by its id");
        return audio.transcript() == null ? nothing() : say(audio.transcript());
    }

    @Override
    public Void toolCall(Content.ToolCall call) {
        unmarked(call.cache());
        if (!only(Speaker.ASSISTANT, Feature.TOOL_CHOICE)) {
            return nothing();
        }
        ObjectNode node = calls.addObject();
        node.put("id", ids.of(call.id()));
        node.put("type", "function");
        ObjectNode function = node.putObject("function");
        function.put("name", call.name());
        function.put(
                "arguments",
                call.kind() == Tool.Kind.CUSTOM ? CustomToolInput.pack(call.arguments()) : call.argumentsOrEmpty());
        sign(node, call.signature());
        return nothing();
    }

    /** A result in a place where none belongs: the encoder of messages has taken out those of users. */
    @Override
    public Void toolResult(Content.ToolResult result) {
        result.contents().forEach(content -> content.accept(this));
        return nothing();
    }

    @Override
    public Void thinking(Content.Thinking thinking) {
        if (!only(Speaker.ASSISTANT, Feature.THINKING)) {
            return nothing();
        }
        String field = ChatThoughts.field(thinking.signature());
        ObjectNode detail = ChatThoughts.detail(thinking.signature());
        if (ChatThoughts.CONTENT.equals(field)) {
            ObjectNode part = thinkingParts.addObject().put("type", "thinking");
            part.putArray("thinking").addObject().put("type", "text").put("text", thinking.text());
        } else if (field != null) {
            thoughts.computeIfAbsent(field, name -> new StringBuilder()).append(thinking.text());
        } else if (detail != null) {
            String words = ChatThoughts.wordsMember(detail.path("type").asText(""));
            details.add(words == null ? detail : detail.put(words, thinking.text()));
        } else {
            drop(Feature.THINKING, "thinking goes back only to the model that wrote it");
        }
        return nothing();
    }

    @Override
    public Void redactedThinking(Content.RedactedThinking thinking) {
        ObjectNode detail = ChatThoughts.detail(thinking.signature());
        if (speaker == Speaker.ASSISTANT && detail != null) {
            details.add(detail);
        } else {
            drop(Feature.THINKING, "thinking goes back only to the model that wrote it");
        }
        return nothing();
    }

    @Override
    public Void refusal(Content.Refusal words) {
        if (speaker == Speaker.ASSISTANT) {
            refusal.append(words.text());
            return nothing();
        }
        return say(words.text());
    }

    @Override
    public Void opaque(Content.Opaque opaque) {
        if (!opaque.dialect().equals(OpenAiChatCodec.DIALECT)) {
            dropped.add(Dropped.of(opaque));
        } else if (opaque.kind().startsWith(ChatMessagesEncoder.CALL_KIND)) {
            calls.add(JsonTree.leaf(opaque.json()));
        } else if (opaque.kind().startsWith("reasoning.")) {
            details.add(JsonTree.leaf(opaque.json()));
        } else {
            parts.add(JsonTree.leaf(opaque.json()));
        }
        return nothing();
    }
}
