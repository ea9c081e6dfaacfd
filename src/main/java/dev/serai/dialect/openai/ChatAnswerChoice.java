package dev.serai.dialect.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.Block;
import dev.serai.conversation.ChatEvent;
import dev.serai.conversation.ChatFailure;
import dev.serai.conversation.Citation;
import dev.serai.conversation.Content;
import dev.serai.conversation.Extra;
import dev.serai.conversation.FinishReason;
import dev.serai.conversation.Logprobs;
import dev.serai.conversation.Signature;
import dev.serai.dialect.CodecException;
import dev.serai.dialect.DataUrl;
import dev.serai.dialect.JsonMembers;
import dev.serai.dialect.JsonTree;
import dev.serai.dialect.WholeCharacters;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One choice of an answer, told as events while its deltas come; a complete message is one large delta. Text, thinking, refusal and sound
 * are open one at a time, and the next kind closes the one before; calls of tools stay open to the end, because Chat has no sign that one
 * of them is whole. The end waits for the end of the whole answer, because some providers finish a choice and go on with it.
 */
final class ChatAnswerChoice {
    /** The block that grows, besides those of tool calls. */
    private sealed interface Open {
        record Nothing() implements Open {}

        record Text(int block, WholeCharacters characters) implements Open {}

        record Thinking(int block, WholeCharacters characters, OpenThought thought) implements Open {}

        record Refusal(int block, WholeCharacters characters) implements Open {}

        record Audio(int block) implements Open {}
    }

    /** Citations that wait for a text; with so many, an empty text will do. */
    private static final int MAX_WAITING = 64;

    private static final Open NOTHING = new Open.Nothing();

    private final int index;
    private final @Nullable String model;
    private final ChatToolCalls calls;
    private final List<Citation> waitingCitations = new ArrayList<>();
    private Open open = NOTHING;
    private int blocks;
    private long textLength;
    private long textOffset;
    private boolean refused;
    private @Nullable FinishReason said;
    private ChatFailure.@Nullable Kind failure;
    private @Nullable String stopSequence;

    /** @param madeUpIds for calls without an id */
    ChatAnswerChoice(int index, @Nullable String model, Supplier<String> madeUpIds) {
        this.index = index;
        this.model = model;
        this.calls = new ChatToolCalls(index, () -> blocks++, madeUpIds);
    }

    /** Whether the provider has said why it ended. */
    boolean isFinished() {
        return said != null;
    }

    /** What kind of failure the provider gave as the reason for its end; null if none. */
    ChatFailure.@Nullable Kind failure() {
        return failure;
    }

    /**
     * Takes what a choice says: its delta or message, log probabilities, and why it ends.
     *
     * @param extras gets what the delta has beyond that
     */
    void on(JsonMembers choice, List<Extra> extras, Consumer<ChatEvent> out) throws CodecException {
        JsonMembers delta = delta(choice);
        if (delta != null) {
            onDelta(delta, extras, out);
            delta.leftOver(OpenAiChatCodec.DIALECT, extras);
        }
        onLogprobs(choice, out);
        String word = choice.text("finish_reason");
        if (word != null && !word.isEmpty()) {
            onFinish(word, choice);
        }
    }

    /** The delta, or the message where there is none: beside a delta, Perplexity repeats there all that it has said. */
    private static @Nullable JsonMembers delta(JsonMembers choice) throws CodecException {
        JsonMembers delta = choice.object("delta");
        JsonMembers message = choice.object("message");
        return delta == null ? message : delta;
    }

    private void onFinish(String word, JsonMembers choice) throws CodecException {
        FinishReason reason = ChatFinishReasons.decode(word);
        if (said == null || reason != FinishReason.STOP) {
            said = reason;
        }
        ChatFailure.Kind wrong = ChatFinishReasons.failure(word);
        failure = failure == null ? wrong : failure;
        JsonNode stop = choice.peek("stop_reason");
        if (reason == FinishReason.STOP && stop != null && stop.isTextual()) {
            // vLLM says which stop sequence it was, and in a number which token.
            choice.ignore("stop_reason");
            stopSequence = stop.textValue();
            said = FinishReason.STOP_SEQUENCE;
        }
    }

    private void onLogprobs(JsonMembers choice, Consumer<ChatEvent> out) {
        JsonNode value = choice.any("logprobs");
        if (value == null) {
            return;
        }
        Logprobs logprobs = OpenAiLogprobs.read(value);
        if (logprobs != null) {
            out.accept(new ChatEvent.LogprobsAdded(index, logprobs));
        } else if (value.properties().stream()
                .anyMatch(member -> !member.getValue().isEmpty())) {
            choice.leave("logprobs");
        }
    }

    private void onDelta(JsonMembers delta, List<Extra> extras, Consumer<ChatEvent> out) throws CodecException {
        delta.ignore("role", "index");
        onThoughts(delta, out);
        JsonNode content = delta.any("content");
        if (content != null) {
            onContent(content, delta, out);
        }
        onAnnotations(delta, out);
        onSignature(delta, out);
        onRefusal(delta, out);
        onImages(delta, out);
        onAudio(delta, extras, out);
        onCalls(delta, extras, out);
    }

    private void onThoughts(JsonMembers delta, Consumer<ChatEvent> out) throws CodecException {
        boolean inDetails = false;
        JsonNode details = delta.list(ChatThoughts.DETAILS);
        if (details != null) {
            for (JsonNode detail : details) {
                inDetails |= detail instanceof ObjectNode object && onDetail(object, out);
            }
        }
        // The same words stand in a plain field beside the details, and vLLM has had them in two plain fields at once.
        String content = plainThought(delta, ChatThoughts.REASONING_CONTENT);
        String reasoning = plainThought(delta, ChatThoughts.REASONING);
        if (!inDetails && !content.isEmpty()) {
            think(ChatThoughts.REASONING_CONTENT, content, out);
        } else if (!inDetails && !reasoning.isEmpty()) {
            think(ChatThoughts.REASONING, reasoning, out);
        }
    }

    private static String plainThought(JsonMembers delta, String field) throws CodecException {
        String text = delta.text(field);
        return text == null ? "" : text;
    }

    private void think(String field, String text, Consumer<ChatEvent> out) {
        if (!(open instanceof Open.Thinking thinking && thinking.thought.isOfField(field))) {
            openThinking(OpenThought.ofField(field), false, out);
        }
        grow(text, out);
    }

    /** @return whether the detail has words, so that the plain fields repeat them */
    private boolean onDetail(ObjectNode detail, Consumer<ChatEvent> out) {
        String type = detail.path("type").asText("");
        if (type.equals(ChatThoughts.ENCRYPTED)) {
            whole(new Content.RedactedThinking(ChatThoughts.ofDetail(detail, model)), out);
            return false;
        }
        if (ChatThoughts.wordsMember(type) == null) {
            whole(new Content.Opaque(OpenAiChatCodec.DIALECT, type, JsonTree.raw(detail)), out);
            return false;
        }
        String words = ChatThoughts.words(detail);
        if (open instanceof Open.Thinking thinking && thinking.thought.isWrittenAgainBy(words)) {
            thinking.thought.become(detail);
            return true;
        }
        if (!(open instanceof Open.Thinking thinking && thinking.thought.goesOnWith(detail))) {
            if (words.isEmpty() && !detail.path("signature").isTextual()) {
                return false;
            }
            openThinking(OpenThought.ofDetail(detail), type.equals(ChatThoughts.SUMMARY), out);
        } else {
            thinking.thought.merge(detail);
        }
        grow(words, out);
        return !words.isEmpty();
    }

    private void openThinking(OpenThought thought, boolean summary, Consumer<ChatEvent> out) {
        close(out);
        open = new Open.Thinking(begin(new Block.Thinking(summary), out), new WholeCharacters(), thought);
    }

    private void onContent(JsonNode content, JsonMembers delta, Consumer<ChatEvent> out) {
        if (content.isTextual()) {
            say(content.textValue(), out);
        } else if (content.isArray()) {
            content.forEach(part -> onPart(part, out));
        } else if (content.isObject()) {
            onPart(content, out);
        } else {
            delta.leave("content");
        }
    }

    private void onPart(JsonNode part, Consumer<ChatEvent> out) {
        if (part.isTextual()) {
            say(part.textValue(), out);
            return;
        }
        String type = part.path("type").asText("");
        switch (type) {
            case "text", "output_text" -> {
                say(part.path("text").asText(""), out);
                part.path("annotations").forEach(annotation -> cite(annotation, out));
            }
            case "thinking" -> {
                StringBuilder words = new StringBuilder(part.path("thinking").asText(""));
                part.path("thinking")
                        .forEach(inner -> words.append(inner.path("text").asText("")));
                if (!words.isEmpty()) {
                    think(ChatThoughts.CONTENT, words.toString(), out);
                }
            }
            case "refusal" -> refuse(part.path("refusal").asText(""), out);
            case "image_url" -> image(part, out);
            default -> {
                if (!part.isNull()) {
                    whole(new Content.Opaque(OpenAiChatCodec.DIALECT, type, JsonTree.raw(part)), out);
                }
            }
        }
    }

    private void say(String text, Consumer<ChatEvent> out) {
        if (text.isEmpty()) {
            return;
        }
        if (!(open instanceof Open.Text)) {
            openText(out);
        }
        grow(text, out);
    }

    private void openText(Consumer<ChatEvent> out) {
        close(out);
        textOffset = textLength;
        int block = begin(new Block.Text(), out);
        open = new Open.Text(block, new WholeCharacters());
        waitingCitations.forEach(citation -> out.accept(new ChatEvent.CitationAdded(index, block, citation)));
        waitingCitations.clear();
    }

    private void onRefusal(JsonMembers delta, Consumer<ChatEvent> out) throws CodecException {
        String refusal = delta.text("refusal");
        if (refusal != null) {
            refuse(refusal, out);
        }
    }

    private void refuse(String text, Consumer<ChatEvent> out) {
        if (text.isEmpty()) {
            return;
        }
        refused = true;
        if (!(open instanceof Open.Refusal)) {
            close(out);
            open = new Open.Refusal(begin(new Block.Refusal(), out), new WholeCharacters());
        }
        grow(text, out);
    }

    /** OpenRouter puts pictures beside the content. */
    private void onImages(JsonMembers delta, Consumer<ChatEvent> out) throws CodecException {
        JsonNode images = delta.list("images");
        if (images != null) {
            images.forEach(image -> image(image, out));
        }
    }

    private void image(JsonNode part, Consumer<ChatEvent> out) {
        JsonNode inner = part.path("image_url");
        String url = inner.isTextual() ? inner.textValue() : inner.path("url").asText("");
        if (url.isEmpty()) {
            whole(new Content.Opaque(OpenAiChatCodec.DIALECT, "image_url", JsonTree.raw(part)), out);
        } else {
            whole(new Content.Image(DataUrl.source(url)), out);
        }
    }

    private void onAudio(JsonMembers delta, List<Extra> extras, Consumer<ChatEvent> out) throws CodecException {
        JsonMembers audio = delta.object("audio");
        if (audio == null) {
            return;
        }
        String id = audio.text("id");
        String data = plainThought(audio, "data");
        String transcript = plainThought(audio, "transcript");
        if (!(open instanceof Open.Audio) && (id != null || !data.isEmpty() || !transcript.isEmpty())) {
            close(out);
            open = new Open.Audio(begin(new Block.Audio(id, null), out));
        }
        if (open instanceof Open.Audio sound && !(data.isEmpty() && transcript.isEmpty())) {
            out.accept(new ChatEvent.AudioDelta(index, sound.block, data, transcript));
        }
        audio.leftOver(OpenAiChatCodec.DIALECT, extras);
    }

    private void onAnnotations(JsonMembers delta, Consumer<ChatEvent> out) throws CodecException {
        JsonNode annotations = delta.list("annotations");
        if (annotations != null) {
            annotations.forEach(annotation -> cite(annotation, out));
        }
    }

    private void cite(JsonNode annotation, Consumer<ChatEvent> out) {
        if (annotation.isObject()) {
            cite(ChatCitations.read(annotation, open instanceof Open.Text ? textOffset : textLength), out);
        }
    }

    /** A citation of the text at hand, or of the next one. */
    void cite(Citation citation, Consumer<ChatEvent> out) {
        if (open instanceof Open.Text text) {
            out.accept(new ChatEvent.CitationAdded(index, text.block, citation));
        } else {
            waitingCitations.add(citation);
            if (waitingCitations.size() >= MAX_WAITING) {
                openText(out);
            }
        }
    }

    /** Google signs a text beside it. The block is closed, because it can be signed only once. */
    private void onSignature(JsonMembers delta, Consumer<ChatEvent> out) {
        JsonNode extra = delta.peek("extra_content");
        String signature = extra == null
                ? ""
                : extra.path("google").path("thought_signature").asText("");
        if (signature.isEmpty()) {
            return;
        }
        delta.ignore("extra_content");
        if (!(open instanceof Open.Text)) {
            openText(out);
        }
        if (open instanceof Open.Text text) {
            Signature own = new Signature(signature, OpenAiChatCodec.DIALECT, model);
            String rest = text.characters.rest();
            if (!rest.isEmpty()) {
                out.accept(new ChatEvent.TextDelta(index, text.block, rest));
            }
            out.accept(new ChatEvent.SignatureAdded(index, text.block, own));
            close(out);
        }
    }

    private void onCalls(JsonMembers delta, List<Extra> extras, Consumer<ChatEvent> out) throws CodecException {
        JsonNode pieces = delta.list("tool_calls");
        for (int i = 0; pieces != null && i < pieces.size(); i++) {
            JsonMembers piece = delta.element("tool_calls", i, pieces.get(i));
            if (piece != null && !piece.node().isEmpty()) {
                expectRoom();
                close(out);
                calls.on(piece, model, out);
                piece.leftOver(OpenAiChatCodec.DIALECT, extras);
            }
        }
        JsonMembers function = delta.object("function_call");
        if (function != null) {
            close(out);
            calls.onFunctionCall(function.node(), out);
        }
    }

    private void expectRoom() throws CodecException {
        if (calls.isFull()) {
            throw new CodecException("the provider calls too many tools at once", null);
        }
    }

    private void whole(Content content, Consumer<ChatEvent> out) {
        close(out);
        int block = begin(new Block.Whole(content), out);
        out.accept(new ChatEvent.BlockEnded(index, block));
    }

    private int begin(Block kind, Consumer<ChatEvent> out) {
        int block = blocks++;
        out.accept(new ChatEvent.BlockStarted(index, block, kind));
        return block;
    }

    /** More for the block at hand. */
    private void grow(String piece, Consumer<ChatEvent> out) {
        if (open instanceof Open.Text text) {
            tell(text.characters.next(piece), out);
        } else if (open instanceof Open.Thinking thinking) {
            thinking.thought.count(piece);
            tell(thinking.characters.next(piece), out);
        } else if (open instanceof Open.Refusal refusal) {
            tell(refusal.characters.next(piece), out);
        }
    }

    private void tell(String text, Consumer<ChatEvent> out) {
        if (text.isEmpty()) {
            return;
        }
        if (open instanceof Open.Text at) {
            textLength += text.codePointCount(0, text.length());
            out.accept(new ChatEvent.TextDelta(index, at.block, text));
        } else if (open instanceof Open.Thinking at) {
            out.accept(new ChatEvent.ThinkingDelta(index, at.block, text));
        } else if (open instanceof Open.Refusal at) {
            out.accept(new ChatEvent.RefusalDelta(index, at.block, text));
        }
    }

    private void close(Consumer<ChatEvent> out) {
        if (open instanceof Open.Text text) {
            tell(text.characters.rest(), out);
            out.accept(new ChatEvent.BlockEnded(index, text.block));
        } else if (open instanceof Open.Thinking thinking) {
            tell(thinking.characters.rest(), out);
            out.accept(new ChatEvent.SignatureAdded(index, thinking.block, thinking.thought.signature(model)));
            out.accept(new ChatEvent.BlockEnded(index, thinking.block));
        } else if (open instanceof Open.Refusal refusal) {
            tell(refusal.characters.rest(), out);
            out.accept(new ChatEvent.BlockEnded(index, refusal.block));
        } else if (open instanceof Open.Audio audio) {
            out.accept(new ChatEvent.BlockEnded(index, audio.block));
        }
        open = NOTHING;
    }

    /** The answer is over: closes what is open, and says why the choice ended. */
    void finish(Consumer<ChatEvent> out) {
        if (!waitingCitations.isEmpty()) {
            openText(out);
        }
        close(out);
        calls.close(out);
        FinishReason reason = said == null ? FinishReason.OTHER : said;
        if (!calls.any() && calls.anyNameless() && reason != FinishReason.MAX_TOKENS) {
            reason = FinishReason.MALFORMED_TOOL_CALL;
        }
        FinishReason settled = ChatFinishReasons.settle(reason, calls.any(), refused);
        out.accept(new ChatEvent.Finished(index, settled, settled == FinishReason.STOP_SEQUENCE ? stopSequence : null));
    }
}
