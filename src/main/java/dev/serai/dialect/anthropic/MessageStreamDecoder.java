package dev.serai.dialect.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.Block;
import dev.serai.conversation.ChatEvent;
import dev.serai.conversation.ChatFailure;
import dev.serai.conversation.Extra;
import dev.serai.conversation.RawJson;
import dev.serai.conversation.Tool;
import dev.serai.conversation.Usage;
import dev.serai.dialect.CodecException;
import dev.serai.dialect.JsonTree;
import dev.serai.dialect.ReplySource;
import dev.serai.dialect.StreamDecoder;
import dev.serai.sse.SseEvent;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a stream of message events (https://docs.anthropic.com/en/docs/build-with-claude/streaming). The reason why the answer ended is
 * told at its very end, so that blocks and reasons that come late count too.
 */
final class MessageStreamDecoder implements StreamDecoder {
    private enum State {
        BEFORE,
        WITHIN,
        OVER
    }

    private static final Set<String> OF_MESSAGE =
            Set.of("id", "type", "role", "model", "content", "stop_reason", "stop_sequence", "usage");
    private static final Set<String> OF_DELTA = Set.of("type", "stop_reason", "stop_sequence");
    private static final Set<String> OF_EVENT = Set.of("type", "delta", "usage", "id", "model");
    private static final Set<String> OF_TEXT = Set.of("type", "text", "citations");
    private static final Set<String> OF_THINKING = Set.of("type", "thinking", "signature");
    private static final Set<String> OF_CALL = Set.of("type", "id", "name", "input");

    private final ReplySource source;
    private final MessageUsage usage;
    private final OpenBlock.Numbers numbers = new OpenBlock.Numbers();
    private final Map<Integer, OpenBlock> open = new TreeMap<>();
    private final Map<String, RawJson> extras = new LinkedHashMap<>();

    private State state = State.BEFORE;
    private String messageId = "";
    private boolean calls;
    private @Nullable String stopReason;
    private @Nullable String stopSequence;
    private @Nullable String explanation;

    MessageStreamDecoder(ReplySource source) {
        this.source = source;
        this.usage = new MessageUsage(source.totals());
    }

    @Override
    public void on(SseEvent event, Consumer<ChatEvent> out) {
        if (state == State.OVER || !event.hasData() || event.dataIs("[DONE]")) {
            return;
        }
        try {
            ObjectNode json = JsonTree.readObject(event.data(), event.dataFrom(), event.dataTo());
            on(json.path("type").asText(event.type()), json, out);
        } catch (CodecException e) {
            fail("the provider sent an event that is no JSON", out);
        }
    }

    private void on(String type, ObjectNode json, Consumer<ChatEvent> out) {
        switch (type) {
            case "message_start" -> start(json.path("message"), out);
            case "content_block_start" -> open(json, out);
            case "content_block_delta" -> grow(json, out);
            case "content_block_stop" -> close(index(json), out);
            case "message_delta" -> change(json, out);
            case "message_stop" -> stop(out);
            case "ping" -> {}
            default -> {
                if (type.equals("error") || json.hasNonNull("error")) {
                    fail(FailureDecoder.decode(json, null, null), out);
                }
            }
        }
    }

    @Override
    public void end(@Nullable ChatFailure why, Consumer<ChatEvent> out) {
        if (state == State.OVER) {
            return;
        }
        if (stopReason != null) {
            finish(out);
        } else if (why != null) {
            fail(why, out);
        } else {
            fail("the provider's stream ended before its answer was whole", out);
        }
    }

    private void fail(String message, Consumer<ChatEvent> out) {
        fail(new ChatFailure(ChatFailure.Kind.SERVER_ERROR, message), out);
    }

    private void fail(ChatFailure failure, Consumer<ChatEvent> out) {
        state = State.OVER;
        out.accept(new ChatEvent.Failed(failure));
    }

    /** Something between provider and Serai that tried again within one stream would mix two answers. */
    private void start(JsonNode message, Consumer<ChatEvent> out) {
        String id = message.path("id").asText();
        if (state == State.WITHIN) {
            if (!id.isEmpty() && !id.equals(messageId)) {
                fail("the provider began another message before it had ended this one", out);
            }
            return;
        }
        state = State.WITHIN;
        messageId = id;
        JsonNode stated = message.path("usage");
        usage.update(stated, this::keep);
        Usage used = stated.isObject() ? usage.toUsage() : null;
        out.accept(new ChatEvent.Started(id, message.path("model").asText(), null, used));
        keepOthers(message, OF_MESSAGE);
        for (JsonNode block : message.path("content")) {
            int index = -1; // no event will name it
            open(index, block, out);
            close(index, out);
        }
        takeReason(message);
    }

    private void ensureStarted(Consumer<ChatEvent> out) {
        if (state == State.BEFORE) {
            start(Json.object(), out);
        }
    }

    private static int index(JsonNode json) {
        return json.path("index").asInt(0);
    }

    private void open(ObjectNode json, Consumer<ChatEvent> out) {
        ensureStarted(out);
        open(index(json), json.path("content_block"), out);
    }

    private void open(int index, JsonNode block, Consumer<ChatEvent> out) {
        close(index, out);
        if (!(block instanceof ObjectNode content)) {
            return; // its deltas will say what it is
        }
        switch (content.path("type").asText()) {
            case "text" -> {
                var unused = openText(index, content, out);
            }
            case "thinking" -> {
                var unused = openThinking(index, content, out);
            }
            case "tool_use" -> openCall(index, content, out);
            default -> open.put(index, new OpenBlock.Gathering(content, numbers, source.model()));
        }
    }

    private OpenBlock.Text openText(int index, ObjectNode content, Consumer<ChatEvent> out) {
        closeWords(out);
        OpenBlock.Text text = new OpenBlock.Text(numbers.next());
        open.put(index, text);
        report(content, OF_TEXT, text.number(), out);
        out.accept(new ChatEvent.BlockStarted(0, text.number(), new Block.Text()));
        text.say(content.path("text").asText(), out);
        content.path("citations").forEach(citation -> cite(text, citation, out));
        return text;
    }

    private OpenBlock.Thinking openThinking(int index, ObjectNode content, Consumer<ChatEvent> out) {
        closeWords(out);
        int number = numbers.next();
        OpenBlock.Thinking thinking = new OpenBlock.Thinking(number, source.model());
        open.put(index, thinking);
        report(content, OF_THINKING, number, out);
        out.accept(new ChatEvent.BlockStarted(0, number, new Block.Thinking(false)));
        thinking.say(content.path("thinking").asText(), out);
        thinking.sign(content.path("signature").asText());
        return thinking;
    }

    private void openCall(int index, ObjectNode content, Consumer<ChatEvent> out) {
        closeWords(out);
        calls = true;
        int number = numbers.next();
        if (BlockDecoder.isDirect(content.path("caller"))) {
            content.remove("caller");
        }
        report(content, OF_CALL, number, out);
        String stated = content.path("id").asText();
        String id = stated.isEmpty() ? ReplyDecoder.callId(messageId, number) : stated;
        String name = content.path("name").asText();
        out.accept(new ChatEvent.BlockStarted(0, number, new Block.ToolCall(id, name, Tool.Kind.FUNCTION)));
        open.put(index, new OpenBlock.Call(number, content.path("input")));
    }

    private void grow(ObjectNode json, Consumer<ChatEvent> out) {
        ensureStarted(out);
        int index = index(json);
        if (!(json.path("delta") instanceof ObjectNode delta)) {
            return;
        }
        if (open.get(index) instanceof OpenBlock.Gathering gathering) {
            gathering.add(delta);
            return;
        }
        switch (delta.path("type").asText()) {
            case "text_delta" -> text(index, out).say(delta.path("text").asText(), out);
            case "thinking_delta" ->
                thinking(index, out).say(delta.path("thinking").asText(), out);
            case "signature_delta" ->
                thinking(index, out).sign(delta.path("signature").asText());
            case "citations_delta" -> cite(text(index, out), delta.path("citation"), out);
            case "input_json_delta" -> call(index, delta.path("partial_json").asText(), out);
            default -> keep(extra("content_block_delta." + delta.path("type").asText(), delta));
        }
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

    private void call(int index, String arguments, Consumer<ChatEvent> out) {
        if (open.get(index) instanceof OpenBlock.Call call) {
            call.add(arguments, out);
        } else if (!arguments.isEmpty()) {
            fail("the provider sent arguments of a call that it never named", out);
        }
    }

    private static void cite(OpenBlock.Text text, JsonNode citation, Consumer<ChatEvent> out) {
        if (citation instanceof ObjectNode json) {
            out.accept(new ChatEvent.CitationAdded(0, text.number(), Citations.read(json)));
        }
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

    private void close(int index, Consumer<ChatEvent> out) {
        OpenBlock block = open.remove(index);
        if (block != null) {
            block.close(out);
        }
    }

    private void change(ObjectNode json, Consumer<ChatEvent> out) {
        ensureStarted(out);
        takeReason(json.path("delta"));
        keepOthers(json.path("delta"), OF_DELTA);
        keepOthers(json, OF_EVENT);
        if (json.path("usage").isObject()) {
            usage.update(json.path("usage"), this::keep);
            out.accept(new ChatEvent.UsageReported(usage.toUsage()));
        }
    }

    private void takeReason(JsonNode holder) {
        stopReason = holder.path("stop_reason").asText(stopReason);
        stopSequence = holder.path("stop_sequence").asText(stopSequence);
        String words = ReplyDecoder.explanation(holder.path("stop_details"));
        explanation = words == null ? explanation : words;
    }

    private void stop(Consumer<ChatEvent> out) {
        if (state == State.BEFORE) {
            fail("the provider ended its message before it had begun", out);
        } else {
            finish(out);
        }
    }

    private void finish(Consumer<ChatEvent> out) {
        open.values().forEach(block -> block.close(out));
        open.clear();
        if (usage.tier() != null) {
            out.accept(new ChatEvent.ServiceTierReported(usage.tier()));
        }
        extras.forEach((name, value) ->
                out.accept(new ChatEvent.ExtraReported(new Extra(AnthropicMessagesCodec.DIALECT, name, value))));
        if (explanation != null) {
            int number = numbers.next();
            out.accept(new ChatEvent.BlockStarted(0, number, new Block.Refusal()));
            out.accept(new ChatEvent.RefusalDelta(0, number, explanation));
            out.accept(new ChatEvent.BlockEnded(0, number));
        }
        out.accept(new ChatEvent.Finished(0, StopReasons.read(stopReason, calls), stopSequence));
        out.accept(new ChatEvent.Ended());
        state = State.OVER;
    }

    /** A field that is told at the end, as it was stated last. */
    private void keep(Extra extra) {
        extras.put(extra.name(), extra.value());
    }

    private void keepOthers(JsonNode holder, Set<String> known) {
        holder.properties().forEach(member -> {
            if (!known.contains(member.getKey()) && !member.getValue().isNull()) {
                keep(extra(member.getKey(), member.getValue()));
            }
        });
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
