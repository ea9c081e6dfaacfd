package dev.serai.dialect.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.ChatEvent;
import dev.serai.conversation.ChatFailure;
import dev.serai.conversation.Extra;
import dev.serai.conversation.FinishReason;
import dev.serai.conversation.ServiceTier;
import dev.serai.conversation.Usage;
import dev.serai.dialect.CodecException;
import dev.serai.dialect.ReplySource;
import dev.serai.dialect.StreamDecoder;
import dev.serai.sse.SseEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A streamed reply: each event is a piece of a reply. There is no terminal event; what the pieces said decides whether it was whole. */
final class GeminiStreamDecoder implements StreamDecoder {
    private enum State {
        /** No piece has said who answers, and none had content. */
        WAITING,
        STARTED,
        OVER
    }

    private static final int MAX_CANDIDATES = 256;
    private static final int MAX_EXTRAS = 100;

    private final Signing signing;
    private final GeminiUsage usage;
    private final TreeMap<Integer, CandidateStream> candidates = new TreeMap<>();
    private final Map<String, Extra> extras = new LinkedHashMap<>();
    private State state = State.WAITING;
    private CallIds ids = CallIds.ofReply("");
    private Usage told = Usage.NONE;
    private @Nullable ServiceTier tier;
    private boolean blocked;

    GeminiStreamDecoder(ReplySource source) {
        this.signing = Signing.ofModel(source.model());
        this.usage = new GeminiUsage(source.totals());
    }

    @Override
    public void on(SseEvent event, Consumer<ChatEvent> out) {
        if (state == State.OVER || !event.hasData() || event.dataIs("[DONE]")) {
            return;
        }
        JsonNode tree = Json.parse(event.data(), event.dataFrom(), event.dataTo());
        if (!(tree instanceof ObjectNode object)) {
            fail(
                    new ChatFailure(ChatFailure.Kind.SERVER_ERROR, "the provider sent an event that is no JSON object"),
                    out);
        } else if (object.hasNonNull("error")) {
            fail(ErrorDecoder.ofEvent(object), out);
        } else {
            try {
                read(Members.ofReply(object, ""), out);
            } catch (CodecException e) {
                fail(new ChatFailure(ChatFailure.Kind.SERVER_ERROR, String.valueOf(e.getMessage())), out);
            }
        }
    }

    private void fail(ChatFailure failure, Consumer<ChatEvent> out) {
        state = State.OVER;
        out.accept(new ChatEvent.Failed(failure));
    }

    private void read(Members piece, Consumer<ChatEvent> out) throws CodecException {
        ReplyHead head = ReplyHead.decode(piece);
        List<Members> pieces = piece.objects("candidates");
        blocked |= ReplyDecoder.isBlocked(piece);
        if (state == State.WAITING && (!head.id().isEmpty() || !pieces.isEmpty() || blocked)) {
            state = State.STARTED;
            ids = CallIds.ofReply(head.id());
            out.accept(new ChatEvent.Started(head.id(), head.model(), head.createdEpochSeconds(), null));
        }
        int position = 0;
        for (Members candidate : pieces) {
            Integer stated = candidate.small("index");
            int index = stated == null || stated < 0 || stated > MAX_CANDIDATES ? position : stated;
            candidates
                    .computeIfAbsent(index, choice -> new CandidateStream(choice, ids, signing))
                    .on(candidate, out);
            position++;
        }
        usage.update(piece.any("usageMetadata"));
        ServiceTier worked = ReplyHead.tier(piece);
        if (state == State.STARTED) {
            report(worked, out);
        }
        List<Extra> rest = new ArrayList<>();
        piece.leftOver(rest);
        for (Extra extra : rest) {
            if (extras.size() < MAX_EXTRAS || extras.containsKey(extra.name())) {
                extras.put(extra.name(), extra);
            }
        }
    }

    private void report(@Nullable ServiceTier worked, Consumer<ChatEvent> out) {
        Usage now = usage.toUsage();
        if (!now.equals(told)) {
            told = now;
            out.accept(new ChatEvent.UsageReported(now));
        }
        if (worked != null && worked != tier) {
            tier = worked;
            out.accept(new ChatEvent.ServiceTierReported(worked));
        }
    }

    @Override
    public void end(@Nullable ChatFailure why, Consumer<ChatEvent> out) {
        if (state == State.OVER) {
            return;
        }
        boolean finished = !candidates.isEmpty() && candidates.values().stream().allMatch(CandidateStream::isFinished);
        if (state != State.STARTED || !(finished || blocked)) {
            fail(
                    why == null
                            ? new ChatFailure(
                                    ChatFailure.Kind.SERVER_ERROR,
                                    "the provider's stream ended before the answer was complete")
                            : why,
                    out);
            return;
        }
        state = State.OVER;
        extras.values().forEach(extra -> out.accept(new ChatEvent.ExtraReported(extra)));
        if (candidates.isEmpty()) {
            out.accept(new ChatEvent.Finished(0, FinishReason.CONTENT_FILTER));
        }
        candidates.values().forEach(candidate -> candidate.finish(FinishReason.CONTENT_FILTER, out));
        out.accept(new ChatEvent.Ended());
    }
}
