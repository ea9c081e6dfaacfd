package dev.serai.dialect.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.Content;
import dev.serai.conversation.Signature;
import dev.serai.dialect.ForeignSignature;
import dev.serai.dialect.JsonTree;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a model thought, for clients: the words in the field that most clients show, and as soon as one of the thoughts is signed, all of
 * them in {@code reasoning_details} too, which clients send back whole.
 */
final class ChatAnswerThoughts {
    private final List<Content> thoughts;

    /** @param thoughts thinking, redacted thinking, and details of a kind that only Chat knows */
    ChatAnswerThoughts(List<Content> thoughts) {
        this.thoughts = thoughts;
    }

    void write(ObjectNode message) {
        StringBuilder words = new StringBuilder();
        String field = ChatThoughts.REASONING_CONTENT;
        for (Content thought : thoughts) {
            if (thought instanceof Content.Thinking thinking) {
                words.append(thinking.text());
                field = fieldOf(thinking.signature());
            }
        }
        if (!words.isEmpty()) {
            message.put(field, words.toString());
        }
        if (thoughts.stream().anyMatch(ChatAnswerThoughts::isSigned)) {
            ArrayNode details = message.putArray(ChatThoughts.DETAILS);
            for (Content thought : thoughts) {
                details.add(detail(thought, details.size()));
            }
        }
    }

    /** The field that the thinking came in, if it is one; OpenRouter has the words beside its details here. */
    static String fieldOf(@Nullable Signature signature) {
        boolean other =
                ChatThoughts.REASONING.equals(ChatThoughts.field(signature)) || ChatThoughts.detail(signature) != null;
        return other ? ChatThoughts.REASONING : ChatThoughts.REASONING_CONTENT;
    }

    private static boolean isSigned(Content thought) {
        return !(thought instanceof Content.Thinking thinking) || needsDetail(thinking.signature());
    }

    /** Whether a signature cannot be told by the name of a field. */
    static boolean needsDetail(@Nullable Signature signature) {
        return signature != null && ChatThoughts.field(signature) == null;
    }

    private static JsonNode detail(Content thought, int index) {
        if (thought instanceof Content.Thinking thinking) {
            return detail(thinking.text(), thinking.summary(), thinking.signature(), index);
        }
        return thought instanceof Content.RedactedThinking redacted
                ? encrypted(redacted.signature(), index)
                : JsonTree.leaf(((Content.Opaque) thought).json());
    }

    /** Thinking with its signature as a detail. */
    static ObjectNode detail(String words, boolean summary, @Nullable Signature signature, int index) {
        ObjectNode own = ChatThoughts.detail(signature);
        if (own != null) {
            String member = ChatThoughts.wordsMember(own.path("type").asText(""));
            return member == null ? own : own.put(member, words);
        }
        ObjectNode detail = JsonTree.NODES.objectNode();
        detail.put("type", summary ? ChatThoughts.SUMMARY : ChatThoughts.TEXT);
        detail.put(summary ? "summary" : "text", words);
        if (needsDetail(signature) && signature != null) {
            detail.put("signature", ForeignSignature.write(signature, OpenAiChatCodec.DIALECT));
        }
        return detail.put("index", index);
    }

    /** Thinking that only its model can read, as a detail. */
    static ObjectNode encrypted(Signature signature, int index) {
        ObjectNode own = ChatThoughts.detail(signature);
        if (own != null) {
            return own;
        }
        ObjectNode detail = JsonTree.NODES.objectNode();
        detail.put("type", ChatThoughts.ENCRYPTED);
        detail.put("data", ForeignSignature.write(signature, OpenAiChatCodec.DIALECT));
        return detail.put("index", index);
    }
}
