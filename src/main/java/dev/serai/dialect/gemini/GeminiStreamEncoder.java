package dev.serai.dialect.gemini;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.ChatEvent;
import dev.serai.conversation.Extra;
import dev.serai.conversation.ServiceTier;
import dev.serai.conversation.Usage;
import dev.serai.dialect.ReplyContext;
import dev.serai.dialect.StreamEncoder;
import dev.serai.dialect.StreamReading.Sink;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes a stream in pieces of a reply; the last has the finish reasons and the usage. An array begins with a piece without content,
 * so that an error can always follow as its next element.
 */
final class GeminiStreamEncoder implements StreamEncoder, ChatEvent.Visitor {
    private static final Sink NOWHERE = (bytes, from, to) -> {};

    private final ReplyContext context;
    private final StreamFrames frames;
    private final TreeMap<Integer, CandidateWriter> candidates = new TreeMap<>();
    private final List<Extra> extras = new ArrayList<>();
    private ChatEvent.Started started = new ChatEvent.Started("", "", null, null);
    private Usage usage = Usage.NONE;
    private @Nullable ServiceTier tier;
    private Sink out = NOWHERE;

    GeminiStreamEncoder(ReplyContext context) {
        this.context = context;
        this.frames = new StreamFrames(context.framing());
    }

    @Override
    public void on(ChatEvent event, Sink sink) {
        out = sink;
        event.accept(this);
        out = NOWHERE;
    }

    private CandidateWriter candidate(ChatEvent.OfChoice event) {
        return candidates.computeIfAbsent(event.choice(), CandidateWriter::new);
    }

    private void write(@Nullable ObjectNode piece) {
        if (piece != null) {
            frames.write(headed(piece), out);
        }
    }

    private ObjectNode headed(ObjectNode piece) {
        ReplyEncoder.head(piece, started.id(), started.model(), context);
        if (started.createdEpochSeconds() != null) {
            ReplyEncoder.putTime(piece, started.createdEpochSeconds());
        }
        return piece;
    }

    @Override
    public void started(ChatEvent.Started event) {
        started = event;
        usage = event.usage() == null ? Usage.NONE : event.usage();
        if (frames.isArray()) {
            write(Json.object());
        }
    }

    @Override
    public void blockStarted(ChatEvent.BlockStarted event) {
        write(candidate(event).begin(event));
    }

    @Override
    public void textDelta(ChatEvent.TextDelta event) {
        write(candidate(event).text(event));
    }

    @Override
    public void thinkingDelta(ChatEvent.ThinkingDelta event) {
        write(candidate(event).thinking(event));
    }

    @Override
    public void toolArgumentsDelta(ChatEvent.ToolArgumentsDelta event) {
        candidate(event).arguments(event);
    }

    @Override
    public void refusalDelta(ChatEvent.RefusalDelta event) {
        write(candidate(event).refusal(event));
    }

    @Override
    public void audioDelta(ChatEvent.AudioDelta event) {
        write(candidate(event).audio(event));
    }

    @Override
    public void signatureAdded(ChatEvent.SignatureAdded event) {
        write(candidate(event).sign(event));
    }

    @Override
    public void citationAdded(ChatEvent.CitationAdded event) {
        candidate(event).cite(event);
    }

    @Override
    public void blockEnded(ChatEvent.BlockEnded event) {
        write(candidate(event).end(event));
    }

    @Override
    public void logprobsAdded(ChatEvent.LogprobsAdded event) {
        write(candidate(event).logprobs(event));
    }

    @Override
    public void finished(ChatEvent.Finished event) {
        candidate(event).finish(event);
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
        frames.writeLast(ErrorEncoder.encode(event.failure(), null), out);
    }

    @Override
    public void ended(ChatEvent.Ended event) {
        ObjectNode piece = Json.object();
        ArrayNode last = piece.putArray("candidates");
        candidates.values().forEach(candidate -> last.add(candidate.last()));
        ObjectNode stated = UsageEncoder.encode(usage, tier);
        if (stated != null) {
            piece.set("usageMetadata", stated);
        }
        Extras.write(extras, piece, null, new Drops());
        frames.writeLast(headed(piece), out);
    }
}
