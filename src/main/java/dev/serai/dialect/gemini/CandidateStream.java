package dev.serai.dialect.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.Block;
import dev.serai.conversation.ChatEvent;
import dev.serai.conversation.Content;
import dev.serai.conversation.Extra;
import dev.serai.conversation.FinishReason;
import dev.serai.conversation.Logprobs;
import dev.serai.conversation.Signature;
import dev.serai.conversation.Source;
import dev.serai.conversation.Tool;
import dev.serai.dialect.CodecException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the pieces of one candidate: which block is open, what was called, why it ended. The end is told when the stream is over, not
 * before: some models say in every piece why they end, and places of citations come with the last. Not thread-safe.
 */
final class CandidateStream implements Content.Visitor<OpenBlock> {
    private static final int MAX_EXTRAS = 100;

    private final int choice;
    private final CallIds ids;
    private final Signing signing;
    private final Map<String, Extra> extras = new LinkedHashMap<>();
    private Consumer<ChatEvent> out = event -> {};
    private OpenBlock open = new OpenBlock.Closed();
    private int blocks;
    private long bytesBefore;
    private boolean calls;
    private @Nullable String finishReason;
    private @Nullable JsonNode grounding;
    private @Nullable JsonNode citations;

    CandidateStream(int choice, CallIds ids, Signing signing) {
        this.choice = choice;
        this.ids = ids;
        this.signing = signing;
    }

    boolean isFinished() {
        return finishReason != null;
    }

    void on(Members candidate, Consumer<ChatEvent> events) throws CodecException {
        out = events;
        candidate.any("index");
        Members content = candidate.object("content");
        for (Members part : content == null ? List.<Members>of() : content.objects("parts")) {
            onPart(part);
        }
        Logprobs logprobs = LogprobResults.decode(candidate.any("logprobsResult"));
        if (logprobs != null) {
            out.accept(new ChatEvent.LogprobsAdded(choice, logprobs));
        }
        String reason = candidate.word("finishReason");
        finishReason = reason == null ? finishReason : reason;
        grounding = kept(candidate, "groundingMetadata", grounding);
        citations = kept(candidate, "citationMetadata", citations);
        List<Extra> rest = new ArrayList<>();
        candidate.leftOver(rest);
        rest.forEach(this::keep);
    }

    private static @Nullable JsonNode kept(Members candidate, String name, @Nullable JsonNode before) {
        JsonNode stated = candidate.object().get(name);
        return stated == null || stated.isNull() ? before : stated;
    }

    /** Of a field that comes again and again the last counts. */
    private void keep(Extra extra) {
        if (extras.size() < MAX_EXTRAS || extras.containsKey(extra.name())) {
            extras.put(extra.name(), extra);
        }
    }

    private void onPart(Members part) throws CodecException {
        if (part.has("functionCall") && part.object().path(spelled(part)) instanceof ObjectNode call && isPiece(call)) {
            onPiece(part, call);
            return;
        }
        List<Extra> rest = new ArrayList<>();
        Content content = new PartDecoder(signing, ids, ToolNames::decode, rest).decode(part);
        rest.forEach(this::keep);
        open = content.accept(this);
    }

    private static String spelled(Members part) {
        return part.object().has("functionCall") ? "functionCall" : "function_call";
    }

    private static boolean isPiece(ObjectNode call) {
        return call.has("willContinue") || call.has("partialArgs") || !call.hasNonNull("name");
    }

    /** A call with a name begins; pieces without one belong to it; the first that is not continued is its last. */
    private void onPiece(Members part, ObjectNode call) throws CodecException {
        String name = call.path("name").asText("");
        if (!name.isEmpty()) {
            String own = ToolNames.decode(name);
            int number =
                    begin(new Block.ToolCall(ids.ofCall(call.path("id").asText(""), own), own, Tool.Kind.FUNCTION));
            open = new OpenBlock.Call(number, new PartialArguments());
            calls = true;
            sign(number, signature(part));
        }
        if (open instanceof OpenBlock.Call begun) {
            if (call.get("args") instanceof ObjectNode whole) {
                begun.arguments().addAll(whole);
            }
            call.path("partialArgs").forEach(begun.arguments()::add);
            if (!call.path("willContinue").booleanValue()) {
                close();
            }
        }
    }

    private @Nullable Signature signature(Members part) throws CodecException {
        String text = part.text("thoughtSignature");
        return text == null ? null : signing.read(text);
    }

    private int begin(Block kind) {
        close();
        int number = blocks++;
        out.accept(new ChatEvent.BlockStarted(choice, number, kind));
        return number;
    }

    private void sign(int number, @Nullable Signature signature) {
        if (signature != null) {
            out.accept(new ChatEvent.SignatureAdded(choice, number, signature));
        }
    }

    private void close() {
        if (open instanceof OpenBlock.Words words) {
            say(words, words.characters().rest());
            bytesBefore += new BlockText(words.number(), words.said().toString()).bytes();
            end(words.number());
        } else if (open instanceof OpenBlock.Thought thought) {
            think(thought, thought.characters().rest());
            end(thought.number());
        } else if (open instanceof OpenBlock.Sound sound) {
            end(sound.number());
        } else if (open instanceof OpenBlock.Call call) {
            ObjectNode arguments = call.arguments().finish();
            out.accept(new ChatEvent.ToolArgumentsDelta(choice, call.number(), Json.text(arguments)));
            end(call.number());
        }
        open = new OpenBlock.Closed();
    }

    private void end(int number) {
        out.accept(new ChatEvent.BlockEnded(choice, number));
    }

    /** Nothing more will come for this candidate. */
    void finish(@Nullable FinishReason otherwise, Consumer<ChatEvent> events) {
        out = events;
        if (open instanceof OpenBlock.Words words) {
            say(words, words.characters().rest());
            BlockText text = new BlockText(words.number(), words.said().toString());
            for (GroundingDecoder.Cited cited : GroundingDecoder.decode(grounding, citations, text, bytesBefore)) {
                out.accept(new ChatEvent.CitationAdded(choice, words.number(), cited.citation()));
            }
        }
        close();
        FinishReason reason =
                finishReason == null && otherwise != null ? otherwise : FinishReasons.decode(finishReason, calls);
        if (finishReason != null && !FinishReasons.encode(reason).equals(finishReason)) {
            String place = "candidates[" + choice + "].finishReason";
            keep(new Extra(Gemini.ID, place, Json.raw(Json.words(finishReason))));
        }
        extras.values().forEach(extra -> out.accept(new ChatEvent.ExtraReported(extra)));
        out.accept(new ChatEvent.Finished(choice, reason));
    }

    @Override
    public OpenBlock text(Content.Text text) {
        if (text.text().isEmpty() && text.signature() == null) {
            return open;
        }
        OpenBlock.Words words = open instanceof OpenBlock.Words before && !before.signed()
                ? before
                : new OpenBlock.Words(begin(new Block.Text()));
        say(words, words.characters().next(text.text()));
        if (text.signature() == null) {
            return words;
        }
        say(words, words.characters().rest());
        sign(words.number(), text.signature());
        return words.withSignature();
    }

    private void say(OpenBlock.Words words, String text) {
        if (!text.isEmpty()) {
            words.said().append(text);
            out.accept(new ChatEvent.TextDelta(choice, words.number(), text));
        }
    }

    @Override
    public OpenBlock thinking(Content.Thinking thinking) {
        if (thinking.text().isEmpty() && thinking.signature() == null) {
            return open;
        }
        OpenBlock.Thought thought = open instanceof OpenBlock.Thought before && !before.signed()
                ? before
                : new OpenBlock.Thought(begin(new Block.Thinking(false)));
        think(thought, thought.characters().next(thinking.text()));
        if (thinking.signature() == null) {
            return thought;
        }
        think(thought, thought.characters().rest());
        sign(thought.number(), thinking.signature());
        return thought.withSignature();
    }

    private void think(OpenBlock.Thought thought, String text) {
        if (!text.isEmpty()) {
            out.accept(new ChatEvent.ThinkingDelta(choice, thought.number(), text));
        }
    }

    @Override
    public OpenBlock toolCall(Content.ToolCall call) {
        int number = begin(new Block.ToolCall(call.id(), call.name(), call.kind()));
        calls = true;
        if (!call.arguments().isEmpty()) {
            out.accept(new ChatEvent.ToolArgumentsDelta(choice, number, call.arguments()));
        }
        sign(number, call.signature());
        end(number);
        return new OpenBlock.Closed();
    }

    @Override
    public OpenBlock audio(Content.Audio audio) {
        if (!(audio.source() instanceof Source.Base64 sound) || sound.data().isEmpty()) {
            return audio.source() instanceof Source.Base64 ? open : whole(audio);
        }
        String type = sound.mediaType() == null ? "" : sound.mediaType();
        OpenBlock.Sound heard =
                open instanceof OpenBlock.Sound before && before.mediaType().equals(type)
                        ? before
                        : new OpenBlock.Sound(begin(new Block.Audio(null, sound.mediaType())), type);
        out.accept(new ChatEvent.AudioDelta(choice, heard.number(), sound.data(), ""));
        return heard;
    }

    private OpenBlock whole(Content content) {
        end(begin(new Block.Whole(content)));
        return new OpenBlock.Closed();
    }

    @Override
    public OpenBlock image(Content.Image image) {
        return whole(image);
    }

    @Override
    public OpenBlock document(Content.Document document) {
        return whole(document);
    }

    @Override
    public OpenBlock toolResult(Content.ToolResult result) {
        return whole(result);
    }

    @Override
    public OpenBlock redactedThinking(Content.RedactedThinking thinking) {
        return whole(thinking);
    }

    @Override
    public OpenBlock refusal(Content.Refusal refusal) {
        return text(new Content.Text(refusal.text()));
    }

    @Override
    public OpenBlock opaque(Content.Opaque opaque) {
        return whole(opaque);
    }
}
