package dev.serai.dialect.anthropic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.Content;
import dev.serai.conversation.Message;
import dev.serai.conversation.Signature;
import dev.serai.dialect.ForeignSignature;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Signatures of tool calls, for which Messages has no place and without which some models of Gemini refuse the next turn. A client
 * gets them as redacted thinking, which clients send back as it is; the item id in the envelope says which call they belong to.
 */
final class CallSignatures {
    private static final String MARK = "tool_use:";

    private CallSignatures() {}

    /** The block that carries a call's signature to the client. */
    static ObjectNode write(String callId, Signature signature) {
        String itemId = MARK + callId.length() + ":" + callId + orEmpty(signature.itemId());
        Signature carried = new Signature(signature.text(), signature.dialect(), signature.model(), itemId);
        return Json.ofType("redacted_thinking")
                .put("data", ForeignSignature.write(carried, AnthropicMessagesCodec.DIALECT));
    }

    /** The same conversation with each signature at its call, and no carrier left. */
    static List<Message> restore(List<Message> messages) {
        Map<String, Signature> signatures = new HashMap<>();
        for (Message message : messages) {
            message.contents().forEach(content -> carried(content, signatures));
        }
        if (signatures.isEmpty()) {
            return messages;
        }
        return messages.stream()
                .map(message -> new Message(message.role(), restored(message.contents(), signatures), message.name()))
                .toList();
    }

    private static List<Content> restored(List<Content> contents, Map<String, Signature> signatures) {
        List<Content> restored = new ArrayList<>(contents.size());
        for (Content content : contents) {
            if (content instanceof Content.ToolCall call && signatures.containsKey(call.id())) {
                restored.add(new Content.ToolCall(
                        call.id(),
                        call.name(),
                        call.kind(),
                        call.arguments(),
                        call.cache(),
                        signatures.get(call.id())));
            } else if (!carried(content, new HashMap<>())) {
                restored.add(content);
            }
        }
        return restored;
    }

    /** Whether the content is a carrier; if so, notes what it carries. */
    private static boolean carried(Content content, Map<String, Signature> into) {
        if (!(content instanceof Content.RedactedThinking thinking)) {
            return false;
        }
        Signature signature = thinking.signature();
        String itemId = signature.itemId();
        if (itemId == null || !itemId.startsWith(MARK)) {
            return false;
        }
        try {
            int colon = itemId.indexOf(':', MARK.length());
            int end = colon + 1 + Integer.parseInt(itemId.substring(MARK.length(), colon));
            String own = itemId.substring(end);
            into.put(
                    itemId.substring(colon + 1, end),
                    new Signature(
                            signature.text(), signature.dialect(), signature.model(), own.isEmpty() ? null : own));
            return true;
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return false; // forged
        }
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
