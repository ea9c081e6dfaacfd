package dev.serai.dialect.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.Block;
import dev.serai.conversation.ChatRequest;
import dev.serai.conversation.Citation;
import dev.serai.conversation.Content;
import dev.serai.conversation.FinishReason;
import dev.serai.conversation.Logprobs;
import dev.serai.conversation.Reasoning;
import dev.serai.conversation.Signature;
import dev.serai.conversation.Source;
import dev.serai.conversation.Tool;
import dev.serai.dialect.Dropped;
import dev.serai.dialect.Feature;
import dev.serai.dialect.ForeignSignature;
import dev.serai.dialect.JsonTree;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns the blocks of an answer into items. Texts and refusals that follow each other are parts of one message. OpenAI writes one item
 * after the other, so a call waits until the one before it is whole; if anything else opens meanwhile, calls that wait are written at
 * once and go on side by side. How an item ended is known when the next one opens or the answer ends: it is closed then.
 */
final class ResponsesBlocks {
    /** A block that is open, and where its pieces go. */
    private sealed interface Open {}

    private record InPart(ResponsesMessageItem.Part part) implements Open {}

    private record InThinking(ResponsesThinkingItem item) implements Open {}

    private record InCall(ResponsesCallItem item) implements Open {}

    /** A call behind one that is not whole yet. */
    private static final class Waiting implements Open {
        private final int block;
        private final Block.ToolCall kind;
        private final List<String> pieces = new ArrayList<>();
        private @Nullable Signature signature;
        private boolean ended;

        private Waiting(int block, Block.ToolCall kind) {
            this.block = block;
            this.kind = kind;
        }
    }

    /** Has no place in the answer. */
    private record Nowhere() implements Open {}

    private final ResponsesOutput output;
    private final ChatRequest request;
    private final ResponsesToolNames names;
    private final Collection<Dropped> dropped;
    private final Map<Integer, Open> open = new HashMap<>();
    private final Map<Integer, Signature> signatures = new HashMap<>();
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final List<ResponsesCallItem> unclosed = new ArrayList<>();
    private final List<Logprobs.Token> early = new ArrayList<>();
    private @Nullable ResponsesMessageItem message;
    private ResponsesMessageItem.@Nullable Part lastText;

    ResponsesBlocks(ResponsesOutput output, ChatRequest request, Collection<Dropped> dropped) {
        this.output = output;
        this.request = request;
        this.names = new ResponsesToolNames(request.tools());
        this.dropped = dropped;
    }

    void start(int block, Block kind) {
        if (kind instanceof Block.ToolCall call) {
            startCall(block, call);
            return;
        }
        openWaiting();
        closeCalls("completed");
        if (kind instanceof Block.Text) {
            open.put(block, new InPart(startText()));
        } else if (kind instanceof Block.Refusal) {
            open.put(block, new InPart(message().openRefusal()));
        } else if (kind instanceof Block.Audio) {
            dropped.add(Dropped.of(Feature.AUDIO_OUTPUT, "responses do not speak: what is said is written"));
            open.put(block, new InPart(startText()));
        } else if (kind instanceof Block.Thinking thinking) {
            closeMessage("completed");
            open.put(block, new InThinking(new ResponsesThinkingItem(output, isSummary(thinking))));
        } else {
            open.put(block, new Nowhere());
            whole(((Block.Whole) kind).content());
        }
    }

    /** Whoever asked for a summary looks for thinking there. */
    private boolean isSummary(Block.Thinking thinking) {
        Reasoning.Summary wanted = request.reasoning().summary();
        return thinking.summary() || (wanted != null && wanted != Reasoning.Summary.HIDDEN);
    }

    private ResponsesMessageItem message() {
        if (message == null) {
            message = new ResponsesMessageItem(output, dropped);
        }
        return message;
    }

    private ResponsesMessageItem.Part startText() {
        ResponsesMessageItem.Part part = message().openText();
        lastText = part;
        part.add(early);
        early.clear();
        return part;
    }

    private void startCall(int block, Block.ToolCall kind) {
        closeMessage("completed");
        boolean busy = open.values().stream().anyMatch(InCall.class::isInstance);
        if (busy) {
            Waiting call = new Waiting(block, kind);
            open.put(block, call);
            waiting.add(call);
        } else {
            closeCalls("completed");
            open.put(block, new InCall(call(kind)));
        }
    }

    private ResponsesCallItem call(Block.ToolCall kind) {
        boolean packed = kind.kind() == Tool.Kind.FUNCTION && request.hasCustomTool(kind.name());
        boolean custom = packed || kind.kind() == Tool.Kind.CUSTOM;
        return new ResponsesCallItem(output, kind.id(), names.ofClient(kind.name()), custom, packed);
    }

    void text(int block, String more) {
        Open where = open.get(block);
        if (where instanceof InPart in) {
            in.part.add(more);
        } else if (where instanceof InThinking in) {
            in.item.add(more);
        } else if (where instanceof InCall in) {
            in.item.add(more);
        } else if (where instanceof Waiting call) {
            call.pieces.add(more);
        }
    }

    void cite(int block, Citation citation) {
        if (open.get(block) instanceof InPart in) {
            in.part.cite(citation);
        }
    }

    void sign(int block, Signature signature) {
        Open where = open.get(block);
        if (where instanceof InCall in) {
            in.item.sign(signature);
        } else if (where instanceof Waiting call) {
            call.signature = signature;
        } else {
            signatures.put(block, signature);
        }
    }

    void add(Logprobs logprobs) {
        if (!logprobs.refusal().isEmpty()) {
            dropped.add(Dropped.of(Feature.LOGPROBS, "responses have none for a refusal"));
        }
        if (lastText == null) {
            early.addAll(logprobs.content());
        } else {
            lastText.add(logprobs.content());
        }
    }

    void end(int block) {
        Open where = open.get(block);
        if (where instanceof Waiting call) {
            call.ended = true;
            return;
        }
        open.remove(block);
        Signature signature = signatures.remove(block);
        if (where instanceof InPart in) {
            in.part.close();
            if (signature != null) {
                closeMessage("completed");
                carrier(ResponsesReasoningItem.marked(signature, ResponsesReasoningItem.OF_TEXT));
            }
        } else if (where instanceof InThinking in) {
            in.item.close(signature == null ? "" : ForeignSignature.write(signature, OpenAiResponsesCodec.ID));
        } else if (where instanceof InCall in) {
            endCall(in.item);
        }
    }

    private void endCall(ResponsesCallItem item) {
        item.end();
        unclosed.add(item);
        if (open.values().stream().noneMatch(InCall.class::isInstance)) {
            nextWaiting();
        }
    }

    /** Writes the calls that wait, up to the first that is not whole. */
    private void nextWaiting() {
        Waiting call = waiting.poll();
        if (call != null) {
            closeCalls("completed");
            begin(call);
        }
    }

    private void openWaiting() {
        while (!waiting.isEmpty()) {
            begin(waiting.remove());
        }
    }

    private void begin(Waiting call) {
        ResponsesCallItem item = call(call.kind);
        open.put(call.block, new InCall(item));
        call.pieces.forEach(item::add);
        if (call.signature != null) {
            item.sign(call.signature);
        }
        if (call.ended) {
            end(call.block);
        }
    }

    private void carrier(String encrypted) {
        new ResponsesThinkingItem(output, true).close(encrypted);
    }

    private void closeMessage(String status) {
        if (message != null) {
            message.close(status);
            message = null;
        }
    }

    private void closeCalls(String status) {
        unclosed.forEach(item -> item.close(status));
        unclosed.clear();
    }

    /** What came in one piece. */
    private void whole(Content content) {
        if (content instanceof Content.RedactedThinking redacted) {
            closeMessage("completed");
            carrier(ResponsesReasoningItem.marked(redacted.signature(), ResponsesReasoningItem.REDACTED));
        } else if (content instanceof Content.Image image && image.source() instanceof Source.Base64 picture) {
            closeMessage("completed");
            picture(picture);
        } else if (content instanceof Content.Opaque opaque) {
            opaque(opaque);
        } else {
            dropped.add(Dropped.of(feature(content), "an answer in responses has no place for it"));
        }
    }

    private void picture(Source.Base64 picture) {
        int index = output.nextIndex();
        ObjectNode item = JsonTree.NODES
                .objectNode()
                .put("id", output.id("ig"))
                .put("type", "image_generation_call")
                .put("status", "in_progress")
                .putNull("result");
        output.open(item);
        output.close(index, item.put("status", "completed").put("result", picture.data()));
    }

    private void opaque(Content.Opaque opaque) {
        boolean own = opaque.dialect().equals(OpenAiResponsesCodec.ID);
        if (own && JsonTree.tree(opaque.json()) instanceof ObjectNode item) {
            closeMessage("completed");
            output.whole(item);
        } else if (!own) {
            dropped.add(Dropped.of(opaque));
        }
    }

    private static Feature feature(Content content) {
        if (content instanceof Content.Image) {
            return Feature.IMAGE;
        }
        if (content instanceof Content.Audio) {
            return Feature.AUDIO_OUTPUT;
        }
        return content instanceof Content.Document ? Feature.DOCUMENT : Feature.TOOL_RESULT_MEDIA;
    }

    /** The answer ends: an item that a limit cut off is incomplete. */
    void finish(FinishReason reason) {
        openWaiting();
        boolean cut = reason == FinishReason.MAX_TOKENS || reason == FinishReason.CONTEXT_FULL;
        int last = output.nextIndex() - 1;
        for (ResponsesCallItem item : unclosed) {
            item.close(cut && item.index() == last ? "incomplete" : "completed");
        }
        unclosed.clear();
        closeMessage(cut && message != null && message.index() == last ? "incomplete" : "completed");
    }
}
