package dev.serai.dialect.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.ChatRequest;
import dev.serai.conversation.Content;
import dev.serai.conversation.Message;
import dev.serai.dialect.Feature;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code systemInstruction} and {@code contents}: instructions apart, wherever they stood; the rest as turns of user and model that
 * alternate, without empty ones. Not thread-safe.
 */
final class Contents {
    private final ChatRequest request;
    private final ModelFacts facts;
    private final Drops drops;
    private final RequestParts parts;
    private final ArrayNode instruction = Json.array();
    private final ArrayNode turns = Json.array();
    private final List<String> calls = new ArrayList<>();
    private boolean moved;

    Contents(ChatRequest request, String model, Drops drops) {
        this.request = request;
        this.facts = ModelFacts.of(model);
        this.drops = drops;
        this.parts = new RequestParts(model, facts, request.toolNames(), drops);
    }

    void writeTo(ObjectNode body) {
        for (Message message : request.messages()) {
            drops.addIf(message.name() != null, Feature.PARTICIPANT_NAME, "Gemini knows no names of participants");
            switch (message.role()) {
                case SYSTEM, DEVELOPER -> instruct(message);
                case USER -> say("user", message);
                case ASSISTANT -> say("model", message);
            }
        }
        if (turns.isEmpty() && !instruction.isEmpty()) {
            drops.add(Feature.SYSTEM_POSITION, "Gemini wants something that the user said");
            body.set("contents", Json.array().add(turn("user", instruction)));
            return;
        }
        if (!instruction.isEmpty()) {
            body.set("systemInstruction", PartEncoder.wrapped("parts", instruction));
        }
        body.set("contents", turns);
    }

    /** Whether a turn or a part stands elsewhere than its message or content did. */
    boolean isMoved() {
        return moved;
    }

    private void instruct(Message message) {
        drops.addIf(!turns.isEmpty(), Feature.SYSTEM_POSITION, "Gemini takes instructions only before everything else");
        moved |= !turns.isEmpty() || !instruction.isEmpty();
        for (Content content : message.contents()) {
            moved |= !parts.encode(content, instruction);
        }
    }

    private void say(String role, Message message) {
        ArrayNode said = Json.array();
        for (Content content : inOrderOfCalls(message.contents())) {
            int before = said.size();
            parts.encode(content, said);
            moved |= said.size() != before + 1;
            if (content instanceof Content.ToolCall call) {
                calls.add(call.id());
            }
        }
        int before = said.size();
        parts.flush(said);
        moved |= said.size() != before;
        if (said.isEmpty() && message.contents().stream().anyMatch(Content.Text.class::isInstance)) {
            said.addObject().put("text", ""); // somebody had a turn, and calls must follow one of the user
            moved |= message.contents().size() > 1;
        }
        if (said.isEmpty()) {
            moved = true;
            return;
        }
        if (role.equals("model") && facts.wantsSignedCalls()) {
            signFirstCall(said);
        }
        ObjectNode last = lastTurn();
        if (last != null
                && role.equals(last.path("role").textValue())
                && last.get("parts") instanceof ArrayNode joined) {
            joined.addAll(said);
            moved = true;
        } else {
            turns.add(turn(role, said));
        }
    }

    /** Without ids, results are told apart by their order alone. */
    private List<Content> inOrderOfCalls(List<Content> contents) {
        boolean nameless = contents.stream()
                .anyMatch(content -> content instanceof Content.ToolResult result && CallIds.isMade(result.callId()));
        if (!nameless) {
            return contents;
        }
        List<Content> sorted = new ArrayList<>(contents);
        List<Content> results = new ArrayList<>();
        contents.stream().filter(Content.ToolResult.class::isInstance).forEach(results::add);
        results.sort(Comparator.comparingInt(
                content -> content instanceof Content.ToolResult result ? calls.indexOf(result.callId()) : 0));
        int next = 0;
        for (int i = 0; i < sorted.size(); i++) {
            if (sorted.get(i) instanceof Content.ToolResult) {
                sorted.set(i, results.get(next++));
            }
        }
        return sorted;
    }

    /** Of several calls of one turn Google's models sign the first. */
    private static void signFirstCall(ArrayNode said) {
        for (JsonNode part : said) {
            if (part.has("functionCall") && part instanceof ObjectNode call) {
                if (!call.has("thoughtSignature")) {
                    call.put("thoughtSignature", Signing.UNSIGNED);
                }
                return;
            }
        }
    }

    private @Nullable ObjectNode lastTurn() {
        return turns.isEmpty() ? null : (ObjectNode) turns.get(turns.size() - 1);
    }

    private static ObjectNode turn(String role, ArrayNode said) {
        ObjectNode turn = Json.object().put("role", role);
        turn.set("parts", said);
        return turn;
    }
}
