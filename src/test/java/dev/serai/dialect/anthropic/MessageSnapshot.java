package dev.serai.dialect.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What a client sees in the end of a stream: put together as Anthropic's own clients do, independently of the codec. */
final class MessageSnapshot {
    private MessageSnapshot() {}

    static ObjectNode of(Iterable<String> payloads) {
        ObjectNode message = null;
        for (String payload : payloads) {
            JsonNode event = Wire.tree(payload);
            switch (event.path("type").asText()) {
                case "message_start" -> message = event.path("message").deepCopy();
                case "content_block_start" -> ((ArrayNode) message.get("content")).add(event.path("content_block"));
                case "content_block_delta" ->
                    grow(
                            (ObjectNode) message.get("content")
                                    .get(event.path("index").asInt()),
                            event.path("delta"));
                case "content_block_stop" ->
                    stop((ObjectNode)
                            message.get("content").get(event.path("index").asInt()));
                case "message_delta" -> change(message, event);
                default -> {}
            }
        }
        if (message == null) {
            throw new IllegalArgumentException("no message");
        }
        return message;
    }

    private static void grow(ObjectNode block, JsonNode delta) {
        switch (delta.path("type").asText()) {
            case "text_delta" -> append(block, "text", delta.path("text").asText());
            case "thinking_delta" ->
                append(block, "thinking", delta.path("thinking").asText());
            case "compaction_delta" ->
                append(block, "content", delta.path("content").asText());
            case "input_json_delta" ->
                append(block, "json", delta.path("partial_json").asText());
            case "signature_delta" -> block.set("signature", delta.path("signature"));
            case "citations_delta" -> block.withArrayProperty("citations").add(delta.path("citation"));
            default -> throw new IllegalArgumentException(delta.toString());
        }
    }

    private static void append(ObjectNode block, String name, String text) {
        block.put(name, (block.path(name).isTextual() ? block.path(name).asText() : "") + text);
    }

    private static void stop(ObjectNode block) {
        String json = block.path("json").asText();
        block.remove("json");
        if (!json.isEmpty()) {
            block.set("input", Wire.tree(json));
        }
    }

    private static void change(ObjectNode message, JsonNode event) {
        event.path("delta").properties().forEach(member -> message.set(member.getKey(), member.getValue()));
        event.path("usage").properties().forEach(member -> ((ObjectNode) message.get("usage"))
                .set(member.getKey(), member.getValue()));
        event.properties().forEach(member -> {
            if (!member.getKey().matches("type|delta|usage")) {
                message.set(member.getKey(), member.getValue());
            }
        });
    }
}
