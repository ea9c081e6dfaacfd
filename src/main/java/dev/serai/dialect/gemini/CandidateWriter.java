package dev.serai.dialect.gemini;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.Block;
import dev.serai.conversation.ChatEvent;
import dev.serai.conversation.Citation;
import dev.serai.conversation.Content;
import dev.serai.conversation.Signature;
import dev.serai.conversation.Source;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes one candidate of a stream. A call is held until it and those that began before it are whole, because this dialect has no
 * pieces of calls that every client reads; the finish reason until the end, because it belongs into the last piece, beside the usage. Not thread-safe.
 */
final class CandidateWriter {
    private final int choice;
    private final Drops drops = new Drops();
    private final ReplyParts parts = new ReplyParts(drops);
    private final Map<Integer, Open> open = new HashMap<>();

    /** Calls in the order in which they began; what is whole here waits for one before it. */
    private final Deque<Open> calls = new ArrayDeque<>();

    private final GroundingEncoder grounding = new GroundingEncoder(drops);
    private @Nullable String finishReason;

    /** A block that is being written. */
    private static final class Open {
        private final Block kind;
        private final StringBuilder held = new StringBuilder();
        private final List<Citation> citations = new ArrayList<>();
        private @Nullable Signature signature;
        private boolean whole;

        Open(Block kind) {
            this.kind = kind;
        }
    }

    CandidateWriter(int choice) {
        this.choice = choice;
    }

    /** A piece with this candidate alone, which says this. */
    private ObjectNode piece(ObjectNode part) {
        return piece(Json.array().add(part));
    }

    private ObjectNode piece(ArrayNode said) {
        ObjectNode piece = Json.object();
        ObjectNode candidate = piece.putArray("candidates").addObject();
        ObjectNode content = candidate.putObject("content");
        content.set("parts", said);
        content.put("role", "model");
        candidate.put("index", choice);
        return piece;
    }

    /** Null if nothing is to be said yet. */
    @Nullable
    ObjectNode begin(ChatEvent.BlockStarted event) {
        if (event.kind() instanceof Block.Whole whole) {
            ArrayNode said = Json.array();
            boolean any = parts.encode(whole.content(), said);
            return any && said.get(0) instanceof ObjectNode part ? piece(part) : null;
        }
        Open block = new Open(event.kind());
        open.put(event.block(), block);
        if (event.kind() instanceof Block.ToolCall) {
            calls.add(block);
        }
        return null;
    }

    ObjectNode text(ChatEvent.TextDelta event) {
        Open block = open.get(event.block());
        if (block != null) {
            block.held.append(event.text()); // the places of citations are counted in it
        }
        return piece(Json.object().put("text", event.text()));
    }

    ObjectNode thinking(ChatEvent.ThinkingDelta event) {
        return piece(Json.object().put("text", event.text()).put("thought", true));
    }

    ObjectNode refusal(ChatEvent.RefusalDelta event) {
        return piece(Json.object().put("text", event.text()));
    }

    /** Null if only words come with the sound, which have no place here. */
    @Nullable
    ObjectNode audio(ChatEvent.AudioDelta event) {
        Open block = open.get(event.block());
        String type = block != null && block.kind instanceof Block.Audio audio ? audio.mediaType() : null;
        if (event.data().isEmpty()) {
            return null;
        }
        ArrayNode said = Json.array();
        parts.encode(new Content.Audio(new Source.Base64(type, event.data())), said);
        return said.get(0) instanceof ObjectNode part ? piece(part) : null;
    }

    void arguments(ChatEvent.ToolArgumentsDelta event) {
        Open block = open.get(event.block());
        if (block != null) {
            block.held.append(event.text());
        }
    }

    /** Null for a call, which is signed as a whole. */
    @Nullable
    ObjectNode sign(ChatEvent.SignatureAdded event) {
        Open block = open.get(event.block());
        if (block == null) {
            return null;
        }
        if (block.kind instanceof Block.ToolCall) {
            block.signature = event.signature();
            return null;
        }
        ObjectNode part = Json.object().put("text", "");
        if (block.kind instanceof Block.Thinking) {
            part.put("thought", true);
        }
        return piece(part.put("thoughtSignature", parts.signed(event.signature())));
    }

    void cite(ChatEvent.CitationAdded event) {
        Open block = open.get(event.block());
        if (block != null) {
            block.citations.add(event.citation());
        }
    }

    /** The calls that can be written now; null if there are none. */
    @Nullable
    ObjectNode end(ChatEvent.BlockEnded event) {
        Open block = open.remove(event.block());
        if (block == null) {
            return null;
        }
        block.whole = true;
        if (!block.citations.isEmpty()) {
            BlockText text = new BlockText(event.block(), block.held.toString());
            block.citations.forEach(citation -> grounding.add(citation, text));
        }
        ArrayNode said = Json.array();
        while (!calls.isEmpty() && calls.element().whole) {
            parts.encode(call(calls.remove()), said);
        }
        if (said.isEmpty()) {
            return null;
        }
        return piece(said);
    }

    private static Content call(Open block) {
        Block.ToolCall call = (Block.ToolCall) block.kind;
        return new Content.ToolCall(call.id(), call.name(), call.kind(), block.held.toString(), null, block.signature);
    }

    ObjectNode logprobs(ChatEvent.LogprobsAdded event) {
        ObjectNode piece = Json.object();
        ObjectNode candidate = piece.putArray("candidates").addObject().put("index", choice);
        candidate.set("logprobsResult", LogprobResults.encode(event.logprobs()));
        return piece;
    }

    void finish(ChatEvent.Finished event) {
        finishReason = FinishReasons.encode(event.reason());
    }

    /** The candidate in the last piece. */
    ObjectNode last() {
        ObjectNode candidate = Json.object();
        ObjectNode content = candidate.putObject("content");
        content.putArray("parts").addObject().put("text", "");
        content.put("role", "model");
        if (finishReason != null) {
            candidate.put("finishReason", finishReason);
        }
        candidate.put("index", choice);
        ObjectNode metadata = grounding.metadata();
        if (metadata != null) {
            candidate.set("groundingMetadata", metadata);
        }
        return candidate;
    }
}
