package dev.serai.dialect.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.ChatEvent;
import dev.serai.conversation.ChatFailure;
import dev.serai.conversation.Citation;
import dev.serai.conversation.Extra;
import dev.serai.conversation.ServiceTier;
import dev.serai.conversation.Usage;
import dev.serai.dialect.CodecException;
import dev.serai.dialect.JsonMembers;
import dev.serai.dialect.ProviderMessage;
import dev.serai.dialect.ReplySource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An answer in Chat, told as events while its chunks come. A complete reply is one large chunk, so that both are understood alike. What
 * identifies the answer is taken from the first chunk that states it, and the start is held back until then or until there is content.
 */
final class ChatAnswer {
    private enum State {
        BEFORE,
        WITHIN,
        OVER
    }

    /** No provider serves as many choices; an index from the wire must not decide how much memory is taken. */
    private static final int MAX_CHOICES = 1024;

    /** Fields that no model has a place for are told as long as there are not absurdly many. */
    private static final int MAX_EXTRAS = 256;

    /** More than any provider says before it begins. */
    private static final int MAX_HELD = 64;

    private final ReplySource source;
    private final Consumer<ChatEvent> out;
    private final Map<Integer, ChatAnswerChoice> choices = new TreeMap<>();
    private final List<ChatEvent> held = new ArrayList<>();
    private final Map<String, Extra> told = new HashMap<>();
    private final long salt = ThreadLocalRandom.current().nextLong();
    private State state = State.BEFORE;
    private String id = "";
    private String model = "";
    private @Nullable Long created;
    private Usage usage = Usage.NONE;
    private @Nullable ServiceTier serviceTier;
    private int citations;
    private int madeUpIds;

    ChatAnswer(ReplySource source, Consumer<ChatEvent> out) {
        this.source = source;
        this.out = out;
    }

    boolean isOver() {
        return state == State.OVER;
    }

    /**
     * Takes a chunk or a whole reply. What is neither is ignored: a ping, an event of a kind to come.
     *
     * @param type what the stream calls the event; usually empty
     */
    void on(ObjectNode chunk, String type) throws CodecException {
        if (isOver()) {
            return;
        }
        if (chunk.hasNonNull("error") || type.equals("error")) {
            onLastUsage(chunk);
            fail(OpenAiFailures.inStream(chunk));
            return;
        }
        if (!chunk.path("choices").isArray() && !chunk.path("usage").isObject()) {
            return;
        }
        JsonMembers members = JsonMembers.ofReply(chunk, "");
        members.ignore("object", "obfuscation");
        identify(members);
        onServiceTier(members);
        List<Extra> extras = new ArrayList<>();
        onChoices(members, extras);
        if (!isOver()) {
            onCitations(members);
            onUsage(members, extras);
            members.leftOver(OpenAiChatCodec.DIALECT, extras);
            extras.forEach(this::tellOnce);
        }
    }

    private void identify(JsonMembers chunk) throws CodecException {
        String chunkId = chunk.text("id");
        String chunkModel = chunk.text("model");
        Long chunkCreated = created(chunk);
        id = id.isEmpty() && chunkId != null ? chunkId : id;
        model = model.isEmpty() && chunkModel != null ? chunkModel : model;
        created = created == null || created == 0 ? chunkCreated : created;
    }

    private static @Nullable Long created(JsonMembers chunk) throws CodecException {
        Long seconds = chunk.integer("created");
        if (seconds == null && chunk.has("created")) {
            // Some write fractions of a second.
            Double fraction = chunk.decimal("created");
            return fraction == null ? null : Long.valueOf(fraction.longValue());
        }
        return seconds;
    }

    private void onServiceTier(JsonMembers chunk) {
        JsonNode word = chunk.peek("service_tier");
        ServiceTier tier = word == null ? null : ChatWords.serviceTier(word.asText(""));
        if (tier != null) {
            chunk.ignore("service_tier");
            if (tier != serviceTier) {
                serviceTier = tier;
                tellLater(new ChatEvent.ServiceTierReported(tier));
            }
        }
    }

    private void onChoices(JsonMembers chunk, List<Extra> extras) throws CodecException {
        JsonNode list = chunk.list("choices");
        if (list == null) {
            return;
        }
        for (int i = 0; i < list.size() && !isOver(); i++) {
            JsonMembers choice = chunk.element("choices", i, list.get(i));
            if (choice != null) {
                onChoice(choice, extras);
            }
        }
    }

    private void onChoice(JsonMembers choice, List<Extra> extras) throws CodecException {
        if (choice.has("error")) {
            fail(OpenAiFailures.inStream(choice.node()));
            return;
        }
        Long stated = choice.integer("index");
        long index = stated == null ? 0 : stated;
        if (index < 0 || index >= MAX_CHOICES) {
            throw new CodecException("the provider sent a choice that nobody asked for", choice.at("index"));
        }
        ChatAnswerChoice answer =
                choices.computeIfAbsent((int) index, key -> new ChatAnswerChoice(key, source.model(), this::madeUpId));
        if (!id.isEmpty() && !model.isEmpty()) {
            start();
        }
        answer.on(choice, extras, this::tell);
        onUsage(choice, extras); // Moonshot puts it there
        failWith(answer, choice);
        choice.leftOver(OpenAiChatCodec.DIALECT, extras);
    }

    private void failWith(ChatAnswerChoice answer, JsonMembers choice) throws CodecException {
        ChatFailure.Kind kind = answer.failure();
        if (kind != null) {
            String word = choice.text("finish_reason");
            fail(new ChatFailure(
                    kind,
                    ProviderMessage.of("the provider broke off its answer and gave the reason \"" + word + "\"")));
        }
    }

    /** Perplexity lists the pages that the numbers in its text stand for, in every chunk all of them. */
    private void onCitations(JsonMembers chunk) throws CodecException {
        JsonNode urls = chunk.list("citations");
        if (urls == null) {
            return;
        }
        for (int i = citations; i < urls.size(); i++) {
            String url = urls.get(i).asText("");
            if (!url.isEmpty()) {
                Citation citation = new Citation.Web(url, title(chunk, url), null, null, null);
                choices.values().forEach(choice -> choice.cite(citation, this::tell));
            }
        }
        citations = Math.max(citations, urls.size());
    }

    private static @Nullable String title(JsonMembers chunk, String url) {
        JsonNode results = chunk.peek("search_results");
        if (results != null) {
            for (JsonNode result : results) {
                if (result.path("url").asText("").equals(url)
                        && !result.path("title").asText("").isEmpty()) {
                    return result.path("title").asText();
                }
            }
        }
        return null;
    }

    private void onUsage(JsonMembers chunk, List<Extra> extras) throws CodecException {
        JsonMembers stated = chunk.object("usage");
        JsonNode groq = chunk.peek("x_groq");
        if (stated == null && groq != null && groq.path("usage") instanceof ObjectNode inside) {
            report(ChatUsage.read(JsonMembers.ofReply(inside, "x_groq.usage"), source.totals())
                    .usage());
        }
        if (stated != null) {
            ChatUsage.Reading reading = ChatUsage.read(stated, source.totals());
            report(reading.usage());
            stated.leftOver(OpenAiChatCodec.DIALECT, extras);
            leftOver(reading.prompt(), extras);
            leftOver(reading.completion(), extras);
        }
    }

    /** OpenRouter says with its error what the answer has cost so far. */
    private void onLastUsage(ObjectNode error) throws CodecException {
        if (error.path("usage").isObject()) {
            onUsage(JsonMembers.ofReply(error, ""), new ArrayList<>());
        }
    }

    private static void leftOver(@Nullable JsonMembers details, List<Extra> extras) {
        if (details != null) {
            details.leftOver(OpenAiChatCodec.DIALECT, extras);
        }
    }

    private void report(Usage stated) {
        if (!stated.equals(usage)) {
            usage = stated;
            tellLater(new ChatEvent.UsageReported(stated));
        }
    }

    /** Chunks repeat their fields: told is what is new. */
    private void tellOnce(Extra extra) {
        Extra before = told.get(extra.name());
        if (!extra.equals(before) && (before != null || told.size() < MAX_EXTRAS)) {
            told.put(extra.name(), extra);
            tellLater(new ChatEvent.ExtraReported(extra));
        }
    }

    /** The provider says that it has said everything. */
    void done() {
        if (isOver()) {
            return;
        }
        if (choices.isEmpty()) {
            fail(new ChatFailure(ChatFailure.Kind.SERVER_ERROR, "the provider ended its stream without an answer"));
            return;
        }
        start();
        choices.values().forEach(choice -> choice.finish(this::tell));
        state = State.OVER;
        out.accept(new ChatEvent.Ended());
    }

    /** Nothing more comes: the answer is whole if every choice has finished. */
    void end(ChatFailure otherwise) {
        boolean whole = !choices.isEmpty() && choices.values().stream().allMatch(ChatAnswerChoice::isFinished);
        if (whole) {
            done();
        } else {
            fail(otherwise);
        }
    }

    /** The answer breaks off. */
    void fail(ChatFailure failure) {
        if (!isOver()) {
            state = State.OVER;
            out.accept(new ChatEvent.Failed(failure));
        }
    }

    private void start() {
        if (state == State.BEFORE) {
            state = State.WITHIN;
            out.accept(new ChatEvent.Started(id, model, created, null));
            held.forEach(out);
            held.clear();
        }
    }

    private void tell(ChatEvent event) {
        start();
        out.accept(event);
    }

    /** Says nothing of the answer itself, so it begins nothing. */
    private void tellLater(ChatEvent event) {
        if (held.size() >= MAX_HELD) {
            start();
        }
        if (state == State.BEFORE) {
            held.add(event);
        } else {
            out.accept(event);
        }
    }

    /** Another one for every call and every answer: the ids of all turns stand in one conversation. */
    private String madeUpId() {
        long seed = id.isEmpty() ? salt : id.hashCode() * 0x9E3779B97F4A7C15L + id.length();
        return "call_" + Long.toUnsignedString(seed, 36) + "_" + madeUpIds++;
    }
}
