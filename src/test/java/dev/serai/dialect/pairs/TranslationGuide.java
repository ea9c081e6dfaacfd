package dev.serai.dialect.pairs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.ChatReply;
import dev.serai.conversation.ChatRequest;
import dev.serai.conversation.Choice;
import dev.serai.conversation.Content;
import dev.serai.conversation.Effort;
import dev.serai.conversation.FinishReason;
import dev.serai.conversation.Role;
import dev.serai.conversation.Usage;
import dev.serai.dialect.CodecException;
import dev.serai.dialect.Dropped;
import dev.serai.dialect.ReplyContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The tables of docs/translation.md. What a client can ask in a dialect stands in {@code src/test/resources/pairs/features}; it is added to a
 * short question, translated, and what was dropped is written down.
 */
final class TranslationGuide {
    private static final Path FEATURES = Path.of("src/test/resources/pairs/features");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Of whatever was dropped, by its name: whose dialect cannot say it, and why. */
    private final Map<String, TreeMap<String, TreeSet<Wire>>> reasons = new TreeMap<>();

    String text() throws IOException {
        StringBuilder text = new StringBuilder();
        for (Wire client : Wire.values()) {
            text.append("\n## A client that speaks ").append(client.title).append("\n\n");
            table(client, text);
        }
        text.append("\n## Why something is dropped\n\n| Name | For | Because |\n|---|---|---|\n");
        reasons.forEach((name, whys) -> whys.forEach((why, wires) ->
                row(text, "`" + name + "`", wires.stream().map(w -> w.title).collect(Collectors.joining(", ")), why)));
        text.append("\n## Why an answer ended\n\n");
        finishReasons(text);
        text.append("\n## How hard to think\n\n");
        efforts(text);
        return text.append('\n').toString();
    }

    private void table(Wire client, StringBuilder text) throws IOException {
        List<Wire> providers = client.others();
        text.append("| Asked | ")
                .append(providers.stream().map(wire -> wire.title).collect(Collectors.joining(" | ")))
                .append(" |\n|---|---|---|---|\n");
        for (JsonNode feature : JSON.readTree(Files.readString(FEATURES.resolve(client.label() + ".json")))) {
            text.append("| ").append(feature.path("what").asText());
            for (Wire provider : providers) {
                text.append(" | ").append(cell(client, provider, feature.path("request")));
            }
            text.append(" |\n");
        }
    }

    private String cell(Wire client, Wire provider, JsonNode feature) throws IOException {
        ObjectNode request = (ObjectNode) JSON.readTree(client.question(false));
        request.setAll((ObjectNode) feature);
        try {
            List<Dropped> dropped = Crossing.of(client, provider, request.toString(), false)
                    .translation()
                    .request()
                    .dropped();
            dropped.forEach(one -> reasons.computeIfAbsent(one.name(), key -> new TreeMap<>())
                    .computeIfAbsent(one.reason(), key -> new TreeSet<>())
                    .add(provider));
            return dropped.isEmpty()
                    ? "yes"
                    : dropped.stream()
                            .map(one -> "`" + one.name() + "`")
                            .distinct()
                            .collect(Collectors.joining(", "));
        } catch (CodecException e) {
            return "refused";
        }
    }

    private static void row(StringBuilder text, String... cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    private static void finishReasons(StringBuilder text) throws IOException {
        text.append("| The model | Chat Completions | Responses | Messages | Gemini |\n|---|---|---|---|---|\n");
        for (FinishReason reason : FinishReason.values()) {
            row(
                    text,
                    told(reason),
                    word(Wire.CHAT, reason, "/choices/0/finish_reason"),
                    word(Wire.RESPONSES, reason, "/status") + detail(reason),
                    word(Wire.MESSAGES, reason, "/stop_reason"),
                    word(Wire.GEMINI, reason, "/candidates/0/finishReason"));
        }
    }

    private static String detail(FinishReason reason) throws IOException {
        String why = word(Wire.RESPONSES, reason, "/incomplete_details/reason");
        return why.equals("``") ? "" : ", " + why;
    }

    private static String told(FinishReason reason) {
        return switch (reason) {
            case STOP -> "was done";
            case STOP_SEQUENCE -> "came to a stop sequence";
            case MAX_TOKENS -> "came to the limit of the request";
            case CONTEXT_FULL -> "came to the end of its context";
            case TOOL_CALLS -> "calls tools";
            case REFUSAL -> "refused, and its words are no refusal by their form";
            case CONTENT_FILTER -> "was stopped by a filter";
            case PAUSED -> "goes on when it is asked again";
            case MALFORMED_TOOL_CALL -> "made a call that nobody can read";
            case OTHER -> "ended for a reason that Serai does not know";
        };
    }

    private static String word(Wire client, FinishReason reason, String place) throws IOException {
        List<Content> contents = reason == FinishReason.TOOL_CALLS
                ? List.of(new Content.ToolCall("call_1", "now", "{}"))
                : List.of(new Content.Text("Hi"));
        ChatReply reply =
                new ChatReply("r", "m", 1L, List.of(new Choice(0, contents, reason)), Usage.NONE, null, List.of());
        ReplyContext context = new ReplyContext(
                ChatRequest.builder("m").add(Role.USER, "Hi").build(), "id", 1, ReplyContext.Framing.SSE);
        return "`"
                + JSON.readTree(client.codec.encodeReply(reply, context).body())
                        .at(place)
                        .asText("")
                + "`";
    }

    private static void efforts(StringBuilder text) {
        text.append("| Effort | becomes a budget of | and stands for budgets from |\n|---|---|---|\n");
        for (Effort effort : Effort.values()) {
            long least = 0;
            while (Effort.ofBudget(least) != effort) {
                least++;
            }
            row(text, "`" + effort.name().toLowerCase(Locale.ROOT) + "`", tokens(effort.budgetTokens()), tokens(least));
        }
    }

    private static String tokens(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
