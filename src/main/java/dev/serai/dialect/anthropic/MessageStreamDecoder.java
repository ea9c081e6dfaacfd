package dev.serai.dialect.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.ChatEvent;
import dev.serai.conversation.ChatFailure;
import dev.serai.conversation.Extra;
import dev.serai.conversation.Usage;
import dev.serai.dialect.CodecException;
import dev.serai.dialect.JsonTree;
import dev.serai.dialect.ReplySource;
import dev.serai.dialect.StreamDecoder;
import dev.serai.sse.SseEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
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

    private final MessageUsage usage;
    private final OpenBlocks blocks;
    private final Map<String, Extra> extras = new LinkedHashMap<>();

    private State state = State.BEFORE;
    private String messageId = "";
    private @Nullable String stopReason;
    private @Nullable String stopSequence;
    private @Nullable String explanation;

    MessageStreamDecoder(ReplySource source) {
        this.usage = new MessageUsage(source.totals());
        this.blocks = new OpenBlocks(source.model(), this::keep);
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
            case "content_block_start", "content_block_delta", "content_block_stop" -> {
                ensureStarted(out);
                inBlock(type, json, out);
            }
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

    private void inBlock(String type, ObjectNode json, Consumer<ChatEvent> out) {
        int index = json.path("index").asInt(0);
        switch (type) {
            case "content_block_start" -> blocks.open(index, json.path("content_block"), out);
            case "content_block_stop" -> blocks.close(index, out);
            default -> {
                if (!blocks.grow(index, json.path("delta"), out)) {
                    fail("the provider sent arguments of a call that it never named", out);
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
        String id = Json.text(message, "id");
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
        out.accept(new ChatEvent.Started(id, Json.text(message, "model"), null, used));
        keepOthers(message, OF_MESSAGE);
        blocks.message(id);
        for (JsonNode block : message.path("content")) {
            blocks.open(0, block, out);
            blocks.close(0, out);
        }
        takeReason(message);
    }

    private void ensureStarted(Consumer<ChatEvent> out) {
        if (state == State.BEFORE) {
            start(Json.object(), out);
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
        stopReason =
                holder.hasNonNull("stop_reason") ? holder.path("stop_reason").asText() : stopReason;
        stopSequence = holder.hasNonNull("stop_sequence")
                ? holder.path("stop_sequence").asText()
                : stopSequence;
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
        blocks.closeAll(out);
        if (usage.tier() != null) {
            out.accept(new ChatEvent.ServiceTierReported(usage.tier()));
        }
        extras.values().forEach(extra -> out.accept(new ChatEvent.ExtraReported(extra)));
        if (explanation != null) {
            blocks.refuse(explanation, out);
        }
        out.accept(new ChatEvent.Finished(0, StopReasons.read(stopReason, blocks.call()), stopSequence));
        out.accept(new ChatEvent.Ended());
        state = State.OVER;
    }

    /** A field that is told at the end, as it was stated last. */
    private void keep(Extra extra) {
        extras.put(extra.name(), extra);
    }

    private void keepOthers(JsonNode holder, Set<String> known) {
        holder.properties().forEach(member -> {
            if (!known.contains(member.getKey()) && !member.getValue().isNull()) {
                keep(new Extra(AnthropicMessagesCodec.DIALECT, member.getKey(), JsonTree.raw(member.getValue())));
            }
        });
    }
}
