package dev.serai.dialect.openai;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;

/** What a body in Chat loses or changes when it is read and written again, without what is accepted. */
final class ChatDifferences {
    /** A difference that is meant to be. */
    private record Accepted(Pattern path, BiPredicate<JsonNode, JsonNode> change, String reason) {
        Accepted(String path, BiPredicate<JsonNode, JsonNode> change, String reason) {
            this(Pattern.compile(path), change, reason);
        }

        boolean covers(String at, JsonNode before, JsonNode after) {
            return path.matcher(at).matches() && change.test(before, after);
        }
    }

    private static final List<Accepted> OF_REQUESTS = List.of(
            new Accepted(
                    "\\.stream", (before, after) -> !before.asBoolean(), "no stream is what is meant without a word"),
            new Accepted("\\.models", (before, after) -> true, "Serai's own: the candidates are tried one by one"),
            new Accepted(
                    "\\.tools|.*\\.tool_calls",
                    (before, after) -> before.isEmpty() && after.isMissingNode(),
                    "an empty list says what no list says"),
            new Accepted(
                    "\\.tool_choice",
                    (before, after) ->
                            before.asText().equals("any") && after.asText().equals("required"),
                    "Mistral's word for the same"),
            new Accepted(
                    "\\.max_completion_tokens",
                    (before, after) -> after.isMissingNode(),
                    "written as max_tokens, which more providers know; a provider's file renames it"),
            new Accepted(
                    "\\.reasoning(\\.effort)?",
                    (before, after) -> after.isMissingNode(),
                    "written as reasoning_effort"),
            new Accepted("\\.thinking", (before, after) -> after.isMissingNode(), "written as reasoning_effort"),
            new Accepted(
                    ".*\\.content",
                    (before, after) -> before.isArray()
                            && after.isTextual()
                            && texts(before).equals(after.asText()),
                    "one text is a string; instructions and results are strings, which every provider takes"),
            new Accepted(
                    ".*\\.content",
                    (before, after) -> before.isEmpty() && after.isNull(),
                    "an assistant who only calls says nothing"),
            new Accepted(
                    "\\.messages\\[\\d+]\\.role",
                    (before, after) -> before.asText().equals("developer")
                            && after.asText().equals("system"),
                    "every provider knows system, and OpenAI reads it as developer"),
            new Accepted(
                    ".*\\.content\\[\\d+]\\.(type|document_url)",
                    (before, after) -> before.asText().equals("document_url") || after.isMissingNode(),
                    "a file in OpenAI's form"),
            new Accepted(
                    ".*\\.thinking",
                    (before, after) -> before.isArray() && after.isArray() && after.size() == 1,
                    "the pieces of Mistral's thinking are joined"),
            new Accepted(
                    ".*\\.cache_control",
                    (before, after) -> after.isMissingNode(),
                    "a mark that most providers refuse; it is named as dropped"),
            new Accepted(
                    ".*\\.tool_calls\\[\\d+]\\.index",
                    (before, after) -> after.isMissingNode(),
                    "the place in the list says it"),
            new Accepted(
                    ".*\\.tool_calls\\[\\d+]\\.type|\\.tools\\[\\d+]\\.type",
                    (before, after) -> after.asText().equals("function"),
                    "said where the client left it out"));

    private static final List<Accepted> OF_REPLIES = List.of(
            new Accepted(
                    "\\.usage\\.(prompt_cache_hit_tokens|prompt_cache_miss_tokens|num_cached_tokens|cached_tokens)",
                    (before, after) -> after.isMissingNode(),
                    "stated once, in prompt_tokens_details.cached_tokens"),
            new Accepted(
                    "\\.usage\\.completion_tokens",
                    (before, after) -> after.asLong() > before.asLong(),
                    "with the reasoning that the provider counts beside it, as OpenAI counts"),
            new Accepted(
                    "\\.choices\\[\\d+]\\.message\\.tool_calls",
                    (before, after) -> before.isEmpty() && after.isMissingNode(),
                    "an empty list says what no list says"),
            new Accepted(
                    ".*\\.tool_calls\\[\\d+]\\.index",
                    (before, after) -> after.isMissingNode(),
                    "the place in the list says it"),
            new Accepted(
                    "\\.choices\\[\\d+]\\.message\\.content",
                    (before, after) -> before.isTextual() && before.asText().isEmpty() && after.isNull(),
                    "OpenAI writes null where only tools are called"),
            new Accepted(
                    "\\.choices\\[\\d+]\\.message\\.content",
                    (before, after) -> before.isArray()
                            && after.isTextual()
                            && texts(before).equals(after.asText()),
                    "clients expect a string; the thinking stands in reasoning_content"),
            new Accepted("\\.citations", (before, after) -> after.isMissingNode(), "written as annotations"));

    private ChatDifferences() {}

    static List<String> ofRequests(String name, JsonNode before, JsonNode after) {
        return found(name, before, after, OF_REQUESTS);
    }

    static List<String> ofReplies(String name, JsonNode before, JsonNode after) {
        return found(name, before, after, OF_REPLIES);
    }

    private static List<String> found(String name, JsonNode before, JsonNode after, List<Accepted> accepted) {
        List<String> found = new ArrayList<>();
        compare("", before, after, accepted, found);
        return found.stream().map(difference -> name + " " + difference).toList();
    }

    private static void compare(
            String path, JsonNode before, JsonNode after, List<Accepted> accepted, List<String> found) {
        if (before.isNull() || accepted.stream().anyMatch(rule -> rule.covers(path, before, after))) {
            return; // null says what no member says
        }
        if (before.isObject() && after.isObject()) {
            for (Map.Entry<String, JsonNode> member : before.properties()) {
                String inner = path + "." + member.getKey();
                compare(inner, member.getValue(), after.path(member.getKey()), accepted, found);
            }
        } else if (before.isArray() && after.isArray() && before.size() == after.size()) {
            for (int i = 0; i < before.size(); i++) {
                compare(path + "[" + i + "]", before.get(i), after.get(i), accepted, found);
            }
        } else if (!same(before, after)) {
            found.add(path + ": " + shown(before) + " became " + shown(after));
        }
    }

    private static boolean same(JsonNode before, JsonNode after) {
        boolean numbers = before.isNumber() && after.isNumber();
        return numbers ? before.decimalValue().compareTo(after.decimalValue()) == 0 : before.equals(after);
    }

    private static String texts(JsonNode parts) {
        List<String> texts = new ArrayList<>();
        parts.forEach(part -> {
            if (part.path("type").asText().equals("text")) {
                texts.add(part.path("text").asText());
            }
        });
        return String.join("\n\n", texts);
    }

    private static String shown(JsonNode node) {
        String text = node.isMissingNode() ? "nothing" : node.toString();
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }
}
