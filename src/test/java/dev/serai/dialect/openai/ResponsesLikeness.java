package dev.serai.dialect.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.serai.conversation.Signature;
import dev.serai.dialect.ForeignSignature;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The form in which bodies are compared that went through the conversation and back. Each method is a difference that is accepted, and
 * says why.
 */
final class ResponsesLikeness {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private ResponsesLikeness() {}

    static JsonNode ofRequest(JsonNode request) {
        ObjectNode like = request.deepCopy();
        withoutNulls(like);
        itemsForText(like);
        toolsInOnePlace(like);
        like.path("input").forEach(ResponsesLikeness::bareItem);
        like.path("input").forEach(ResponsesLikeness::partsForText);
        like.path("input").forEach(ResponsesLikeness::joinedThoughts);
        instructionsAreTheFirstItem(like);
        sayDefaults(like);
        return like;
    }

    /** Null says nothing; schemas, arguments and what only OpenAI knows come back as they were. */
    private static void withoutNulls(JsonNode node) {
        if (!(node instanceof ObjectNode object)) {
            return;
        }
        object.properties().removeIf(member -> member.getValue().isNull());
        for (String name : List.of("input", "tools")) {
            object.path(name).forEach(ResponsesLikeness::withoutOwnNulls);
        }
        withoutNulls(object.path("reasoning"));
        withoutNulls(object.path("text"));
    }

    private static void withoutOwnNulls(JsonNode node) {
        Set<String> kept =
                Set.of("message", "function_call", "function_call_output", "reasoning", "function", "custom", "");
        if (node instanceof ObjectNode object
                && kept.contains(object.path("type").asText())) {
            object.properties().removeIf(member -> member.getValue().isNull());
        }
    }

    /** A text for {@code input} is short for one message of the user. */
    private static void itemsForText(ObjectNode like) {
        if (like.path("input").isTextual()) {
            JsonNode text = like.get("input");
            like.putArray("input").addObject().put("role", "user").set("content", text);
        }
    }

    /** Tools that are added in the middle stand with the others, once. */
    private static void toolsInOnePlace(ObjectNode like) {
        ArrayNode items = NODES.arrayNode();
        ArrayNode tools = like.path("tools").isArray() ? (ArrayNode) like.get("tools") : NODES.arrayNode();
        for (JsonNode item : like.path("input")) {
            if (item.path("type").asText().equals("additional_tools")) {
                tools.addAll((ArrayNode) item.path("tools"));
            } else {
                items.add(item);
            }
        }
        Set<String> names = new HashSet<>();
        ArrayNode once = NODES.arrayNode();
        tools.forEach(tool -> {
            if (names.add(tool.path("name").asText(tool.toString()))) {
                once.add(tool);
            }
        });
        like.set("input", items);
        if (!once.isEmpty()) {
            like.set("tools", once);
        }
        // Responses take silence for yes, every other dialect for no; the encoder always says which.
        once.forEach(tool -> {
            if (tool.path("type").asText().equals("function")
                    && !tool.path("strict").asBoolean()) {
                ((ObjectNode) tool).put("strict", false);
            }
        });
    }

    /** Ids and states of items say nothing to a model, but those of what it thought; a message need not say that it is one. */
    private static void bareItem(JsonNode node) {
        ObjectNode item = (ObjectNode) node;
        if (item.has("role") && !item.has("type")) {
            item.put("type", "message");
        }
        Set<String> known = Set.of(
                "message", "function_call", "function_call_output", "custom_tool_call", "custom_tool_call_output");
        if (known.contains(item.path("type").asText())) {
            item.remove(List.of("id", "status"));
        }
        item.path("content").forEach(part -> bare((ObjectNode) part));
    }

    /** Log probabilities are not sent back; no annotations are none. */
    private static void bare(ObjectNode part) {
        part.remove("logprobs");
        if (part.path("annotations").isEmpty()) {
            part.remove("annotations");
        }
    }

    /** A single text is written as such. */
    private static void partsForText(JsonNode item) {
        for (String list : List.of("content", "output")) {
            JsonNode parts = item.path(list);
            JsonNode only = parts.isArray() && parts.size() == 1 ? parts.get(0) : NODES.missingNode();
            if (item.path("type").asText().equals("reasoning")) {
                continue;
            }
            if (only.path("type").asText().endsWith("_text") && only.size() == 2) {
                ((ObjectNode) item).set(list, only.get("text"));
            }
        }
    }

    /** The parts of what was thought are one text, a blank line between them. */
    private static void joinedThoughts(JsonNode node) {
        if (node.path("type").asText().equals("reasoning") && node instanceof ObjectNode item) {
            item.remove("status");
            for (String list : List.of("summary", "content")) {
                List<String> texts = new ArrayList<>();
                item.path(list).forEach(part -> texts.add(part.path("text").asText()));
                item.remove(list);
                if (!String.join("", texts).isEmpty()) {
                    item.put(list, String.join("\n\n", texts));
                }
            }
        }
    }

    /** Instructions are a message of the system in front of all others. */
    private static void instructionsAreTheFirstItem(ObjectNode like) {
        JsonNode first = like.path("input").path(0);
        if (!like.has("instructions")
                && first.path("role").asText().equals("system")
                && first.path("content").isTextual()) {
            like.set("instructions", first.get("content"));
            ((ArrayNode) like.get("input")).remove(0);
        }
    }

    /** Nothing is stored, and no stream wanted, unless it is said. */
    private static void sayDefaults(ObjectNode like) {
        if (!like.has("store") && !like.has("previous_response_id")) {
            like.put("store", false);
        }
        if (!like.path("stream").asBoolean()) {
            like.remove("stream");
        }
    }

    /** Of a reply, what the request does not decide. */
    static JsonNode ofReply(JsonNode reply) {
        ObjectNode like = NODES.objectNode();
        for (String name : List.of("id", "model", "created_at", "service_tier")) {
            if (reply.hasNonNull(name)) {
                like.set(name, reply.get(name));
            }
        }
        // Some providers call it complete.
        like.put("status", reply.path("status").asText().equals("incomplete") ? "incomplete" : "completed");
        like.put("reason", reply.path("incomplete_details").path("reason").asText());
        like.set("output", output(reply.path("output")));
        // Nothing but zeros is what no usage looks like.
        if (reply.path("usage").path("total_tokens").asLong() > 0) {
            like.set("usage", usage(reply.path("usage")));
        }
        return like;
    }

    /** As {@link #ofReply}, of the last event of a stream. */
    static JsonNode ofLastEvent(JsonNode response) {
        ObjectNode like = (ObjectNode) ofReply(response);
        ArrayNode items = NODES.arrayNode();
        List<JsonNode> others = new ArrayList<>();
        for (JsonNode item : like.path("output")) {
            // What is encrypted is so anew every time, and some providers change the ids: those of the item's own end
            // count.
            for (String name : List.of("encrypted_content", "fingerprint", "id")) {
                if (item.has(name)) {
                    ((ObjectNode) item).put(name, "…");
                }
            }
            // What the provider runs is told when it is done, which need not be in the order in which it began.
            boolean known = Set.of("message", "reasoning", "function_call", "custom_tool_call")
                    .contains(item.path("type").asText());
            if (known) {
                items.add(item);
            } else {
                others.add(item);
            }
        }
        others.sort(Comparator.comparing(JsonNode::toString));
        like.set("output", items.addAll(others));
        return like;
    }

    /** Details that were not stated are zero. */
    private static JsonNode usage(JsonNode usage) {
        ObjectNode like = usage.deepCopy();
        ObjectNode input = like.withObjectProperty("input_tokens_details");
        ObjectNode output = like.withObjectProperty("output_tokens_details");
        for (String name : List.of("cached_tokens", "cache_write_tokens")) {
            input.put(name, input.path(name).asLong());
        }
        output.put("reasoning_tokens", output.path("reasoning_tokens").asLong());
        return like;
    }

    private static ArrayNode output(JsonNode output) {
        ArrayNode like = NODES.arrayNode();
        for (JsonNode item : output) {
            JsonNode written = item(item.deepCopy());
            JsonNode last = like.path(like.size() - 1);
            boolean continues = written.path("type").asText().equals("message")
                    && last.path("type").asText().equals("message");
            // Messages that follow each other are parts of one.
            if (continues) {
                ((ArrayNode) last.get("content")).addAll((ArrayNode) written.get("content"));
            } else {
                like.add(written);
            }
        }
        return like;
    }

    private static JsonNode item(ObjectNode item) {
        switch (item.path("type").asText()) {
            case "message" -> {
                // Which phase of its work a message belongs to has no place in an answer of the conversation.
                item.remove(List.of("id", "status", "phase"));
                item.path("content").forEach(part -> answered((ObjectNode) part));
            }
            case "function_call", "custom_tool_call" -> {
                // Who calls and where the tool was found are for the provider.
                item.remove(List.of("id", "status", "caller"));
                if (item.path("namespace").equals(item.path("name"))) {
                    item.remove("namespace");
                }
            }
            case "reasoning" -> {
                joinedThoughts(item);
                signature(item);
            }
            default -> {}
        }
        return item;
    }

    private static void answered(ObjectNode part) {
        if (part.path("logprobs").isEmpty()) {
            part.remove("logprobs");
        }
        // Zero is zero, be it below or whole.
        part.findParents("logprob").forEach(token -> {
            ((ObjectNode) token).put("logprob", token.get("logprob").asDouble() + 0.0);
        });
        long length = part.path("text").asText().codePoints().count();
        if (!part.has("annotations") && part.path("type").asText().equals("output_text")) {
            part.putArray("annotations");
        }
        for (JsonNode annotation : part.path("annotations")) {
            // What a citation leaves out is said: no title, and the whole text.
            if (annotation.path("type").asText().equals("url_citation") && annotation instanceof ObjectNode web) {
                web.put("title", web.path("title").asText());
                web.put("start_index", web.path("start_index").asLong());
                web.put("end_index", web.path("end_index").asLong(length));
            }
        }
    }

    /** The id and the state of thinking travel together, in an envelope. */
    private static void signature(ObjectNode item) {
        String encrypted = item.path("encrypted_content").asText();
        item.remove("encrypted_content");
        if (encrypted.isEmpty()) {
            return;
        }
        Signature signature = ForeignSignature.read(encrypted, OpenAiResponsesCodec.ID);
        if (signature.itemId() != null) {
            item.set("id", TextNode.valueOf(signature.itemId()));
        }
        if (!signature.text().isEmpty()) {
            item.put("encrypted_content", signature.text());
        }
    }
}
