package dev.serai.dialect.anthropic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.Block;
import dev.serai.conversation.ChatEvent;
import dev.serai.conversation.Extra;
import dev.serai.conversation.FinishReason;
import dev.serai.conversation.ServiceTier;
import dev.serai.conversation.Usage;
import dev.serai.dialect.ReplyContext;
import dev.serai.dialect.StreamEncoder;
import dev.serai.dialect.StreamReading.Sink;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a stream of message events. Messages has one open block at a time: what comes for a block while an earlier one is open, which
 * happens behind tool calls only, waits until its turn. Choices other than the first are left out.
 */
final class MessageStreamEncoder implements StreamEncoder {
    private enum State {
        BEFORE,
        WITHIN,
        OVER
    }

    private final ReplyContext context;
    private final Writing writing = new Writing();
    private final List<Extra> extras = new ArrayList<>();

    /** The blocks that are not yet written to their end, in order; the first is being written. */
    private final Deque<Waiting> blocks = new ArrayDeque<>();

    private final Map<Integer, Waiting> byNumber = new HashMap<>();

    private State state = State.BEFORE;
    private int index;
    private boolean calls;
    private Usage usage = Usage.NONE;
    private @Nullable ServiceTier tier;
    private FinishReason reason = FinishReason.OTHER;
    private @Nullable String stopSequence;
    private @Nullable BlockWriter written;

    MessageStreamEncoder(ReplyContext context) {
        this.context = context;
    }

    /** A block, with what came for it before its turn. */
    private record Waiting(int number, Block kind, List<ChatEvent.OfBlock> events) {}

    @Override
    public void on(ChatEvent event, Sink out) {
        if (state == State.OVER) {
            return;
        }
        writing.out = out;
        if (event instanceof ChatEvent.OfBlock ofBlock && !(event instanceof ChatEvent.BlockStarted)) {
            inBlock(ofBlock, out);
        } else {
            event.accept(writing);
        }
    }

    private void inBlock(ChatEvent.OfBlock event, Sink out) {
        Waiting block = event.choice() == 0 ? byNumber.get(event.block()) : null;
        if (block == null) {
            return;
        }
        if (block.number == blocks.getFirst().number) {
            write(event, out);
        } else {
            block.events.add(event);
        }
    }

    /** Anthropic's own words for a refusal come back in {@code stop_details}. */
    private boolean isExplained(Block kind) {
        return kind instanceof Block.Refusal && ReplyEncoder.explanation(extras) != null;
    }

    private void open(Waiting block, Sink out) {
        ObjectNode fields = Json.object();
        Places places = new Places(fields);
        String path = "content[" + index + "].";
        List<Extra> own =
                extras.stream().filter(extra -> extra.name().startsWith(path)).toList();
        extras.removeAll(own);
        places.restore(
                own.stream()
                        .map(extra -> new Extra(extra.dialect(), extra.name().substring(path.length()), extra.value()))
                        .toList(),
                new Drops());
        written = new BlockWriter(block.kind, index, fields);
        written.begin(out);
    }

    private void write(ChatEvent.OfBlock event, Sink out) {
        if (written == null) {
            return;
        }
        if (!(event instanceof ChatEvent.BlockEnded)) {
            written.on(event, out);
            return;
        }
        index = written.end(out);
        written = null;
        byNumber.remove(event.block());
        blocks.removeFirst();
        Waiting next = blocks.peekFirst();
        if (next != null) {
            open(next, out);
            next.events.forEach(held -> write(held, out));
        }
    }

    /** What the events say that belong to no block, or open one. */
    private final class Writing extends NoContent {
        private Sink out = (bytes, from, to) -> {};

        @Override
        public void started(ChatEvent.Started event) {
            state = State.WITHIN;
            usage = event.usage() == null ? Usage.NONE : event.usage();
            ObjectNode message = ReplyEncoder.head(event.id(), event.model(), context);
            message.putArray("content");
            message.putNull("stop_reason").putNull("stop_sequence");
            message.set("usage", MessageUsage.write(usage, null));
            EventWriter.write(Json.ofType("message_start").set("message", message), out);
        }

        @Override
        public void blockStarted(ChatEvent.BlockStarted event) {
            if (event.choice() != 0 || isExplained(event.kind())) {
                return;
            }
            calls |= event.kind() instanceof Block.ToolCall;
            Waiting block = new Waiting(event.block(), event.kind(), new ArrayList<>());
            byNumber.put(event.block(), block);
            blocks.addLast(block);
            if (blocks.size() == 1) {
                open(block, out);
            }
        }

        @Override
        public void finished(ChatEvent.Finished event) {
            if (event.choice() == 0) {
                reason = event.reason();
                stopSequence = event.stopSequence();
            }
        }

        @Override
        public void usageReported(ChatEvent.UsageReported event) {
            usage = event.usage();
        }

        @Override
        public void serviceTierReported(ChatEvent.ServiceTierReported event) {
            tier = event.serviceTier();
        }

        @Override
        public void extraReported(ChatEvent.ExtraReported event) {
            extras.add(event.extra());
        }

        @Override
        public void failed(ChatEvent.Failed event) {
            state = State.OVER;
            EventWriter.write(FailureEncoder.body(event.failure()), out);
        }

        @Override
        public void ended(ChatEvent.Ended event) {
            state = State.OVER;
            ObjectNode last = Json.ofType("message_delta");
            ObjectNode delta = last.putObject("delta")
                    .put("stop_reason", StopReasons.write(reason, calls))
                    .put("stop_sequence", stopSequence);
            last.set("usage", MessageUsage.write(usage, tier));
            for (Extra extra : extras) {
                boolean ofDelta =
                        extra.name().equals("container") || extra.name().equals("stop_details");
                new Places(ofDelta ? delta : last).restore(List.of(extra), new Drops());
            }
            EventWriter.write(last, out);
            EventWriter.write(Json.ofType("message_stop"), out);
        }
    }
}
