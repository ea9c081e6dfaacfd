package dev.serai.conversation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Collects a stream into the reply that it says, piece by piece. Holds the whole answer: for what is to be kept or compared, not
 * for the way to a client. One instance per stream; not thread-safe.
 */
public final class ReplyBuilder {
    private final EventGrammar grammar = new EventGrammar();
    private final Map<Integer, ChoiceBuilder> choices = new TreeMap<>();
    private final List<Extra> extras = new ArrayList<>();
    private final Collector collector = new Collector();
    private ChatEvent.Started started = new ChatEvent.Started("", "", null, null);
    private Usage usage = Usage.NONE;
    private @Nullable ServiceTier serviceTier;
    private @Nullable ChatFailure failure;

    /**
     * The reply that a whole stream says.
     *
     * @throws IllegalStateException if the stream is not legal, or failed
     */
    public static ChatReply collect(List<ChatEvent> events) {
        ReplyBuilder builder = new ReplyBuilder();
        events.forEach(builder::on);
        return builder.reply();
    }

    /**
     * Takes the next event.
     *
     * @throws IllegalStateException if it is not legal here
     */
    public void on(ChatEvent event) {
        grammar.on(event);
        event.accept(collector);
    }

    /** Why the stream failed; null if it did not. */
    public @Nullable ChatFailure failure() {
        return failure;
    }

    /** The usage stated so far; of a stream that failed, too. */
    public Usage usage() {
        return usage;
    }

    /**
     * The whole reply.
     *
     * @throws IllegalStateException if the stream has not ended, or failed
     */
    public ChatReply reply() {
        grammar.end();
        if (failure != null) {
            throw new IllegalStateException("the stream failed: " + failure.message());
        }
        List<Choice> built = new ArrayList<>(choices.size());
        choices.forEach((index, choice) -> built.add(choice.build(index)));
        return new ChatReply(
                started.id(), started.model(), started.createdEpochSeconds(), built, usage, serviceTier, extras);
    }

    private ChoiceBuilder choice(ChatEvent.OfChoice event) {
        return choices.computeIfAbsent(event.choice(), index -> new ChoiceBuilder());
    }

    private BlockBuilder block(ChatEvent.OfBlock event) {
        return choice(event).block(event.block());
    }

    private final class Collector implements ChatEvent.Visitor {
        @Override
        public void started(ChatEvent.Started event) {
            started = event;
            usage = event.usage() == null ? Usage.NONE : event.usage();
        }

        @Override
        public void blockStarted(ChatEvent.BlockStarted event) {
            choice(event).open(event.kind());
        }

        @Override
        public void textDelta(ChatEvent.TextDelta event) {
            block(event).add(event.text());
        }

        @Override
        public void thinkingDelta(ChatEvent.ThinkingDelta event) {
            block(event).add(event.text());
        }

        @Override
        public void toolArgumentsDelta(ChatEvent.ToolArgumentsDelta event) {
            block(event).add(event.text());
        }

        @Override
        public void refusalDelta(ChatEvent.RefusalDelta event) {
            block(event).add(event.text());
        }

        @Override
        public void audioDelta(ChatEvent.AudioDelta event) {
            block(event).add(event.transcript());
            block(event).addAudio(event.data());
        }

        @Override
        public void signatureAdded(ChatEvent.SignatureAdded event) {
            block(event).sign(event.signature());
        }

        @Override
        public void citationAdded(ChatEvent.CitationAdded event) {
            block(event).cite(event.citation());
        }

        @Override
        public void blockEnded(ChatEvent.BlockEnded event) {
            // The grammar has checked it; what the block holds is read at the end.
        }

        @Override
        public void logprobsAdded(ChatEvent.LogprobsAdded event) {
            choice(event).add(event.logprobs());
        }

        @Override
        public void finished(ChatEvent.Finished event) {
            choice(event).finish(event);
        }

        @Override
        public void usageReported(ChatEvent.UsageReported event) {
            usage = event.usage();
        }

        @Override
        public void serviceTierReported(ChatEvent.ServiceTierReported event) {
            serviceTier = event.serviceTier();
        }

        @Override
        public void extraReported(ChatEvent.ExtraReported event) {
            extras.add(event.extra());
        }

        @Override
        public void failed(ChatEvent.Failed event) {
            failure = event.failure();
        }

        @Override
        public void ended(ChatEvent.Ended event) {
            // The grammar has checked it.
        }
    }
}
