package dev.serai.dialect.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.dialect.ReplyContext.Framing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What may differ between a body and the same body read and written again, each with its reason. Both sides are brought to one form;
 * how often each difference was met is counted.
 */
final class Likeness {
    private static final Set<String> OPAQUE =
            Set.of("args", "response", "parametersJsonSchema", "responseJsonSchema", "labels");

    private final Map<String, Integer> met;

    Likeness(Map<String, Integer> met) {
        this.met = met;
    }

    private void met(String difference) {
        met.merge("accepted: " + difference, 1, Integer::sum);
    }

    JsonNode request(JsonNode body) {
        ObjectNode tree = (ObjectNode) camel(body);
        if (tree.get("systemInstruction") instanceof ObjectNode instruction && instruction.remove("role") != null) {
            met("the role of an instruction, which says nothing");
        }
        for (JsonNode content : tree.path("contents")) {
            if (content instanceof ObjectNode turn && !turn.has("role")) {
                met("a turn without a role is the user's");
                turn.put("role", "user");
            }
            content.path("parts").forEach(this::requestPart);
        }
        if (tree.get("tools") instanceof ObjectNode one) {
            met("one tool without its list");
            tree.set("tools", Json.array().add(one));
        }
        if (tree.get("contents") instanceof ArrayNode contents) {
            join(contents);
        }
        JsonNode schema = tree.at("/generationConfig/responseJsonSchema");
        if (schema.isObject()) {
            ((ObjectNode) tree.get("generationConfig")).set("responseJsonSchema", resolved(schema));
        }
        for (JsonNode tool : tree.path("tools")) {
            tool.path("functionDeclarations").forEach(this::declaration);
        }
        if (tree.path("generationConfig").isObject()
                && tree.path("generationConfig").isEmpty()) {
            met("an empty object of settings");
            tree.remove("generationConfig");
        }
        return tree;
    }

    private void requestPart(JsonNode part) {
        if (part.get("functionCall") instanceof ObjectNode call && !call.has("id")) {
            met("a call without an id"); // is written without one
        }
    }

    private void join(ArrayNode contents) {
        for (int i = contents.size() - 1; i > 0; i--) {
            JsonNode before = contents.get(i - 1);
            if (before.path("role").equals(contents.get(i).path("role"))) {
                met("turns of one role are joined");
                ((ArrayNode) before.get("parts"))
                        .addAll((ArrayNode) contents.get(i).get("parts"));
                contents.remove(i);
            }
        }
    }

    private JsonNode resolved(JsonNode schema) {
        JsonNode resolved = numbers(Schemas.encode(Json.raw(schema), new Drops()));
        if (!resolved.equals(schema)) {
            met("references within a schema are resolved");
        }
        return resolved;
    }

    private void declaration(JsonNode declaration) {
        ObjectNode function = (ObjectNode) declaration;
        if (function.has("parameters")) {
            met("an OpenAPI schema is written as JSON Schema");
            function.set("parametersJsonSchema", OpenApiSchemas.toJsonSchema(function.remove("parameters")));
        }
        if (function.has("parametersJsonSchema")) {
            function.set("parametersJsonSchema", resolved(function.get("parametersJsonSchema")));
        }
    }

    JsonNode reply(JsonNode body) {
        ObjectNode tree = (ObjectNode) camel(body);
        if (tree.get("usageMetadata") instanceof ObjectNode usage) {
            met("the usage is stated anew from disjoint kinds, without modalities");
            ObjectNode kept = Json.object();
            kept.set("totalTokenCount", usage.path("totalTokenCount"));
            tree.set("usageMetadata", kept);
        }
        if (tree.has("createTime")) {
            met("the time of creation, in whole seconds");
            tree.put("createTime", tree.path("createTime").asText().replaceFirst("\\.\\d+Z", "Z"));
        }
        if (!tree.has("responseId")) {
            met("a reply without an id");
            tree.put("responseId", Wire.context(Framing.SSE).id());
        }
        int position = 0;
        for (JsonNode candidate : tree.path("candidates")) {
            candidate((ObjectNode) candidate, position++);
        }
        return tree;
    }

    private void candidate(ObjectNode candidate, int position) {
        if (!candidate.has("index")) {
            met("a candidate without its index");
            candidate.set("index", Json.number(position));
        }
        ObjectNode content = candidate.withObjectProperty("content");
        if (!content.has("parts")) {
            met("a content without parts");
            content.putArray("parts");
        }
        ArrayNode parts = (ArrayNode) content.get("parts");
        for (int i = parts.size() - 1; i >= 0; i--) {
            if (parts.get(i).size() == 1
                    && parts.get(i).path("text").asText("x").isEmpty()) {
                met("an empty text");
                parts.remove(i);
            }
        }
        for (JsonNode step : candidate.at("/logprobsResult/chosenCandidates")) {
            met("the number of a token");
            ((ObjectNode) step).remove("tokenId");
        }
        for (JsonNode step : candidate.at("/logprobsResult/topCandidates")) {
            step.path("candidates").forEach(token -> ((ObjectNode) token).remove("tokenId"));
        }
    }

    /** Names in one spelling, numbers in one form. */
    private JsonNode camel(JsonNode value) {
        if (value instanceof ObjectNode object) {
            ObjectNode out = Json.object();
            object.properties().forEach(member -> {
                String name = camel(member.getKey());
                if (!name.equals(member.getKey())) {
                    met("a name in the other spelling");
                }
                out.set(name, OPAQUE.contains(name) ? numbers(member.getValue()) : camel(member.getValue()));
            });
            return out;
        }
        if (value instanceof ArrayNode list) {
            ArrayNode out = Json.array();
            list.forEach(element -> out.add(camel(element)));
            return out;
        }
        return numbers(value);
    }

    private static JsonNode numbers(JsonNode value) {
        if (value.isNumber()) {
            return Json.number(value.doubleValue());
        }
        if (value instanceof ObjectNode object) {
            ObjectNode out = Json.object();
            object.properties().forEach(member -> out.set(member.getKey(), numbers(member.getValue())));
            return out;
        }
        if (value instanceof ArrayNode list) {
            ArrayNode out = Json.array();
            list.forEach(element -> out.add(numbers(element)));
            return out;
        }
        return value;
    }

    private static String camel(String name) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            boolean joint = name.charAt(i) == '_' && i > 0 && i + 1 < name.length();
            out.append(joint ? Character.toUpperCase(name.charAt(++i)) : name.charAt(i));
        }
        return out.toString();
    }

    /** Where two trees differ, each with both values. */
    static List<String> differences(String path, JsonNode expected, JsonNode actual) {
        List<String> found = new ArrayList<>();
        if (expected instanceof ObjectNode && actual instanceof ObjectNode) {
            Set<String> names = new TreeSet<>();
            expected.fieldNames().forEachRemaining(names::add);
            actual.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                found.addAll(differences(path + "/" + name, expected.path(name), actual.path(name)));
            }
        } else if (expected instanceof ArrayNode && actual instanceof ArrayNode && expected.size() == actual.size()) {
            for (int i = 0; i < expected.size(); i++) {
                found.addAll(differences(path + "/" + i, expected.get(i), actual.get(i)));
            }
        } else if (!expected.equals(actual)) {
            found.add(path + ": " + shown(expected) + " became " + shown(actual));
        }
        return found;
    }

    private static String shown(JsonNode value) {
        String text = value.isMissingNode() ? "nothing" : value.toString();
        return text.length() > 200 ? text.substring(0, 200) + "…" : text;
    }

    static Map<String, Integer> counts() {
        return new TreeMap<>();
    }
}
