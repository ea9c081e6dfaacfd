package dev.serai.dialect.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.Signature;
import dev.serai.dialect.CodecException;
import dev.serai.dialect.JsonTree;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the speakers of Chat put what a model thought. OpenAI has no place for it. Most put the words into a field beside the content; some of
 * those demand to see them again there in the next turn, and others refuse a request that has the field. So the name of the field is
 * what Chat signs thinking with: it goes back to the model that wrote it, into the field in which it came, and to no other. OpenRouter
 * has a list, {@code reasoning_details}, whose elements carry the signatures of the models behind it; there the signature is the
 * element without its words.
 */
final class ChatThoughts {
    /** DeepSeek, Moonshot, Z.ai, xAI, Alibaba, and what Serai writes for clients. */
    static final String REASONING_CONTENT = "reasoning_content";

    /** Groq, Cerebras, Ollama, OpenRouter, newer vLLM. */
    static final String REASONING = "reasoning";

    /** OpenRouter (https://openrouter.ai/docs/use-cases/reasoning-tokens). */
    static final String DETAILS = "reasoning_details";

    /** Mistral: a part of type {@code thinking} in a list of contents. */
    static final String CONTENT = "content";

    static final String TEXT = "reasoning.text";
    static final String SUMMARY = "reasoning.summary";
    static final String ENCRYPTED = "reasoning.encrypted";

    private static final Set<String> FIELDS = Set.of(REASONING_CONTENT, REASONING, CONTENT);

    /** The member of each kind of detail that holds its words. */
    private static final Map<String, String> WORDS = Map.of(TEXT, "text", SUMMARY, "summary");

    private ChatThoughts() {}

    /** The signature of thinking that came in a field. */
    static Signature ofField(String field, @Nullable String model) {
        return new Signature(field, OpenAiChatCodec.DIALECT, model);
    }

    /** The field that this signature names; null if it is another kind of signature. */
    static @Nullable String field(@Nullable Signature signature) {
        if (signature == null || !signature.dialect().equals(OpenAiChatCodec.DIALECT)) {
            return null;
        }
        return FIELDS.contains(signature.text()) ? signature.text() : null;
    }

    /** The signature of thinking that came as a detail. */
    static Signature ofDetail(ObjectNode detail, @Nullable String model) {
        ObjectNode rest = JsonTree.NODES.objectNode();
        String words = WORDS.get(detail.path("type").asText(""));
        for (Map.Entry<String, JsonNode> member : detail.properties()) {
            if (!member.getKey().equals(words) && !member.getValue().isNull()) {
                rest.set(member.getKey(), member.getValue());
            }
        }
        return new Signature(JsonTree.text(rest), OpenAiChatCodec.DIALECT, model);
    }

    /** The detail, without words, that this signature is; null if it is another kind of signature. */
    static @Nullable ObjectNode detail(@Nullable Signature signature) {
        if (signature == null
                || !signature.dialect().equals(OpenAiChatCodec.DIALECT)
                || !signature.text().startsWith("{")) {
            return null;
        }
        try {
            return JsonTree.readText(signature.text()) instanceof ObjectNode detail ? detail : null;
        } catch (CodecException e) {
            return null; // looks like a detail, and is none
        }
    }

    /** The member that holds the words of this type of detail; null for a type without words. */
    static @Nullable String wordsMember(String type) {
        return WORDS.get(type);
    }

    /** The words of a detail; empty if it has none. */
    static String words(JsonNode detail) {
        String member = WORDS.get(detail.path("type").asText(""));
        return member == null ? "" : detail.path(member).asText("");
    }
}
