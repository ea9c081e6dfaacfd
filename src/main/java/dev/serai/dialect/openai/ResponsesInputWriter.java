package dev.serai.dialect.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.ChatRequest;
import dev.serai.conversation.Content;
import dev.serai.conversation.Message;
import dev.serai.conversation.Role;
import dev.serai.conversation.Signature;
import dev.serai.conversation.Tool;
import dev.serai.dialect.Dropped;
import dev.serai.dialect.Feature;
import dev.serai.dialect.JsonTree;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes messages as items of {@code input}: what stands side by side and has a place in a message becomes one; calls, results and
 * thinking are items of their own. One instance per request.
 */
final class ResponsesInputWriter {
    private static final int MAX_CALL_ID_LENGTH = 64;
    private static final int HASH_LENGTH = 40;

    private final ResponsesToolNames names;
    private final boolean marks;
    private final Collection<Dropped> dropped;
    private final ArrayNode items = JsonTree.NODES.arrayNode();
    private final Set<String> customCalls = new HashSet<>();
    private final Items writer = new Items();

    /** @param marks whether the target knows marks for its cache */
    ResponsesInputWriter(ChatRequest request, boolean marks, Collection<Dropped> dropped) {
        this.names = new ResponsesToolNames(request.tools());
        this.marks = marks;
        this.dropped = dropped;
    }

    ArrayNode write(List<Message> messages) {
        for (Message message : messages) {
            if (message.name() != null) {
                dropped.add(Dropped.of(Feature.PARTICIPANT_NAME, "a message of responses has no name"));
            }
            write(message);
        }
        return items;
    }

    private void write(Message message) {
        ResponsesPartsWriter parts = ResponsesPartsWriter.ofMessage(message.role(), marks, dropped);
        List<Content> contents = message.contents();
        for (int i = 0; i < contents.size(); i++) {
            Content content = contents.get(i);
            if (content.accept(parts)) {
                continue;
            }
            flush(message.role(), parts);
            Content next = i + 1 < contents.size() ? contents.get(i + 1) : null;
            if (content instanceof Content.Thinking full
                    && next instanceof Content.Thinking summary
                    && areOneItem(full, summary)) {
                writer.reasoning(summary.signature(), full.text(), summary.text());
                i++;
            } else {
                content.accept(writer);
            }
        }
        flush(message.role(), parts);
    }

    /** See {@link ResponsesReasoningItem}: an item that has both is two contents, the second of which is signed. */
    private static boolean areOneItem(Content.Thinking full, Content.Thinking summary) {
        return !full.summary()
                && full.signature() == null
                && summary.summary()
                && !summary.text().isEmpty()
                && summary.signature() != null;
    }

    private void flush(Role role, ResponsesPartsWriter parts) {
        JsonNode content = parts.take();
        if (content != null) {
            items.addObject().put("type", "message").put("role", word(role)).set("content", content);
        }
    }

    private static String word(Role role) {
        return switch (role) {
            case SYSTEM -> "system";
            case DEVELOPER -> "developer";
            case USER -> "user";
            case ASSISTANT -> "assistant";
        };
    }

    /** OpenAI refuses longer ones; a call and its result are cut alike. */
    private static String callId(String id) {
        return id.length() <= MAX_CALL_ID_LENGTH
                ? id
                : "call_" + ResponsesToolNames.hash(id).substring(0, HASH_LENGTH);
    }

    /** What is no part of a message. Parts never come here. */
    private final class Items implements Content.Visitor<Boolean> {
        @Override
        public Boolean toolCall(Content.ToolCall call) {
            boolean custom = call.kind() == Tool.Kind.CUSTOM;
            ResponsesToolNames.Name name = names.ofClient(call.name());
            ObjectNode item = items.addObject()
                    .put("type", custom ? "custom_tool_call" : "function_call")
                    .put("call_id", callId(call.id()))
                    .put("name", name.name())
                    .put(custom ? "input" : "arguments", custom ? call.arguments() : call.argumentsOrEmpty());
            if (name.namespace() != null) {
                item.put("namespace", name.namespace());
            }
            if (custom) {
                customCalls.add(call.id());
            }
            if (call.cache() != null) {
                unmarked();
            }
            if (call.signature() != null) {
                dropped.add(Dropped.of(Feature.THINKING_SIGNATURE, "only reasoning items are signed"));
            }
            return true;
        }

        @Override
        public Boolean toolResult(Content.ToolResult result) {
            boolean custom = customCalls.contains(result.callId());
            items.addObject()
                    .put("type", custom ? "custom_tool_call_output" : "function_call_output")
                    .put("call_id", callId(result.callId()))
                    .set("output", ResponsesPartsWriter.output(result.contents(), dropped));
            if (result.isError()) {
                dropped.add(Dropped.of(Feature.TOOL_RESULT_ERROR, "only the text of a result can say that it failed"));
            }
            if (result.cache() != null) {
                unmarked();
            }
            return true;
        }

        private void unmarked() {
            dropped.add(Dropped.of(Feature.CACHE_CONTROL, "calls and results are not marked"));
        }

        @Override
        public Boolean thinking(Content.Thinking thinking) {
            String text = thinking.text();
            reasoning(thinking.signature(), thinking.summary() ? "" : text, thinking.summary() ? text : "");
            return true;
        }

        @Override
        public Boolean redactedThinking(Content.RedactedThinking thinking) {
            reasoning(thinking.signature(), "", "");
            return true;
        }

        /** Thinking that the target's model did not sign is none of its own: OpenAI refuses it. */
        void reasoning(@Nullable Signature signature, String full, String summary) {
            if (signature == null) {
                dropped.add(Dropped.of(Feature.THINKING, "a model of responses takes back only what it has signed"));
                return;
            }
            ObjectNode item = items.addObject().put("type", "reasoning");
            if (signature.itemId() != null) {
                item.put("id", signature.itemId());
            }
            part(item.putArray("summary"), "summary_text", summary);
            if (!full.isEmpty()) {
                part(item.putArray("content"), "reasoning_text", full);
            }
            if (!signature.text().isEmpty()) {
                item.put("encrypted_content", signature.text());
            }
        }

        private void part(ArrayNode parts, String type, String text) {
            if (!text.isEmpty()) {
                parts.addObject().put("type", type).put("text", text);
            }
        }

        @Override
        public Boolean opaque(Content.Opaque opaque) {
            if (opaque.dialect().equals(OpenAiResponsesCodec.ID)) {
                items.add(JsonTree.leaf(opaque.json()));
            } else {
                dropped.add(Dropped.of(opaque));
            }
            return true;
        }

        @Override
        public Boolean text(Content.Text text) {
            return true;
        }

        @Override
        public Boolean image(Content.Image image) {
            return true;
        }

        @Override
        public Boolean document(Content.Document document) {
            return true;
        }

        @Override
        public Boolean audio(Content.Audio audio) {
            return true;
        }

        @Override
        public Boolean refusal(Content.Refusal refusal) {
            return true;
        }
    }
}
