package dev.serai.dialect;

import dev.serai.conversation.Block;
import dev.serai.conversation.ChatEvent;
import dev.serai.conversation.Usage;
import dev.serai.sse.SseEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A stream on its way between two dialects: every event of the provider is decoded, and what it says is encoded at once. Nothing is
 * kept but what the two codecs keep.
 */
final class TranslatedReading implements StreamReading {
    private final StreamDecoder decoder;
    private final ToolRenaming names;
    private final StreamEncoder encoder;
    private final Meaning meaning = new Meaning();
    private @Nullable Sink sink;

    TranslatedReading(StreamDecoder decoder, ToolRenaming names, StreamEncoder encoder) {
        this.decoder = decoder;
        this.names = names;
        this.encoder = encoder;
    }

    @Override
    public Kind on(SseEvent event, Sink out) {
        meaning.kind = Kind.SILENT;
        sink = out;
        decoder.on(event, this::hand);
        return meaning.kind;
    }

    private void hand(ChatEvent event) {
        event.accept(meaning);
        if (sink != null) {
            encoder.on(names.back(event), sink);
        }
    }

    /** If the answer was whole, the client gets the ending of its dialect; if not, whoever reads this stream tells it what happened. */
    @Override
    public boolean end(Sink out) {
        List<ChatEvent> last = new ArrayList<>();
        decoder.end(null, last::add);
        if (last.stream().anyMatch(ChatEvent.Ended.class::isInstance)) {
            sink = out;
            last.forEach(this::hand);
        }
        return isComplete();
    }

    @Override
    public boolean isComplete() {
        return meaning.ended;
    }

    @Override
    public String failure() {
        return meaning.failure;
    }

    @Override
    public ReplyFacts facts() {
        return new ReplyFacts(meaning.usage, false, meaning.stopReason, meaning.serviceTier);
    }

    @Override
    public long untoldTokens() {
        return meaning.passed.untold(meaning.ended);
    }

    /** What the events mean for the stream as a whole. */
    private static final class Meaning implements ChatEvent.Visitor {
        private Kind kind = Kind.SILENT;
        private boolean ended;
        private String failure = "";
        private Usage usage = Usage.NONE;
        private final PassedTokens passed = new PassedTokens();
        private @Nullable String stopReason;
        private @Nullable String serviceTier;

        private void content() {
            if (kind == Kind.SILENT) {
                kind = Kind.CONTENT;
            }
        }

        @Override
        public void started(ChatEvent.Started event) {
            if (event.usage() != null) {
                usage = event.usage();
                passed.covered(usage.totalOutput());
            }
        }

        /** An empty text says nothing yet; a tool's name does. */
        @Override
        public void blockStarted(ChatEvent.BlockStarted event) {
            if (event.kind() instanceof Block.ToolCall || event.kind() instanceof Block.Whole) {
                content();
            }
            if (event.kind() instanceof Block.ToolCall call) {
                passed.text(call.name());
            }
        }

        @Override
        public void textDelta(ChatEvent.TextDelta event) {
            passed.text(event.text());
            content();
        }

        @Override
        public void thinkingDelta(ChatEvent.ThinkingDelta event) {
            passed.text(event.text());
            content();
        }

        @Override
        public void toolArgumentsDelta(ChatEvent.ToolArgumentsDelta event) {
            passed.text(event.text());
            content();
        }

        @Override
        public void refusalDelta(ChatEvent.RefusalDelta event) {
            passed.text(event.text());
            content();
        }

        @Override
        public void audioDelta(ChatEvent.AudioDelta event) {
            content();
        }

        @Override
        public void signatureAdded(ChatEvent.SignatureAdded event) {
            content();
        }

        @Override
        public void citationAdded(ChatEvent.CitationAdded event) {
            content();
        }

        @Override
        public void blockEnded(ChatEvent.BlockEnded event) {}

        @Override
        public void logprobsAdded(ChatEvent.LogprobsAdded event) {
            content();
        }

        @Override
        public void finished(ChatEvent.Finished event) {
            content();
            if (stopReason == null) {
                stopReason = event.reason().name().toLowerCase(Locale.ROOT);
            }
        }

        @Override
        public void usageReported(ChatEvent.UsageReported event) {
            usage = event.usage();
            passed.told(usage);
        }

        @Override
        public void serviceTierReported(ChatEvent.ServiceTierReported event) {
            serviceTier = event.serviceTier().name().toLowerCase(Locale.ROOT);
        }

        @Override
        public void extraReported(ChatEvent.ExtraReported event) {}

        @Override
        public void failed(ChatEvent.Failed event) {
            kind = Kind.ERROR;
            failure = event.failure().message();
        }

        @Override
        public void ended(ChatEvent.Ended event) {
            kind = Kind.END;
            ended = true;
        }
    }
}
