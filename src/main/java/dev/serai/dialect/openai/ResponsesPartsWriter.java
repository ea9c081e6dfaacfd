package dev.serai.dialect.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.serai.conversation.CacheMark;
import dev.serai.conversation.Citation;
import dev.serai.conversation.Content;
import dev.serai.conversation.Role;
import dev.serai.conversation.Signature;
import dev.serai.conversation.Source;
import dev.serai.dialect.DataUrl;
import dev.serai.dialect.Dropped;
import dev.serai.dialect.Feature;
import dev.serai.dialect.JsonTree;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Gathers contents as parts of one message or result. What is visited says whether it has a place there; else it is an item. */
final class ResponsesPartsWriter implements Content.Visitor<Boolean> {
    private final boolean ofModel;
    private final boolean marks;
    private final Feature media;
    private final Collection<Dropped> dropped;
    private ArrayNode parts = JsonTree.NODES.arrayNode();

    private ResponsesPartsWriter(boolean ofModel, boolean marks, Feature media, Collection<Dropped> dropped) {
        this.ofModel = ofModel;
        this.marks = marks;
        this.media = media;
        this.dropped = dropped;
    }

    /** @param marks whether the target knows marks for its cache */
    static ResponsesPartsWriter ofMessage(Role role, boolean marks, Collection<Dropped> dropped) {
        return new ResponsesPartsWriter(role == Role.ASSISTANT, marks, Feature.AUDIO_INPUT, dropped);
    }

    /** The {@code output} of a result; what is neither text nor image nor file is left out and named. */
    static JsonNode output(List<Content> contents, Collection<Dropped> dropped) {
        ResponsesPartsWriter writer = new ResponsesPartsWriter(false, false, Feature.TOOL_RESULT_MEDIA, dropped);
        for (Content content : contents) {
            if (content instanceof Content.Audio) {
                writer.leaveOut("results are texts, images and files");
            } else if (!content.accept(writer)) {
                writer.leaveOut("results hold no calls and no thinking");
            }
        }
        JsonNode taken = writer.take();
        return taken == null ? TextNode.valueOf("") : taken;
    }

    private void leaveOut(String reason) {
        dropped.add(Dropped.of(media, reason));
    }

    /** What was gathered, a single plain text as such; null if nothing was. The next part begins anew. */
    @Nullable
    JsonNode take() {
        if (parts.isEmpty()) {
            return null;
        }
        JsonNode taken =
                parts.size() == 1 && isPlain(parts.get(0)) ? parts.get(0).get("text") : parts;
        parts = parts.arrayNode();
        return taken;
    }

    private static boolean isPlain(JsonNode part) {
        boolean cited = part.path("annotations").size() > 0;
        return part.path("text").isTextual() && !cited && !part.has("prompt_cache_breakpoint");
    }

    private ObjectNode part(String type) {
        return parts.addObject().put("type", type);
    }

    private void mark(ObjectNode part, @Nullable CacheMark mark) {
        if (mark != null && marks && !ofModel) {
            part.putObject("prompt_cache_breakpoint").put("mode", "explicit");
        } else if (mark != null) {
            dropped.add(Dropped.of(Feature.CACHE_CONTROL, "OpenAI caches on its own"));
        }
    }

    private void sign(@Nullable Signature signature) {
        if (signature != null) {
            dropped.add(Dropped.of(Feature.THINKING_SIGNATURE, "only reasoning items are signed"));
        }
    }

    @Override
    public Boolean text(Content.Text text) {
        ObjectNode part = part(ofModel ? "output_text" : "input_text").put("text", text.text());
        if (ofModel) {
            cite(part.putArray("annotations"), text);
        } else if (!text.citations().isEmpty()) {
            dropped.add(Dropped.of(Feature.CITATIONS, "only what the model said is cited"));
        }
        mark(part, text.cache());
        sign(text.signature());
        return true;
    }

    private void cite(ArrayNode annotations, Content.Text text) {
        long length = text.text().codePointCount(0, text.text().length());
        for (Citation citation : text.citations()) {
            JsonNode annotation = ResponsesCitations.write(citation, length, dropped);
            if (annotation != null) {
                annotations.add(annotation);
            }
        }
    }

    @Override
    public Boolean refusal(Content.Refusal refusal) {
        if (ofModel) {
            part("refusal").put("refusal", refusal.text());
        } else {
            part("input_text").put("text", refusal.text());
        }
        return true;
    }

    @Override
    public Boolean image(Content.Image image) {
        if (ofModel) {
            dropped.add(Dropped.of(Feature.IMAGE, "a message of the model has no place for an image"));
            return true;
        }
        ObjectNode part = part("input_image");
        if (!source(part, image.source())) {
            parts.remove(parts.size() - 1);
            return true;
        }
        // OpenAI's own libraries know no image without it, and take what it says here for unsaid.
        Content.Detail detail = image.detail() == null ? Content.Detail.AUTO : image.detail();
        part.put("detail", detail.name().toLowerCase(Locale.ROOT));
        mark(part, image.cache());
        sign(image.signature());
        return true;
    }

    private boolean source(ObjectNode part, Source source) {
        if (source instanceof Source.Base64 data) {
            part.put("image_url", DataUrl.of(data, "image/png"));
        } else if (source instanceof Source.Url url) {
            part.put("image_url", url.url());
        } else if (source instanceof Source.FileId file) {
            return file(part, file);
        } else {
            dropped.add(Dropped.of(Feature.IMAGE, "an image has an address, bytes, or the id of a file"));
            return false;
        }
        return true;
    }

    private boolean file(ObjectNode part, Source.FileId file) {
        if (ResponsesMedia.isOurs(file)) {
            part.put("file_id", file.id());
            return true;
        }
        dropped.add(Dropped.of(Feature.FILE_ID, "a file that was uploaded to another provider"));
        return false;
    }

    @Override
    public Boolean document(Content.Document document) {
        if (ofModel) {
            dropped.add(Dropped.of(Feature.DOCUMENT, "a message of the model has no place for a document"));
            return true;
        }
        if (Boolean.TRUE.equals(document.citations())) {
            dropped.add(Dropped.of(Feature.CITATIONS, "files of a request are not cited"));
        }
        if (document.context() != null) {
            dropped.add(Dropped.of(Feature.DOCUMENT_CONTEXT, "responses take a file and its name, nothing else"));
        }
        Source source = document.source();
        if (source instanceof Source.PlainText plain) {
            nameless(document);
            mark(part("input_text").put("text", plain.text()), document.cache());
        } else if (source instanceof Source.Parts inner) {
            nameless(document);
            inner(inner.contents(), document.cache());
        } else {
            file(document, source);
        }
        return true;
    }

    private void nameless(Content.Document document) {
        if (document.title() != null) {
            dropped.add(Dropped.of(Feature.DOCUMENT_CONTEXT, "a document in text becomes text, which has no name"));
        }
    }

    private void inner(List<Content> contents, @Nullable CacheMark mark) {
        if (mark != null) {
            dropped.add(Dropped.of(Feature.CACHE_CONTROL, "a mark for a document of several parts"));
        }
        for (Content content : contents) {
            if (!content.accept(this)) {
                leaveOut("documents hold no calls and no thinking");
            }
        }
    }

    private void file(Content.Document document, Source source) {
        if (isVideo(source)) {
            dropped.add(Dropped.of(Feature.VIDEO, "OpenAI takes no films"));
            return;
        }
        ObjectNode part = part("input_file");
        if (source instanceof Source.Base64 data) {
            part.put("filename", ResponsesMedia.fileName(document.title(), data.mediaType()))
                    .put("file_data", DataUrl.of(data, "application/pdf"));
        } else if (source instanceof Source.Url url) {
            part.put("file_url", url.url());
            nameless(document);
        } else if (!(source instanceof Source.FileId file) || !file(part, file)) {
            parts.remove(parts.size() - 1);
            return;
        } else {
            nameless(document);
        }
        mark(part, document.cache());
    }

    private static boolean isVideo(Source source) {
        String type = source instanceof Source.Base64 data
                ? data.mediaType()
                : source instanceof Source.Url url ? url.mediaType() : null;
        return type != null && type.toLowerCase(Locale.ROOT).startsWith("video/");
    }

    @Override
    public Boolean audio(Content.Audio audio) {
        if (ofModel) {
            dropped.add(Dropped.of(Feature.AUDIO_INPUT, "a message of the model has no place for sound"));
            if (audio.transcript() != null) {
                part("output_text").put("text", audio.transcript()).putArray("annotations");
            }
            return true;
        }
        String format = audio.source() instanceof Source.Base64 data ? format(data.mediaType()) : null;
        if (format == null) {
            dropped.add(Dropped.of(Feature.AUDIO_INPUT, "sound is taken as bytes of a WAV or MP3 file"));
            return true;
        }
        part("input_audio")
                .putObject("input_audio")
                .put("data", ((Source.Base64) audio.source()).data())
                .put("format", format);
        return true;
    }

    private static @Nullable String format(@Nullable String mediaType) {
        if (mediaType == null) {
            return null;
        }
        return switch (mediaType.toLowerCase(Locale.ROOT)) {
            case "audio/wav", "audio/x-wav", "audio/wave" -> "wav";
            case "audio/mp3", "audio/mpeg" -> "mp3";
            default -> null;
        };
    }

    @Override
    public Boolean opaque(Content.Opaque opaque) {
        boolean own = opaque.dialect().equals(OpenAiResponsesCodec.ID)
                && opaque.kind().startsWith(ResponsesParts.PART);
        if (own) {
            parts.add(JsonTree.leaf(opaque.json()));
        }
        return own;
    }

    @Override
    public Boolean toolCall(Content.ToolCall call) {
        return false;
    }

    @Override
    public Boolean toolResult(Content.ToolResult result) {
        return false;
    }

    @Override
    public Boolean thinking(Content.Thinking thinking) {
        return false;
    }

    @Override
    public Boolean redactedThinking(Content.RedactedThinking thinking) {
        return false;
    }
}
