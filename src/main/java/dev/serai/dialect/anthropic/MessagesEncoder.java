package dev.serai.dialect.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.Message;
import dev.serai.conversation.Role;
import dev.serai.dialect.CodecException;
import dev.serai.dialect.Feature;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Arranges the messages of a request as Anthropic's models and those of others who speak its dialect take them: instructions in {@code
 * system}, then turns of the user and the assistant that alternate and begin with the user's, results of tools first in their turn.
 * Instructions in the middle move to the front, because many models refuse them where they stand. One instance per request.
 */
final class MessagesEncoder {
    /** Stands for the user where the assistant speaks first. */
    static final String OPENING = "(The assistant speaks first.)";

    private final BlockEncoder blocks;
    private final Places places;
    private final Drops drops;
    private final List<ArrayNode> instructions = new ArrayList<>();
    private final List<Turn> turns = new ArrayList<>();

    MessagesEncoder(BlockEncoder blocks, Places places, Drops drops) {
        this.blocks = blocks;
        this.places = places;
        this.drops = drops;
    }

    /** What the same side says until the other speaks. */
    private record Turn(ObjectNode message, boolean isUser, ArrayNode results, ArrayNode others) {
        Turn(boolean isUser) {
            this(Json.object().put("role", isUser ? "user" : "assistant"), isUser, Json.array(), Json.array());
        }

        void add(ArrayNode added) {
            for (JsonNode block : added) {
                boolean isResult = block.path("type").asText().equals("tool_result");
                (isResult ? results : others).add(block);
            }
        }

        JsonNode write() {
            return message.set("content", Json.array().addAll(results).addAll(others));
        }
    }

    /** @throws CodecException if nothing is left to send */
    void write(List<Message> messages, ObjectNode body) throws CodecException {
        boolean hasSystem = !messages.isEmpty() && messages.get(0).role() == Role.SYSTEM;
        for (int i = 0; i < messages.size(); i++) {
            String path = i == 0 && hasSystem ? "system" : "messages[" + (hasSystem ? i - 1 : i) + "]";
            Message message = messages.get(i);
            drops.addIf(message.name() != null, Feature.PARTICIPANT_NAME, "Messages names no participants");
            add(message, path);
        }
        openWithUser();
        trimLast();
        if (!instructions.isEmpty()) {
            ArrayNode system = body.putArray("system");
            instructions.forEach(system::addAll);
        }
        ArrayNode written = body.putArray("messages");
        turns.forEach(turn -> written.add(turn.write()));
    }

    private void add(Message message, String path) {
        String contents = path.equals("system") ? path : path + ".content";
        switch (message.role()) {
            case SYSTEM, DEVELOPER -> {
                ArrayNode added = blocks.write(message.contents(), BlockEncoder.Place.SYSTEM, contents);
                if (!added.isEmpty()) {
                    instructions.add(added);
                    drops.addIf(
                            !turns.isEmpty(), Feature.SYSTEM_POSITION, "instructions in the middle stand in front now");
                }
            }
            case USER -> add(true, blocks.write(message.contents(), BlockEncoder.Place.USER, contents), path);
            case ASSISTANT ->
                add(false, blocks.write(message.contents(), BlockEncoder.Place.ASSISTANT, contents), path);
        }
    }

    private void add(boolean isUser, ArrayNode added, String path) {
        if (added.isEmpty()) {
            return;
        }
        Turn last = last();
        if (last == null || last.isUser != isUser) {
            last = new Turn(isUser);
            turns.add(last);
        }
        last.add(added);
        places.put(path, last.message);
    }

    private @Nullable Turn last() {
        return turns.isEmpty() ? null : turns.get(turns.size() - 1);
    }

    private void openWithUser() throws CodecException {
        if (turns.isEmpty() && !instructions.isEmpty()) {
            add(true, instructions.remove(instructions.size() - 1), "");
            drops.add(Feature.SYSTEM_POSITION, "there are only instructions: the last stand for the user's words");
        }
        if (turns.isEmpty()) {
            throw new CodecException("there must be at least one message that says something", "messages");
        }
        if (!turns.get(0).isUser) {
            Turn opening = new Turn(true);
            opening.add(Json.array().add(Json.ofType("text").put("text", OPENING)));
            turns.add(0, opening);
        }
    }

    /** Words put into the assistant's mouth must not end in space. */
    private void trimLast() {
        Turn last = last();
        if (last == null || last.isUser || last.others.isEmpty()) {
            return;
        }
        JsonNode block = last.others.get(last.others.size() - 1);
        if (block instanceof ObjectNode text && text.path("type").asText().equals("text")) {
            text.put("text", text.path("text").asText().stripTrailing());
        }
    }

    /** Whether the turn that is answered calls a tool without having thought: a model with a budget refuses to think then. */
    boolean callsWithoutThinking() {
        Turn last = last();
        if (last == null || !last.isUser || last.results.isEmpty() || turns.size() < 2) {
            return false;
        }
        String first = turns.get(turns.size() - 2).others.path(0).path("type").asText();
        return !first.equals("thinking") && !first.equals("redacted_thinking");
    }

    /** The names of the tools that are called, in order. */
    List<String> calledTools() {
        List<String> names = new ArrayList<>();
        for (Turn turn : turns) {
            for (JsonNode block : turn.others) {
                String name = block.path("name").asText();
                if (block.path("type").asText().equals("tool_use") && !names.contains(name)) {
                    names.add(name);
                }
            }
        }
        return names;
    }
}
