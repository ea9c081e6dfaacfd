package dev.serai.dialect.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.Block;
import dev.serai.conversation.ChatEvent;
import dev.serai.conversation.Signature;
import dev.serai.conversation.Tool;
import dev.serai.dialect.ForeignSignature;
import dev.serai.dialect.JsonTree;
import dev.serai.dialect.StreamReading.Sink;
import dev.serai.dialect.WholeCharacters;
import dev.serai.json.JsonText;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Writes one block of a stream. Text and thinking begin with their first words, because a client would send an empty text back and
 * Anthropic refuse it; a call begins at once. Not thread-safe.
 */
final class BlockWriter {
    private enum State {
        UNWRITTEN,
        BEGUN
    }

    private final Block kind;
    private final ObjectNode fields;
    private int index;
    private State state = State.UNWRITTEN;
    private final WholeCharacters characters = new WholeCharacters();
    private @Nullable Signature signature;

    /**
     * @param index  of the next block that is written
     * @param fields further members of the block
     */
    BlockWriter(Block kind, int index, ObjectNode fields) {
        this.kind = kind;
        this.index = index;
        this.fields = fields;
    }

    void begin(Sink out) {
        if (kind instanceof Block.ToolCall call) {
            ObjectNode block = Json.ofType("tool_use").put("id", call.id()).put("name", call.name());
            start(block.set("input", Json.object()), out);
            // As Anthropic does: some clients want one such delta, also where there are no arguments.
            EventWriter.delta(index, EventWriter.Delta.ARGUMENTS, isPlain(call) ? "{\"input\":\"" : "", out);
        } else if (kind instanceof Block.Whole whole) {
            for (JsonNode block : whole.content().accept(new ReplyBlocks(new Drops()))) {
                whole(block, out);
            }
        }
    }

    private static boolean isPlain(Block.ToolCall call) {
        return call.kind() == Tool.Kind.CUSTOM;
    }

    /** The input of a tool of Anthropic's own comes as a delta, too. */
    private void whole(JsonNode block, Sink out) {
        ObjectNode use = Json.parse(JsonTree.text(block)) instanceof ObjectNode json ? json : Json.object();
        if (Json.text(use, "type").endsWith("tool_use") && use.path("input").isObject()) {
            String input = JsonTree.text(use.path("input"));
            EventWriter.blockStart(index, use.set("input", Json.object()), out);
            EventWriter.delta(index, EventWriter.Delta.ARGUMENTS, input, out);
        } else {
            EventWriter.blockStart(index, block, out);
        }
        EventWriter.blockStop(index, out);
        index++;
    }

    private void start(JsonNode block, Sink out) {
        if (state == State.UNWRITTEN) {
            state = State.BEGUN;
            if (block instanceof ObjectNode object) {
                object.setAll(fields);
            }
            EventWriter.blockStart(index, block, out);
        }
    }

    void on(ChatEvent.OfBlock event, Sink out) {
        if (event instanceof ChatEvent.TextDelta delta) {
            say(delta.text(), out);
        } else if (event instanceof ChatEvent.RefusalDelta delta) {
            say(delta.text(), out);
        } else if (event instanceof ChatEvent.AudioDelta delta) {
            say(delta.transcript(), out);
        } else if (event instanceof ChatEvent.ThinkingDelta delta) {
            start(thinking(), out);
            EventWriter.delta(index, EventWriter.Delta.THINKING, delta.text(), out);
        } else if (event instanceof ChatEvent.ToolArgumentsDelta delta) {
            EventWriter.delta(index, EventWriter.Delta.ARGUMENTS, arguments(delta.text()), out);
        } else if (event instanceof ChatEvent.SignatureAdded signed) {
            signature = signed.signature();
        } else if (event instanceof ChatEvent.CitationAdded cited) {
            cite(cited, out);
        }
    }

    private void say(String words, Sink out) {
        if (!words.isEmpty()) {
            start(Json.ofType("text").put("text", ""), out);
            EventWriter.delta(index, EventWriter.Delta.TEXT, words, out);
        }
    }

    private void cite(ChatEvent.CitationAdded cited, Sink out) {
        JsonNode citation = Citations.writeForClient(cited.citation());
        if (citation != null) {
            start(Json.ofType("text").put("text", "").set("citations", Json.array()), out);
            EventWriter.citation(index, citation, out);
        }
    }

    private static ObjectNode thinking() {
        return Json.ofType("thinking").put("thinking", "").put("signature", "");
    }

    /** Of a custom tool: the next part of a JSON string. */
    private String arguments(String text) {
        if (!(kind instanceof Block.ToolCall call) || !isPlain(call)) {
            return text;
        }
        return inside(characters.next(text));
    }

    private static String inside(String text) {
        String quoted = new String(JsonText.quoted(text), StandardCharsets.UTF_8);
        return quoted.substring(1, quoted.length() - 1);
    }

    /** @return the index of the block that follows */
    int end(Sink out) {
        if (kind instanceof Block.Thinking && signature != null) {
            start(thinking(), out);
            String text = ForeignSignature.write(signature, AnthropicMessagesCodec.DIALECT);
            EventWriter.delta(index, EventWriter.Delta.SIGNATURE, text, out);
        } else if (kind instanceof Block.ToolCall call && isPlain(call)) {
            EventWriter.delta(index, EventWriter.Delta.ARGUMENTS, inside(characters.rest()) + "\"}", out);
        }
        if (state == State.BEGUN) {
            EventWriter.blockStop(index, out);
            index++;
        }
        if (kind instanceof Block.ToolCall call && signature != null) {
            whole(CallSignatures.write(call.id(), signature), out);
        }
        return index;
    }
}
