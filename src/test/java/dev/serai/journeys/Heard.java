package dev.serai.journeys;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.testing.RawServer.Received;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What a provider was asked, whatever its dialect.
 *
 * @param texts   of the user
 * @param images  their types and what they hold, in Base64, with a comma between
 * @param results of tools, since the model spoke last
 * @param fields  of the schema that the answer shall have; empty if none was given
 * @param thinks  whether the model shall think
 * @param shows   whether its thoughts come with the answer
 */
record Heard(
        String dialect,
        List<String> texts,
        List<String> images,
        List<String> tools,
        List<String> results,
        List<String> fields,
        boolean thinks,
        boolean shows,
        boolean streamed) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static Heard of(Received request) {
        String path = request.head().split(" ", 3)[1];
        JsonNode body;
        try {
            body = JSON.readTree(request.body());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no JSON: " + request.text(), e);
        } catch (java.io.IOException e) {
            throw new UncheckedIOException(e);
        }
        if (path.contains("enerateContent")) {
            return gemini(body, path.contains(":stream"));
        }
        if (path.endsWith("/messages")) {
            return messages(body);
        }
        return path.endsWith("/responses") ? responses(body) : chat(body);
    }

    private static Heard chat(JsonNode body) {
        List<JsonNode> said = list(body.path("messages"));
        List<JsonNode> parts = parts(said, message -> is(message, "role", "user"), "content");
        return new Heard(
                "openai-chat",
                texts(parts),
                map(parts.stream().filter(part -> part.has("image_url")), part -> image(part.at("/image_url/url"))),
                map(stream(body.path("tools")), tool -> tool.at("/function/name")
                        .asText()),
                map(
                        behind(said, message -> is(message, "role", "assistant"))
                                .filter(message -> is(message, "role", "tool")),
                        message -> content(message.path("content"))),
                fields(body.at("/response_format/json_schema/schema")),
                body.has("reasoning_effort"),
                true,
                body.path("stream").asBoolean());
    }

    private static Heard responses(JsonNode body) {
        List<JsonNode> said = list(body.path("input"));
        List<JsonNode> parts = body.path("input").isTextual()
                ? List.of(text(body.path("input").asText()))
                : parts(said, item -> is(item, "role", "user"), "content");
        return new Heard(
                "openai-responses",
                texts(parts),
                map(parts.stream().filter(part -> part.has("image_url")), part -> image(part.path("image_url"))),
                map(stream(body.path("tools")), tool -> tool.path("name").asText()),
                map(
                        behind(said, item -> is(item, "type", "function_call"))
                                .filter(item -> is(item, "type", "function_call_output")),
                        item -> content(item.path("output"))),
                fields(body.at("/text/format/schema")),
                body.at("/reasoning/effort").isTextual(),
                body.at("/reasoning/summary").isTextual(),
                body.path("stream").asBoolean());
    }

    private static Heard messages(JsonNode body) {
        List<JsonNode> said = list(body.path("messages"));
        List<JsonNode> parts = parts(said, message -> is(message, "role", "user"), "content");
        return new Heard(
                "anthropic-messages",
                texts(parts),
                map(
                        parts.stream().filter(part -> is(part, "type", "image")),
                        part -> part.at("/source/media_type").asText() + ","
                                + part.at("/source/data").asText()),
                map(stream(body.path("tools")), tool -> tool.path("name").asText()),
                map(
                        parts(
                                        behind(said, message -> is(message, "role", "assistant"))
                                                .toList(),
                                        message -> true,
                                        "content")
                                .stream()
                                .filter(part -> is(part, "type", "tool_result")),
                        part -> content(part.path("content"))),
                fields(body.at("/output_config/format/schema")),
                List.of("enabled", "adaptive")
                        .contains(body.at("/thinking/type").asText()),
                !is(body.path("thinking"), "display", "omitted"),
                body.path("stream").asBoolean());
    }

    private static Heard gemini(JsonNode body, boolean streamed) {
        List<JsonNode> said = list(body.path("contents"));
        List<JsonNode> parts = parts(said, turn -> !is(turn, "role", "model"), "parts");
        JsonNode config = body.path("generationConfig");
        return new Heard(
                "gemini",
                texts(parts),
                map(
                        parts.stream().filter(part -> part.has("inlineData")),
                        part -> part.at("/inlineData/mimeType").asText() + ","
                                + part.at("/inlineData/data").asText()),
                map(
                        stream(body.path("tools")).flatMap(tool -> stream(tool.path("functionDeclarations"))),
                        tool -> tool.path("name").asText()),
                map(
                        parts(behind(said, turn -> is(turn, "role", "model")).toList(), turn -> true, "parts").stream()
                                .filter(part -> part.has("functionResponse")),
                        part -> stream(part.at("/functionResponse/response"))
                                .map(JsonNode::asText)
                                .collect(Collectors.joining())),
                fields(
                        config.has("responseSchema")
                                ? config.path("responseSchema")
                                : config.path("responseJsonSchema")),
                config.at("/thinkingConfig/thinkingBudget").asInt() > 0,
                config.at("/thinkingConfig/includeThoughts").asBoolean(),
                streamed);
    }

    private static boolean is(JsonNode node, String field, String value) {
        return node.path(field).asText().equals(value);
    }

    private static JsonNode text(String text) {
        return JSON.createObjectNode().put("text", text);
    }

    private static Stream<JsonNode> stream(JsonNode nodes) {
        return StreamSupport.stream(nodes.spliterator(), false);
    }

    private static List<JsonNode> list(JsonNode nodes) {
        return stream(nodes).toList();
    }

    private static List<JsonNode> parts(List<JsonNode> turns, Predicate<JsonNode> chosen, String field) {
        List<JsonNode> parts = new ArrayList<>();
        turns.stream().filter(chosen).map(turn -> turn.path(field)).forEach(content -> {
            if (content.isTextual()) {
                parts.add(text(content.asText()));
            } else {
                content.forEach(parts::add);
            }
        });
        return parts;
    }

    /** What comes behind the last of these. */
    private static Stream<JsonNode> behind(List<JsonNode> all, Predicate<JsonNode> last) {
        int from = 0;
        for (int i = 0; i < all.size(); i++) {
            from = last.test(all.get(i)) ? i + 1 : from;
        }
        return all.stream().skip(from);
    }

    private static List<String> texts(List<JsonNode> parts) {
        return map(parts.stream().filter(part -> part.path("text").isTextual()), part -> part.path("text")
                .asText());
    }

    private static String content(JsonNode content) {
        return content.isTextual()
                ? content.asText()
                : stream(content).map(part -> part.path("text").asText()).collect(Collectors.joining());
    }

    private static String image(JsonNode url) {
        return url.asText().replaceFirst("^data:", "").replace(";base64,", ",");
    }

    private static List<String> fields(JsonNode schema) {
        List<String> fields = new ArrayList<>();
        schema.path("properties").fieldNames().forEachRemaining(fields::add);
        return fields;
    }

    private static List<String> map(Stream<JsonNode> nodes, java.util.function.Function<JsonNode, String> value) {
        return nodes.map(value).toList();
    }
}
