package dev.serai.dialect.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.conversation.Content;
import dev.serai.conversation.Signature;
import dev.serai.dialect.CodecException;
import dev.serai.dialect.ForeignSignature;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A {@code reasoning} item of a request. In its {@code encrypted_content} stands what a model of this dialect wrote, or the envelope of
 * a {@link ForeignSignature} that a client was given. Marks in the place of the envelope's item id tell what is no thinking in its own
 * dialect: {@link #REDACTED}; {@link #OF_CALL} and an id for the signature of a call, {@link #OF_TEXT} for that of the text before it,
 * because calls and messages have no place for one here.
 */
final class ResponsesReasoningItem {
    static final String REDACTED = "redacted";
    static final String OF_CALL = "of-call:";
    static final String OF_TEXT = "of-text";

    /** What the ids begin with that Serai made up: they name nothing that a provider has. */
    static final String OWN_ID = "rs_serai";

    private static final String BETWEEN_PARTS = "\n\n";

    private final ResponsesValue item;

    ResponsesReasoningItem(ResponsesValue item) {
        this.item = item;
    }

    void read(ResponsesTurns turns) throws CodecException {
        Signature signature = signature();
        String mark = signature == null || signature.itemId() == null ? "" : signature.itemId();
        if (signature != null && mark.startsWith(OF_CALL)) {
            turns.signCall(mark.substring(OF_CALL.length()), unmarked(signature));
        } else if (signature != null && mark.equals(OF_TEXT)) {
            turns.signText(unmarked(signature));
        } else if (signature != null && mark.equals(REDACTED)) {
            turns.said(new Content.RedactedThinking(unmarked(signature)));
        } else {
            thinking(turns, signature);
        }
    }

    private void thinking(ResponsesTurns turns, @Nullable Signature signature) throws CodecException {
        String summary = joined(item.get("summary"));
        String content = joined(item.get("content"));
        if (summary.isEmpty()) {
            turns.said(new Content.Thinking(content, false, signature));
        } else if (content.isEmpty()) {
            turns.said(new Content.Thinking(summary, true, signature));
        } else {
            turns.said(new Content.Thinking(content, false, null), new Content.Thinking(summary, true, signature));
        }
    }

    private static String joined(@Nullable ResponsesValue parts) throws CodecException {
        if (parts == null) {
            return "";
        }
        if (parts.isText()) {
            return parts.asText();
        }
        List<String> texts = new ArrayList<>();
        for (ResponsesValue part : parts.elements()) {
            String text = part.asObject().text("text");
            if (text != null) {
                texts.add(text);
            }
        }
        return joined(texts);
    }

    private static String joined(List<String> texts) {
        return String.join(
                BETWEEN_PARTS, texts.stream().filter(text -> !text.isEmpty()).toList());
    }

    /** The text of the parts of a provider's item; what is no part is left out. */
    static String joined(JsonNode parts) {
        List<String> texts = new ArrayList<>();
        parts.forEach(part -> texts.add(part.path("text").asText()));
        return joined(texts);
    }

    private @Nullable Signature signature() throws CodecException {
        String id = item.text("id");
        String encrypted = item.text("encrypted_content");
        String ownId = id == null || id.isEmpty() || id.startsWith(OWN_ID) ? null : id;
        if (encrypted == null || encrypted.isEmpty()) {
            return ownId == null ? null : new Signature("", OpenAiResponsesCodec.ID, null, ownId);
        }
        Signature read = ForeignSignature.read(encrypted, OpenAiResponsesCodec.ID);
        boolean isPlain = read.text().equals(encrypted);
        return isPlain ? new Signature(encrypted, OpenAiResponsesCodec.ID, null, ownId) : read;
    }

    private static Signature unmarked(Signature signature) {
        return new Signature(signature.text(), signature.dialect(), signature.model());
    }

    /** The envelope for a signature that has no place of its own. */
    static String marked(Signature signature, String mark) {
        Signature marked = new Signature(signature.text(), signature.dialect(), signature.model(), mark);
        return ForeignSignature.write(marked, OpenAiResponsesCodec.ID);
    }
}
