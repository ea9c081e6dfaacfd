package dev.serai.dialect;

import dev.serai.conversation.Block;
import dev.serai.conversation.ChatEvent;
import dev.serai.conversation.Usage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One streamed answer that several providers tell, one after the other: when one breaks off, the next goes on where it stopped. The client
 * reads one stream with one beginning, whose text goes on without a gap and whose usage is the sum. One thread at a time.
 */
public final class Splice {
    /** A longer text is not kept, and so not gone on with. */
    private static final int MAX_TOLD_CHARS = 1 << 20;

    private final StreamEncoder client;
    private final StringBuilder told = new StringBuilder();
    private final List<Integer> open = new ArrayList<>(2);
    private int openText = -1;
    private int blocks;
    private boolean begun;
    private boolean canGoOn = true;
    private Usage before = Usage.NONE;
    private Usage latest = Usage.NONE;

    /** @param client writes what the client reads, all of it */
    Splice(StreamEncoder client) {
        this.client = client;
    }

    /** The text that another provider could go on with, white space at its end left out; empty if none could. */
    public Optional<String> beginning() {
        return canGoOn ? Optional.of(new Seam(told.toString()).beginning()) : Optional.empty();
    }

    /** Where the events of the next provider go. */
    StreamEncoder next() {
        before = before.plus(latest);
        latest = Usage.NONE;
        return begun ? new Successor() : new Teller();
    }

    private void tell(ChatEvent event, StreamReading.Sink out) {
        begun = true;
        note(event);
        client.on(event, out);
    }

    private void note(ChatEvent event) {
        if (event instanceof ChatEvent.OfChoice one && one.choice() != 0) {
            canGoOn = false;
        }
        if (event instanceof ChatEvent.BlockStarted started) {
            blocks = started.block() + 1;
            open.add(started.block());
            openText = started.kind() instanceof Block.Text ? started.block() : -1;
            canGoOn &= started.kind() instanceof Block.Text || started.kind() instanceof Block.Thinking;
        } else if (event instanceof ChatEvent.BlockEnded ended) {
            open.remove(Integer.valueOf(ended.block()));
            openText = openText == ended.block() ? -1 : openText;
        } else if (event instanceof ChatEvent.TextDelta delta && told.length() < MAX_TOLD_CHARS) {
            told.append(delta.text());
        } else if (event instanceof ChatEvent.TextDelta || event instanceof ChatEvent.Finished) {
            canGoOn = false;
        }
    }

    /** What this event says of the usage, if anything, added to what providers before have used. */
    private ChatEvent summed(ChatEvent event) {
        Usage usage = event instanceof ChatEvent.UsageReported reported
                ? reported.usage()
                : event instanceof ChatEvent.Started started ? started.usage() : null;
        if (usage == null) {
            return event;
        }
        latest = usage;
        return event instanceof ChatEvent.UsageReported ? new ChatEvent.UsageReported(before.plus(usage)) : event;
    }

    /** The first to tell. Its failure is not told: perhaps another goes on. */
    private final class Teller implements StreamEncoder {
        @Override
        public void on(ChatEvent event, StreamReading.Sink out) {
            if (!(event instanceof ChatEvent.Failed)) {
                tell(summed(event), out);
            }
        }
    }

    /** One that goes on: its blocks stand behind those of the others, its first text continues the last one. */
    private final class Successor implements StreamEncoder {
        private final Seam seam = new Seam(told.toString());
        private final Map<Integer, Integer> numbers = new HashMap<>();
        private final List<ChatEvent> opening = new ArrayList<>();
        private boolean goesOn;
        private int continued = -1;
        private @Nullable Usage atFirst;

        @Override
        public void on(ChatEvent event, StreamReading.Sink out) {
            if (event instanceof ChatEvent.Started started) {
                atFirst = started.usage();
                return;
            }
            if (event instanceof ChatEvent.Failed) {
                return;
            }
            // Until there is content another may yet be asked, and then nothing of this one must have been told.
            if (!goesOn && !isContent(event)) {
                opening.add(event);
                return;
            }
            if (!goesOn) {
                goesOn = true;
                latest = atFirst == null ? latest : atFirst;
                opening.forEach(one -> goOn(one, out));
                opening.clear();
            }
            goOn(event, out);
        }

        private static boolean isContent(ChatEvent event) {
            return event instanceof ChatEvent.OfChoice
                    && !(event instanceof ChatEvent.BlockStarted started && !isContent(started.kind()))
                    && !(event instanceof ChatEvent.BlockEnded);
        }

        private static boolean isContent(Block kind) {
            return kind instanceof Block.ToolCall || kind instanceof Block.Whole;
        }

        private void goOn(ChatEvent event, StreamReading.Sink out) {
            if (event instanceof ChatEvent.BlockStarted started) {
                begin(started, out);
            } else if (event instanceof ChatEvent.TextDelta delta && delta.block() == continued) {
                text(delta, seam.pass(delta.text()), out);
            } else if (event instanceof ChatEvent.OfBlock inBlock) {
                if (event instanceof ChatEvent.BlockEnded && inBlock.block() == continued) {
                    text(inBlock, seam.rest(), out);
                }
                tell(numbered(inBlock), out);
            } else {
                if (event instanceof ChatEvent.Finished) {
                    closeOpen(out);
                }
                tell(summed(event), out);
            }
        }

        private void begin(ChatEvent.BlockStarted started, StreamReading.Sink out) {
            boolean first = numbers.isEmpty();
            if (first && started.kind() instanceof Block.Text && openText >= 0) {
                numbers.put(started.block(), openText);
                continued = started.block();
                return;
            }
            if (first) {
                closeOpen(out);
            }
            if (continued < 0 && started.kind() instanceof Block.Text) {
                continued = started.block();
            }
            numbers.put(started.block(), blocks);
            tell(started.at(blocks), out);
        }

        private void text(ChatEvent.OfBlock of, String text, StreamReading.Sink out) {
            if (!text.isEmpty()) {
                tell(numbered(new ChatEvent.TextDelta(of.choice(), of.block(), text)), out);
            }
        }

        private ChatEvent numbered(ChatEvent.OfBlock event) {
            return event.at(numbers.getOrDefault(event.block(), event.block()));
        }

        /** Blocks that a provider left open when it broke off. */
        private void closeOpen(StreamReading.Sink out) {
            for (Integer block : List.copyOf(open)) {
                if (!numbers.containsValue(block)) {
                    tell(new ChatEvent.BlockEnded(0, block), out);
                }
            }
        }
    }
}
