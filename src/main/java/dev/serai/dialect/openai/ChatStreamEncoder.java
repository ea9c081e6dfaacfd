package dev.serai.dialect.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.Block;
import dev.serai.conversation.ChatEvent;
import dev.serai.conversation.Content;
import dev.serai.conversation.Signature;
import dev.serai.conversation.Source;
import dev.serai.conversation.Tool;
import dev.serai.conversation.Usage;
import dev.serai.dialect.CustomToolInput;
import dev.serai.dialect.DataUrl;
import dev.serai.dialect.JsonTree;
import dev.serai.dialect.ReplyContext;
import dev.serai.dialect.StreamEncoder;
import dev.serai.dialect.StreamReading.Sink;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a stream of chat completion chunks: one for nearly every event, none for the ends of blocks, of which Chat knows nothing. */
final class ChatStreamEncoder implements StreamEncoder, ChatEvent.Visitor {
    /** What is open, by what its deltas become. */
    private sealed interface Open {
        /** @param offset where it begins in the message, in code points */
        record Text(long offset) implements Open {}

        /** @param words all of them, because a signature is told together with what it signs */
        record Thinking(boolean summary, int number, StringBuilder words) implements Open {}

        record Call(int number) implements Open {}

        /** A custom tool that was called as a function: its input is in the arguments. */
        record Packed(int number, CustomToolInput input) implements Open {}

        record CustomCall(int number) implements Open {}

        /** One call in the form of 2023. */
        record OldCall() implements Open {}

        record Refusal() implements Open {}

        record Audio() implements Open {}

        /** Was told at once, or cannot be told. */
        record Silent() implements Open {}
    }

    /** One choice. */
    private static final class Choice {
        private final Map<Integer, Open> open = new HashMap<>();
        private boolean begun;
        private final BitSet callsWithArguments = new BitSet();
        private final BitSet signedThoughts = new BitSet();

        /** The block before, if it was thinking that nothing signed. */
        private Open.@Nullable Thinking unsigned;

        private int calls;
        private int thoughts;
        private boolean refused;
        private long textLength;
    }

    private static final String NO_ARGUMENTS = "{}";

    private final ReplyContext context;
    private final boolean inOldForm;
    private final boolean showsUsage;
    private final ChunkWriter chunks;
    private final Map<Integer, Choice> choices = new HashMap<>();
    private @Nullable Usage usage;
    private Sink out = (bytes, from, to) -> {};

    ChatStreamEncoder(ReplyContext context) {
        this.context = context;
        this.inOldForm = ChatReplyEncoder.wantsOldForm(context);
        this.showsUsage = Boolean.TRUE.equals(context.request().delivery().includeUsage());
        this.chunks = new ChunkWriter(showsUsage);
    }

    @Override
    public void on(ChatEvent event, Sink to) {
        out = to;
        event.accept(this);
    }

    @Override
    public void started(ChatEvent.Started event) {
        Long created = event.createdEpochSeconds();
        chunks.identify(
                ChatReplyEncoder.id(event.id(), context),
                created == null ? context.epochSeconds() : created,
                event.model().isEmpty() ? context.request().model() : event.model());
        usage = event.usage();
        begun(0);
    }

    /** The choice, whose first chunk says who speaks. */
    private Choice begun(int index) {
        Choice choice = choices.computeIfAbsent(index, key -> new Choice());
        if (!choice.begun) {
            choice.begun = true;
            chunks.delta(index, "{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}", out);
        }
        return choice;
    }

    private Open open(ChatEvent.OfBlock event) {
        Open open = begun(event.choice()).open.get(event.block());
        return open == null ? new Open.Silent() : open;
    }

    @Override
    public void blockStarted(ChatEvent.BlockStarted event) {
        Choice choice = begun(event.choice());
        choice.open.put(event.block(), opened(event, choice));
    }

    private Open opened(ChatEvent.BlockStarted event, Choice choice) {
        Block kind = event.kind();
        if (kind instanceof Block.Thinking thinking) {
            tellApart(event.choice(), choice);
            return new Open.Thinking(thinking.summary(), choice.thoughts++, new StringBuilder());
        }
        if (kind instanceof Block.Text) {
            return new Open.Text(choice.textLength);
        }
        if (kind instanceof Block.ToolCall call) {
            return opened(call, event.choice(), choice);
        }
        if (kind instanceof Block.Refusal) {
            choice.refused = true;
            return new Open.Refusal();
        }
        if (kind instanceof Block.Audio audio) {
            if (audio.id() != null) {
                ObjectNode delta = JsonTree.NODES.objectNode();
                delta.putObject("audio").put("id", audio.id());
                chunks.delta(event.choice(), delta, out);
            }
            return new Open.Audio();
        }
        tell(((Block.Whole) kind).content(), event.choice(), choice);
        return new Open.Silent();
    }

    /** Between thinking and thinking the field has no border: what is not signed is told again as a detail, which has one. */
    private void tellApart(int index, Choice choice) {
        Open.Thinking before = choice.unsigned;
        choice.unsigned = null;
        if (before != null && !before.words.isEmpty()) {
            tellDetail(index, before, null);
        }
    }

    private void tellDetail(int index, Open.Thinking thinking, @Nullable Signature signature) {
        ObjectNode delta = JsonTree.NODES.objectNode();
        delta.putArray(ChatThoughts.DETAILS)
                .add(ChatAnswerThoughts.detail(
                        thinking.words.toString(), thinking.summary, signature, thinking.number));
        chunks.delta(index, delta, out);
    }

    private Open opened(Block.ToolCall call, int index, Choice choice) {
        int number = choice.calls++;
        choice.unsigned = null;
        if (inOldForm) {
            if (number > 0) {
                return new Open.Silent();
            }
            ObjectNode delta = JsonTree.NODES.objectNode();
            delta.putObject("function_call").put("name", call.name()).put("arguments", "");
            chunks.delta(index, delta, out);
            return new Open.OldCall();
        }
        boolean packed = call.kind() == Tool.Kind.FUNCTION && context.request().hasCustomTool(call.name());
        boolean custom = packed || call.kind() == Tool.Kind.CUSTOM;
        ObjectNode piece = JsonTree.NODES.objectNode();
        piece.put("index", number).put("id", call.id()).put("type", custom ? "custom" : "function");
        piece.putObject(custom ? "custom" : "function")
                .put("name", call.name())
                .put(custom ? "input" : "arguments", "");
        tellCall(index, piece);
        if (packed) {
            return new Open.Packed(number, new CustomToolInput());
        }
        return custom ? new Open.CustomCall(number) : new Open.Call(number);
    }

    private void tellCall(int index, ObjectNode piece) {
        ObjectNode delta = JsonTree.NODES.objectNode();
        delta.putArray("tool_calls").add(piece);
        chunks.delta(index, delta, out);
    }

    /** Contents that do not grow. */
    private void tell(Content content, int index, Choice choice) {
        ObjectNode delta = JsonTree.NODES.objectNode();
        if (content instanceof Content.RedactedThinking redacted) {
            delta.putArray(ChatThoughts.DETAILS)
                    .add(ChatAnswerThoughts.encrypted(redacted.signature(), choice.thoughts++));
        } else if (content instanceof Content.Image image
                && (image.source() instanceof Source.Base64 || image.source() instanceof Source.Url)) {
            delta.putArray("images")
                    .addObject()
                    .put("type", "image_url")
                    .putObject("image_url")
                    .put(
                            "url",
                            image.source() instanceof Source.Base64 held
                                    ? DataUrl.of(held, "image/png")
                                    : ((Source.Url) image.source()).url());
        } else if (content instanceof Content.Opaque opaque && opaque.dialect().equals(OpenAiChatCodec.DIALECT)) {
            String place = opaque.kind().startsWith("reasoning.") ? ChatThoughts.DETAILS : "content";
            delta.putArray(place).add(JsonTree.leaf(opaque.json()));
        }
        if (!delta.isEmpty()) {
            choice.unsigned = null;
            chunks.delta(index, delta, out);
        }
    }

    @Override
    public void textDelta(ChatEvent.TextDelta event) {
        Choice choice = begun(event.choice());
        if (!event.text().isEmpty()) {
            choice.unsigned = null; // what comes between is a border
        }
        choice.textLength += event.text().codePointCount(0, event.text().length());
        chunks.text(event.choice(), "content", event.text(), out);
    }

    @Override
    public void thinkingDelta(ChatEvent.ThinkingDelta event) {
        if (open(event) instanceof Open.Thinking thinking) {
            thinking.words.append(event.text());
        }
        chunks.text(event.choice(), ChatThoughts.REASONING_CONTENT, event.text(), out);
    }

    @Override
    public void toolArgumentsDelta(ChatEvent.ToolArgumentsDelta event) {
        Open open = open(event);
        if (open instanceof Open.Call call) {
            begun(event.choice()).callsWithArguments.set(call.number);
            chunks.arguments(event.choice(), call.number, event.text(), out);
        } else if (open instanceof Open.CustomCall call) {
            tellInput(event.choice(), call.number, event.text());
        } else if (open instanceof Open.Packed packed) {
            tellInput(event.choice(), packed.number, packed.input.add(event.text()));
        } else if (open instanceof Open.OldCall) {
            begun(event.choice()).callsWithArguments.set(0);
            tellOldArguments(event.choice(), event.text());
        }
    }

    private void tellOldArguments(int index, String arguments) {
        ObjectNode delta = JsonTree.NODES.objectNode();
        delta.putObject("function_call").put("arguments", arguments);
        chunks.delta(index, delta, out);
    }

    private void tellInput(int index, int number, String input) {
        if (input.isEmpty()) {
            return;
        }
        ObjectNode piece = JsonTree.NODES.objectNode();
        piece.put("index", number);
        piece.putObject("custom").put("input", input);
        tellCall(index, piece);
    }

    @Override
    public void refusalDelta(ChatEvent.RefusalDelta event) {
        Choice choice = begun(event.choice());
        if (!event.text().isEmpty()) {
            choice.unsigned = null;
        }
        chunks.text(event.choice(), "refusal", event.text(), out);
    }

    @Override
    public void audioDelta(ChatEvent.AudioDelta event) {
        ObjectNode delta = JsonTree.NODES.objectNode();
        ObjectNode audio = delta.putObject("audio");
        if (!event.data().isEmpty()) {
            audio.put("data", event.data());
        }
        if (!event.transcript().isEmpty()) {
            audio.put("transcript", event.transcript());
        }
        begun(event.choice());
        chunks.delta(event.choice(), delta, out);
    }

    @Override
    public void signatureAdded(ChatEvent.SignatureAdded event) {
        Open open = open(event);
        Signature signature = event.signature();
        if (open instanceof Open.Thinking thinking) {
            if (ChatAnswerThoughts.needsDetail(signature)) {
                begun(event.choice()).signedThoughts.set(thinking.number);
                tellDetail(event.choice(), thinking, signature);
            }
        } else if (open instanceof Open.Text) {
            ObjectNode delta = JsonTree.NODES.objectNode();
            ChatAnswerMessage.sign(delta, signature);
            chunks.delta(event.choice(), delta, out);
        } else if (number(open) >= 0) {
            ObjectNode piece = JsonTree.NODES.objectNode().put("index", number(open));
            if (!(open instanceof Open.CustomCall)) {
                // OpenAI's clients want it in every piece of a call.
                piece.putObject("function").put("arguments", "");
            }
            ChatAnswerMessage.sign(piece, signature);
            tellCall(event.choice(), piece);
        }
    }

    private static int number(Open open) {
        if (open instanceof Open.Call call) {
            return call.number;
        }
        if (open instanceof Open.Packed packed) {
            return packed.number;
        }
        return open instanceof Open.CustomCall custom ? custom.number : -1;
    }

    @Override
    public void citationAdded(ChatEvent.CitationAdded event) {
        if (open(event) instanceof Open.Text text) {
            // How long the block will be is not known: a citation of all of it has an empty range, as OpenRouter's
            // have.
            JsonNode annotation = ChatCitations.write(event.citation(), text.offset, 0);
            if (annotation != null) {
                ObjectNode delta = JsonTree.NODES.objectNode();
                delta.putArray("annotations").add(annotation);
                chunks.delta(event.choice(), delta, out);
            }
        }
    }

    @Override
    public void blockEnded(ChatEvent.BlockEnded event) {
        Choice choice = begun(event.choice());
        Open open = choice.open.remove(event.block());
        // Clients parse what they get: a function without arguments gets an empty object.
        if (open instanceof Open.Call call && !choice.callsWithArguments.get(call.number)) {
            chunks.arguments(event.choice(), call.number, NO_ARGUMENTS, out);
        } else if (open instanceof Open.OldCall && !choice.callsWithArguments.get(0)) {
            tellOldArguments(event.choice(), NO_ARGUMENTS);
        } else if (open instanceof Open.Packed packed) {
            tellInput(event.choice(), packed.number, packed.input.end());
        } else if (open instanceof Open.Thinking thinking && !choice.signedThoughts.get(thinking.number)) {
            choice.unsigned = thinking;
        }
    }

    @Override
    public void logprobsAdded(ChatEvent.LogprobsAdded event) {
        begun(event.choice());
        chunks.logprobs(event.choice(), JsonTree.text(OpenAiLogprobs.write(event.logprobs())), out);
    }

    @Override
    public void finished(ChatEvent.Finished event) {
        Choice choice = begun(event.choice());
        String word = ChatFinishReasons.encode(event.reason(), choice.calls > 0, choice.refused);
        chunks.finish(
                event.choice(),
                inOldForm && word.equals("tool_calls") ? "function_call" : word,
                event.stopSequence(),
                out);
    }

    @Override
    public void usageReported(ChatEvent.UsageReported event) {
        usage = event.usage();
    }

    @Override
    public void serviceTierReported(ChatEvent.ServiceTierReported event) {
        String word = ChatWords.of(event.serviceTier());
        if (word != null) {
            chunks.add("service_tier", '"' + word + '"');
        }
    }

    @Override
    public void extraReported(ChatEvent.ExtraReported event) {
        String name = event.extra().name();
        boolean own = event.extra().dialect().equals(OpenAiChatCodec.DIALECT);
        if (own && name.indexOf('[') < 0 && name.indexOf('.') < 0) {
            chunks.add(name, event.extra().value().text());
        }
    }

    @Override
    public void failed(ChatEvent.Failed event) {
        chunks.error(OpenAiFailures.body(event.failure(), null), out);
    }

    @Override
    public void ended(ChatEvent.Ended event) {
        if (showsUsage && usage != null) {
            chunks.usage(JsonTree.text(ChatUsage.write(usage)), out);
        }
        chunks.done(out);
    }
}
