package dev.serai.conversation;

import org.jspecify.annotations.Nullable;

/**
 * A step of a streamed answer, in any dialect. {@link #accept} is the exhaustive switch.
 *
 * <p>A legal stream, which {@link EventGrammar} checks:
 *
 * <ol>
 *   <li>It begins with {@link Started}, exactly one, and ends with exactly one of {@link Ended} and {@link Failed}; nothing follows.
 *       A stream that fails before it starts is {@link Failed} alone.
 *   <li>Content belongs to a block of a choice. The blocks of a choice are numbered by the decoder, from 0, in the order in which they
 *       open, whatever the indexes of the dialect: {@link BlockStarted} opens the next number, {@link BlockEnded} closes it, and
 *       no number is used again. The blocks of a choice in this order are the contents of its answer.
 *   <li>A delta goes to an open block of its kind and is never empty: {@link TextDelta} and {@link CitationAdded} to {@link
 *       Block.Text}, {@link ThinkingDelta} to {@link Block.Thinking}, {@link ToolArgumentsDelta} to {@link Block.ToolCall}, {@link
 *       RefusalDelta} to {@link Block.Refusal}, {@link AudioDelta} to {@link Block.Audio}, {@link SignatureAdded}, at most one, to a
 *       text, thinking or tool call. A {@link Block.Whole} takes nothing.
 *   <li>Several blocks of a choice may be open at once, and their deltas interleave: parallel tool calls do so in Chat. Choices
 *       interleave too.
 *   <li>{@link Finished} comes once for a choice, when its blocks are closed; nothing follows for this choice.
 *   <li>{@link Ended} comes when every choice that was mentioned is finished, and at least one was.
 *   <li>{@link UsageReported}, {@link ServiceTierReported} and {@link ExtraReported} may come anywhere between the first event and the
 *       last. Usage is cumulative: the last report replaces those before it, and {@link Started#usage}.
 * </ol>
 *
 * <p>A decoder closes a block as soon as it knows that nothing more can come for it. In a dialect without block ends (Chat, Gemini) text,
 * thinking and refusals end when another kind of content begins, and more of them later is a new block; calls of tools that may
 * still grow stay open until the choice finishes. So an encoder whose dialect allows one open block at a time has to wait only for
 * tool calls.
 */
public sealed interface ChatEvent {
    void accept(Visitor visitor);

    /** One method for each kind of event. */
    interface Visitor {
        void started(Started event);

        void blockStarted(BlockStarted event);

        void textDelta(TextDelta event);

        void thinkingDelta(ThinkingDelta event);

        void toolArgumentsDelta(ToolArgumentsDelta event);

        void refusalDelta(RefusalDelta event);

        void audioDelta(AudioDelta event);

        void signatureAdded(SignatureAdded event);

        void citationAdded(CitationAdded event);

        void blockEnded(BlockEnded event);

        void logprobsAdded(LogprobsAdded event);

        void finished(Finished event);

        void usageReported(UsageReported event);

        void serviceTierReported(ServiceTierReported event);

        void extraReported(ExtraReported event);

        void failed(Failed event);

        void ended(Ended event);
    }

    /** Belongs to one of the choices, which are counted from 0. */
    sealed interface OfChoice extends ChatEvent {
        int choice();
    }

    /** Belongs to one block of a choice. */
    sealed interface OfBlock extends OfChoice {
        int block();

        /** The same in the block of another number. */
        OfBlock at(int number);
    }

    /**
     * The provider has begun. Later changes of these values within the stream do not count.
     *
     * @param id                  empty if the provider gave none by the first event with content
     * @param model               as the provider states it; empty if it does not
     * @param createdEpochSeconds null if not stated
     * @param usage               what is known already (Messages: the input); null if nothing
     */
    record Started(
            String id,
            String model,
            @Nullable Long createdEpochSeconds,
            @Nullable Usage usage) implements ChatEvent {
        @Override
        public void accept(Visitor visitor) {
            visitor.started(this);
        }
    }

    /** A block opens. */
    record BlockStarted(int choice, int block, Block kind) implements OfBlock {
        @Override
        public BlockStarted at(int number) {
            return new BlockStarted(choice, number, kind);
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.blockStarted(this);
        }
    }

    /** More of a text. */
    record TextDelta(int choice, int block, String text) implements OfBlock {
        @Override
        public TextDelta at(int number) {
            return new TextDelta(choice, number, text);
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.textDelta(this);
        }
    }

    /** More of the thinking; a blank line between the parts of a summary is a delta like any other. */
    record ThinkingDelta(int choice, int block, String text) implements OfBlock {
        @Override
        public ThinkingDelta at(int number) {
            return new ThinkingDelta(choice, number, text);
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.thinkingDelta(this);
        }
    }

    /** More of the arguments: any piece of their text. */
    record ToolArgumentsDelta(int choice, int block, String text) implements OfBlock {
        @Override
        public ToolArgumentsDelta at(int number) {
            return new ToolArgumentsDelta(choice, number, text);
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.toolArgumentsDelta(this);
        }
    }

    /** More of a refusal. */
    record RefusalDelta(int choice, int block, String text) implements OfBlock {
        @Override
        public RefusalDelta at(int number) {
            return new RefusalDelta(choice, number, text);
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.refusalDelta(this);
        }
    }

    /**
     * More sound, or more of what it says; not both empty.
     *
     * @param data       base64 of its own: pieces are decoded before they are joined
     * @param transcript may be empty
     */
    record AudioDelta(int choice, int block, String data, String transcript) implements OfBlock {
        @Override
        public AudioDelta at(int number) {
            return new AudioDelta(choice, number, data, transcript);
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.audioDelta(this);
        }
    }

    /** The whole signature of a block. */
    record SignatureAdded(int choice, int block, Signature signature) implements OfBlock {
        @Override
        public SignatureAdded at(int number) {
            return new SignatureAdded(choice, number, signature);
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.signatureAdded(this);
        }
    }

    /** A citation of a text, which may come before, within or behind the words that rest on it. */
    record CitationAdded(int choice, int block, Citation citation) implements OfBlock {
        @Override
        public CitationAdded at(int number) {
            return new CitationAdded(choice, number, citation);
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.citationAdded(this);
        }
    }

    /** A block is whole. */
    record BlockEnded(int choice, int block) implements OfBlock {
        @Override
        public BlockEnded at(int number) {
            return new BlockEnded(choice, number);
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.blockEnded(this);
        }
    }

    /** Log probabilities of further tokens of the choice. */
    record LogprobsAdded(int choice, Logprobs logprobs) implements OfChoice {
        @Override
        public void accept(Visitor visitor) {
            visitor.logprobsAdded(this);
        }
    }

    /** A choice is whole. */
    record Finished(
            int choice, FinishReason reason, @Nullable String stopSequence) implements OfChoice {
        public Finished(int choice, FinishReason reason) {
            this(choice, reason, null);
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.finished(this);
        }
    }

    /** The usage so far; the last one is that of the whole answer. */
    record UsageReported(Usage usage) implements ChatEvent {
        @Override
        public void accept(Visitor visitor) {
            visitor.usageReported(this);
        }
    }

    /** The tier the provider works in; the last one counts. */
    record ServiceTierReported(ServiceTier serviceTier) implements ChatEvent {
        @Override
        public void accept(Visitor visitor) {
            visitor.serviceTierReported(this);
        }
    }

    /** A field of the answer that has no place of its own. */
    record ExtraReported(Extra extra) implements ChatEvent {
        @Override
        public void accept(Visitor visitor) {
            visitor.extraReported(this);
        }
    }

    /** The answer broke off, or never began. Blocks may be open. */
    record Failed(ChatFailure failure) implements ChatEvent {
        @Override
        public void accept(Visitor visitor) {
            visitor.failed(this);
        }
    }

    /** The answer is whole. */
    record Ended() implements ChatEvent {
        @Override
        public void accept(Visitor visitor) {
            visitor.ended(this);
        }
    }
}
