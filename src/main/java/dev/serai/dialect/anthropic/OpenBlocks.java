package dev.serai.dialect.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.Block;
import dev.serai.conversation.ChatEvent;
import dev.serai.conversation.Extra;
import dev.serai.conversation.Tool;
import dev.serai.dialect.JsonTree;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The blocks of a stream that have begun and not ended, by Anthropic's indexes. Not thread-safe. */
final class OpenBlocks {
    private static final Set<String> OF_TEXT = Set.of("type", "text", "citations");
    private static final Set<String> OF_THINKING = Set.of("type", "thinking", "signature");
    private static final Set<String> OF_CALL = Set.of("type", "id", "name", "input");

    private final @Nullable String signer;
    private final Consumer<Extra> extras;
    private final Map<Integer, OpenBlock> open = new TreeMap<>();
    private final OpenBlock.Numbers numbers = new OpenBlock.Numbers();
    private String messageId = "";
    private boolean call;

    /**
     * @param signer the model that signs what it thinks
     * @param extras gets deltas of a type that is not known
     */
    OpenBlocks(@Nullable String signer, Consumer<Extra> extras) {
        this.signer = signer;
        this.extras = extras;
    }

    /** The id of the message, for calls to which the provider gives none. */
    void message(String id) {
        messageId = id;
    }

    /** Whether any block has been a call of a tool. */
    boolean call() {
        return call;
    }

    /** @param block as the provider sent it; what is no object is left for its deltas to say */
    void open(int index, JsonNode block, Consumer<ChatEvent> out) {
        close(index, out);
        if (!(block instanceof ObjectNode content)) {
            return;
        }
        switch (Json.text(content, "type")) {
            case "text" -> {
                var unused = openText(index, content, out);
            }
            case "thinking" -> {
                var unused = openThinking(index, content, out);
            }
            case "tool_use" -> openCall(index, content, out);
            default -> open.put(index, new OpenBlock.Gathering(content, numbers, signer));
        }
    }

    private OpenBlock.Text openText(int index, ObjectNode content, Consumer<ChatEvent> out) {
        closeWords(out);
        OpenBlock.Text text = new OpenBlock.Text(numbers.next());
        open.put(index, text);
        report(content, OF_TEXT, text.number(), out);
        out.accept(new ChatEvent.BlockStarted(0, text.number(), new Block.Text()));
        text.say(Json.text(content, "text"), out);
        content.path("citations").forEach(citation -> cite(text, citation, out));
        return text;
    }

    private OpenBlock.Thinking openThinking(int index, ObjectNode content, Consumer<ChatEvent> out) {
        closeWords(out);
        int number = numbers.next();
        OpenBlock.Thinking thinking = new OpenBlock.Thinking(number, signer);
        open.put(index, thinking);
        report(content, OF_THINKING, number, out);
        out.accept(new ChatEvent.BlockStarted(0, number, new Block.Thinking(false)));
        thinking.say(Json.text(content, "thinking"), out);
        thinking.sign(Json.text(content, "signature"));
        return thinking;
    }

    private void openCall(int index, ObjectNode content, Consumer<ChatEvent> out) {
        closeWords(out);
        call = true;
        int number = numbers.next();
        if (BlockDecoder.isDirect(content.path("caller"))) {
            content.remove("caller");
        }
        report(content, OF_CALL, number, out);
        String stated = Json.text(content, "id");
        String id = stated.isEmpty() ? ReplyDecoder.callId(messageId, number) : stated;
        String name = Json.text(content, "name");
        out.accept(new ChatEvent.BlockStarted(0, number, new Block.ToolCall(id, name, Tool.Kind.FUNCTION)));
        open.put(index, new OpenBlock.Call(number, content.path("input")));
    }

    /** @return false for arguments of a call that was never opened, so that nobody knows what is called */
    boolean grow(int index, JsonNode more, Consumer<ChatEvent> out) {
        if (!(more instanceof ObjectNode delta)) {
            return true;
        }
        if (open.get(index) instanceof OpenBlock.Gathering gathering) {
            gathering.add(delta);
            return true;
        }
        String type = Json.text(delta, "type");
        switch (type) {
            case "text_delta" -> text(index, out).say(Json.text(delta, "text"), out);
            case "thinking_delta" -> thinking(index, out).say(Json.text(delta, "thinking"), out);
            case "signature_delta" -> thinking(index, out).sign(Json.text(delta, "signature"));
            case "citations_delta" -> cite(text(index, out), delta.path("citation"), out);
            case "input_json_delta" -> {
                return argue(index, Json.text(delta, "partial_json"), out);
            }
            default -> extras.accept(extra("content_block_delta." + type, delta));
        }
        return true;
    }

    /** The text that is open here; one that the provider forgot to open is opened. */
    private OpenBlock.Text text(int index, Consumer<ChatEvent> out) {
        if (open.get(index) instanceof OpenBlock.Text text) {
            return text;
        }
        close(index, out);
        return openText(index, Json.object(), out);
    }

    private OpenBlock.Thinking thinking(int index, Consumer<ChatEvent> out) {
        if (open.get(index) instanceof OpenBlock.Thinking thinking) {
            return thinking;
        }
        close(index, out);
        return openThinking(index, Json.object(), out);
    }

    private boolean argue(int index, String arguments, Consumer<ChatEvent> out) {
        if (open.get(index) instanceof OpenBlock.Call called) {
            called.add(arguments, out);
            return true;
        }
        return arguments.isEmpty();
    }

    private static void cite(OpenBlock.Text text, JsonNode citation, Consumer<ChatEvent> out) {
        if (citation instanceof ObjectNode json) {
            out.accept(new ChatEvent.CitationAdded(0, text.number(), Citations.read(json)));
        }
    }

    /** Words that are no block of the provider's. */
    void refuse(String explanation, Consumer<ChatEvent> out) {
        int number = numbers.next();
        out.accept(new ChatEvent.BlockStarted(0, number, new Block.Refusal()));
        out.accept(new ChatEvent.RefusalDelta(0, number, explanation));
        out.accept(new ChatEvent.BlockEnded(0, number));
    }

    /** Words end where another block begins, also if the provider forgets to say so; calls may go on. */
    private void closeWords(Consumer<ChatEvent> out) {
        for (Iterator<OpenBlock> blocks = open.values().iterator(); blocks.hasNext(); ) {
            OpenBlock block = blocks.next();
            if (block instanceof OpenBlock.Text || block instanceof OpenBlock.Thinking) {
                block.close(out);
                blocks.remove();
            }
        }
    }

    void close(int index, Consumer<ChatEvent> out) {
        OpenBlock block = open.remove(index);
        if (block != null) {
            block.close(out);
        }
    }

    void closeAll(Consumer<ChatEvent> out) {
        open.values().forEach(block -> block.close(out));
        open.clear();
    }

    /** Tells fields of a block before it opens, so that they can be written into it. */
    private static void report(ObjectNode content, Set<String> known, int number, Consumer<ChatEvent> out) {
        content.properties().forEach(member -> {
            if (!known.contains(member.getKey()) && !member.getValue().isNull()) {
                String name = "content[" + number + "]." + member.getKey();
                out.accept(new ChatEvent.ExtraReported(extra(name, member.getValue())));
            }
        });
    }

    private static Extra extra(String name, JsonNode value) {
        return new Extra(AnthropicMessagesCodec.DIALECT, name, JsonTree.raw(value));
    }
}
