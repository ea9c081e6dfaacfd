package dev.serai.dialect.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.Content;
import dev.serai.conversation.Message;
import dev.serai.dialect.Dropped;
import dev.serai.dialect.Feature;
import dev.serai.dialect.JsonTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Writes the messages of a request. Results of tools become messages of their own, before what the user says with them. Instructions,
 * answers and results are strings, because many providers take nothing else there; what users say is a list of parts if it has several.
 */
final class ChatMessagesEncoder {
    /** The kind of an opaque content that is an element of {@code tool_calls}, before its type. */
    static final String CALL_KIND = "tool_calls.";

    static final String NO_MARKS = "prompts are cached without marks";

    /** Between texts that a string cannot hold apart. */
    static final String BETWEEN_TEXTS = "\n\n";

    private final CallIds ids;
    private final Set<String> ownExtras;
    private final List<Dropped> dropped;
    private final ArrayNode written = JsonTree.NODES.arrayNode();
    private final List<JsonNode> places = new ArrayList<>();

    /** @param ownExtras the names of the extras that will be put back */
    ChatMessagesEncoder(String model, Set<String> ownExtras, List<Dropped> dropped) {
        this.ids = new CallIds(model);
        this.ownExtras = ownExtras;
        this.dropped = dropped;
    }

    /** The messages that a decoder has read, without those that the encoder has added. */
    List<JsonNode> places() {
        return places;
    }

    ArrayNode write(List<Message> messages) {
        messages.forEach(this::write);
        if (written.findValue(ChatThoughts.REASONING_CONTENT) != null) {
            written.forEach(ChatMessagesEncoder::thinkNothing);
        }
        return written;
    }

    /** DeepSeek refuses an answer that calls tools without a word of thinking, if only an empty one, next to others that have some. */
    private static void thinkNothing(JsonNode message) {
        if (message instanceof ObjectNode answer
                && answer.has("tool_calls")
                && !answer.has(ChatThoughts.REASONING_CONTENT)) {
            answer.put(ChatThoughts.REASONING_CONTENT, "");
        }
    }

    private void write(Message message) {
        switch (message.role()) {
            case SYSTEM, DEVELOPER -> writeInstructions(message);
            case USER -> writeUser(message);
            case ASSISTANT -> writeAssistant(message);
        }
    }

    private ObjectNode begin(String role, Message message) {
        ObjectNode node = JsonTree.NODES.objectNode();
        node.put("role", role);
        if (message.name() != null) {
            node.put("name", message.name());
        }
        return node;
    }

    private void add(ObjectNode node) {
        written.add(node);
        places.add(node);
    }

    /** Whether something will be put back into a part of the message to be written next: then its parts must stay apart. */
    private boolean keepsParts() {
        String prefix = "messages[" + places.size() + "].content[";
        return ownExtras.stream().anyMatch(name -> name.startsWith(prefix));
    }

    private void writeInstructions(Message message) {
        ChatParts parts = new ChatParts(ChatParts.Speaker.INSTRUCTOR, ids, dropped);
        message.contents().forEach(content -> content.accept(parts));
        ObjectNode node = begin("system", message);
        node.set("content", parts.content(BETWEEN_TEXTS, keepsParts()));
        add(node);
    }

    private void writeUser(Message message) {
        List<Content.ToolResult> results = new ArrayList<>();
        List<Content> rest = new ArrayList<>();
        for (Content content : message.contents()) {
            if (content instanceof Content.ToolResult result) {
                results.add(result);
            } else {
                rest.add(content);
            }
        }
        ChatParts parts = new ChatParts(ChatParts.Speaker.USER, ids, dropped);
        results.forEach(result -> writeResult(result, parts));
        boolean moved = !parts.isEmpty();
        rest.forEach(content -> content.accept(parts));
        if (results.isEmpty() || !rest.isEmpty() || moved) {
            ObjectNode node = begin("user", message);
            node.set("content", parts.content(null, keepsParts()));
            written.add(node);
            if (results.isEmpty() || !rest.isEmpty()) {
                places.add(node);
            }
        }
    }

    private void writeResult(Content.ToolResult result, ChatParts moved) {
        if (result.isError()) {
            dropped.add(Dropped.of(Feature.TOOL_RESULT_ERROR, "only the text can say so"));
        }
        if (result.cache() != null) {
            dropped.add(Dropped.of(Feature.CACHE_CONTROL, NO_MARKS));
        }
        ChatParts own = new ChatParts(ChatParts.Speaker.TOOL, ids, dropped);
        List<Content> media = new ArrayList<>();
        for (Content content : result.contents()) {
            if (content instanceof Content.Image
                    || content instanceof Content.Document
                    || content instanceof Content.Audio) {
                media.add(content);
            } else {
                content.accept(own);
            }
        }
        ObjectNode node = JsonTree.NODES.objectNode();
        node.put("role", "tool");
        node.put("tool_call_id", ids.of(result.callId()));
        if (result.name() != null) {
            node.put("name", result.name());
        }
        if (!media.isEmpty()) {
            move(media, ids.of(result.callId()), own, moved);
        }
        node.set("content", own.content(BETWEEN_TEXTS, keepsParts()));
        add(node);
    }

    /** A tool can only write; what it shows comes in the message of the user that follows. */
    private void move(List<Content> media, String id, ChatParts own, ChatParts moved) {
        dropped.add(
                Dropped.of(Feature.TOOL_RESULT_MEDIA, "a tool can only write; it is shown in a message of the user"));
        if (own.isEmpty()) {
            new Content.Text(movedTo()).accept(own);
        }
        new Content.Text(movedFrom(id)).accept(moved);
        media.forEach(content -> content.accept(moved));
    }

    /** What a tool says that only shows something. */
    static String movedTo() {
        return "The result is in the next message of the user.";
    }

    /** What stands before that which a tool shows. */
    static String movedFrom(String id) {
        return "The result of the tool call " + id + ":";
    }

    private void writeAssistant(Message message) {
        ChatParts parts = new ChatParts(ChatParts.Speaker.ASSISTANT, ids, dropped);
        message.contents().forEach(content -> content.accept(parts));
        ObjectNode node = begin("assistant", message);
        node.set("content", parts.content("", keepsParts()));
        parts.besides(node);
        add(node);
    }
}
