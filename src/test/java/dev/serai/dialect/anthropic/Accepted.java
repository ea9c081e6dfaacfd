package dev.serai.dialect.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The differences between what went in and what came out that are accepted, each with its reason; applied to both sides before they
 * are compared, and counted on the side that needed it.
 */
final class Accepted {
    private final Map<String, Integer> counts;

    Accepted(Map<String, Integer> counts) {
        this.counts = counts;
    }

    JsonNode request(JsonNode body) {
        ObjectNode request = (ObjectNode) withoutNulls(body);
        if (request.has("system")) {
            request.set("system", texts(request.get("system")));
        }
        moveSystem(request);
        joinTurns(request);
        request.path("messages").forEach(this::message);
        request.path("tools").forEach(tool -> remove(tool, "type", "custom", "a tool without a type is a custom one"));
        request.path("tools").forEach(tool -> remove(tool, "strict", "false", "strict: false is the default"));
        marks(request);
        if (request.has("output_config")
                && request.at("/output_config/effort").isTextual()
                && !request.has("thinking")) {
            seen("an effort alone means that the model thinks");
            request.putObject("thinking").put("type", "adaptive");
        }
        remove(request, "system", "[]", "no instructions are none");
        remove(request, "tools", "[]", "no tools are none");
        remove(request, "stop_sequences", "[]", "no stop sequences are none");
        remove(request.path("tool_choice"), "disable_parallel_tool_use", "false", "parallel calls are the default");
        if (request.path("tools").isMissingNode()) {
            remove(request, "tool_choice", request.path("tool_choice").toString(), "there is nothing to choose");
        }
        return sorted(request);
    }

    JsonNode reply(JsonNode body) {
        ObjectNode reply = (ObjectNode) withoutNulls(body);
        for (JsonNode block : reply.path("content")) {
            remove(block, "citations", "[]", "no citations are none");
            remove(block, "caller", "{\"type\":\"direct\"}", "the model itself calls where nobody else is named");
        }
        keep(reply, "content", block -> !block.path("text").asText("x").isEmpty(), "an empty text says nothing");
        boolean calls = reply.findValuesAsText("type").contains("tool_use");
        if (calls && reply.path("stop_reason").asText().equals("end_turn")) {
            seen("an answer that calls a tool is never a plain stop");
            reply.put("stop_reason", "tool_use");
        }
        ObjectNode usage = reply.withObjectProperty("usage");
        long hour = usage.at("/cache_creation/ephemeral_1h_input_tokens").asLong();
        long written = usage.path("cache_creation_input_tokens").asLong();
        if (usage.has("cache_creation")
                && usage.at("/cache_creation/ephemeral_5m_input_tokens").asLong() != written - hour) {
            seen("what a stream adds to the total written is written for five minutes");
            usage.withObjectProperty("cache_creation").put("ephemeral_5m_input_tokens", (int) (written - hour));
        }
        for (String count : List.of("cache_creation_input_tokens", "cache_read_input_tokens")) {
            remove(usage, count, "0", "no count is 0");
        }
        remove(
                usage,
                "cache_creation",
                "{\"ephemeral_1h_input_tokens\":0,\"ephemeral_5m_input_tokens\":0}",
                "no count is 0");
        remove(usage, "output_tokens_details", "{\"thinking_tokens\":0}", "no count is 0");
        return sorted(reply);
    }

    /** Where two trees differ, with both values; empty if they are equal. */
    static List<String> differences(String path, JsonNode expected, JsonNode actual) {
        List<String> differences = new ArrayList<>();
        boolean lists = expected.isArray() && actual.isArray() && expected.size() == actual.size();
        if (lists || (expected.isObject() && actual.isObject())) {
            Set<String> names = new TreeSet<>();
            expected.fieldNames().forEachRemaining(names::add);
            actual.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                differences.addAll(differences(path + "." + name, expected.path(name), actual.path(name)));
            }
            for (int i = 0; expected.isArray() && i < expected.size(); i++) {
                differences.addAll(differences(path + "[" + i + "]", expected.get(i), actual.get(i)));
            }
        } else if (!expected.equals(actual)) {
            differences.add(path + ": expected " + expected + " but was " + actual);
        }
        return differences;
    }

    /** Many models refuse instructions in the middle, so they move to the front. */
    private void moveSystem(ObjectNode request) {
        ArrayNode messages = (ArrayNode) request.get("messages");
        ArrayNode others = request.arrayNode();
        for (JsonNode message : messages) {
            if (message.path("role").asText().equals("system")) {
                seen("instructions in the middle move to the front");
                for (JsonNode block : texts(message.path("content"))) {
                    if (block.path("type").asText().equals("text")) {
                        request.withArrayProperty("system").add(block);
                    } else {
                        seen("only words can move to the front");
                    }
                }
            } else {
                others.add(message);
            }
        }
        request.set("messages", others);
    }

    /** Some who speak the dialect demand that turns alternate, and that the user begins. */
    private void joinTurns(ObjectNode request) {
        List<ObjectNode> turns = new ArrayList<>();
        for (JsonNode message : request.path("messages")) {
            ((ObjectNode) message).set("content", texts(message.path("content")));
            ObjectNode last = turns.isEmpty() ? null : turns.get(turns.size() - 1);
            if (last != null && last.path("role").equals(message.path("role"))) {
                seen("neighbours of one role are one turn");
                ((ArrayNode) last.get("content")).addAll((ArrayNode) message.get("content"));
            } else {
                turns.add((ObjectNode) message);
            }
        }
        if (turns.get(0).path("role").asText().equals("assistant")) {
            seen("the user begins");
            ObjectNode opening = request.objectNode().put("role", "user");
            opening.putArray("content")
                    .addObject()
                    .put("text", MessagesEncoder.OPENING)
                    .put("type", "text");
            turns.add(0, opening);
        }
        request.putArray("messages").addAll(turns);
    }

    private void message(JsonNode message) {
        keep(
                (ObjectNode) message,
                "content",
                block -> !block.path("text").asText("x").isBlank(),
                "a blank text says nothing");
        for (JsonNode block : message.path("content")) {
            remove(block, "is_error", "false", "a result that is no error is none");
            remove(block, "caller", "{\"type\":\"direct\"}", "the model itself calls where nobody else is named");
            remove(block, "citations", "[]", "no citations are none");
            if (block.has("content") && block.path("type").asText().equals("tool_result")) {
                ((ObjectNode) block).set("content", texts(block.get("content")));
                keep(
                        (ObjectNode) block,
                        "content",
                        part -> !part.path("text").asText("x").isBlank(),
                        "a blank text says nothing");
                remove(block, "content", "[]", "an empty result is none");
            }
        }
    }

    private void marks(JsonNode node) {
        remove(node.path("cache_control"), "ttl", "5m", "five minutes are the default");
        node.forEach(this::marks);
    }

    private JsonNode texts(JsonNode value) {
        if (value.isArray()) {
            return value;
        }
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        seen("a string is a list of one text");
        list.addObject().put("text", value.asText()).put("type", "text");
        return list;
    }

    private interface Kept {
        boolean test(JsonNode element);
    }

    private void keep(ObjectNode holder, String name, Kept kept, String reason) {
        ArrayNode all = holder.arrayNode();
        for (JsonNode element : holder.path(name)) {
            if (kept.test(element)) {
                all.add(element);
            } else {
                seen(reason);
            }
        }
        holder.set(name, all);
    }

    private void remove(JsonNode holder, String name, String value, String reason) {
        if (holder instanceof ObjectNode object && object.has(name)) {
            String text = object.get(name).isTextual()
                    ? object.get(name).asText()
                    : sorted(object.get(name)).toString();
            if (text.equals(value)) {
                seen(reason);
                object.remove(name);
            }
        }
    }

    /** What is null was not said. */
    private JsonNode withoutNulls(JsonNode node) {
        if (node instanceof ObjectNode object) {
            ObjectNode copy = object.objectNode();
            object.properties().forEach(member -> {
                if (member.getValue().isNull()) {
                    seen("null is the same as nothing");
                } else {
                    copy.set(member.getKey(), withoutNulls(member.getValue()));
                }
            });
            return copy;
        }
        if (node.isArray()) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            node.forEach(element -> copy.add(withoutNulls(element)));
            return copy;
        }
        return node.isIntegralNumber() || !node.isNumber() ? node : DoubleNode.valueOf(node.asDouble());
    }

    private static JsonNode sorted(JsonNode node) {
        if (node instanceof ObjectNode object) {
            ObjectNode copy = object.objectNode();
            object.properties().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(member -> copy.set(member.getKey(), sorted(member.getValue())));
            return copy;
        }
        if (node.isArray()) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            node.forEach(element -> copy.add(sorted(element)));
            return copy;
        }
        return node;
    }

    private void seen(String reason) {
        counts.merge("accepted: " + reason, 1, Integer::sum);
    }
}
