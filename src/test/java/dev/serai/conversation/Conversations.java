package dev.serai.conversation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/**
 * Conversations of every shape that the model allows, for properties of codecs: requests, replies, legal streams, failures,
 * embeddings. Texts hold what JSON and UTF-8 can hold (no half of a surrogate pair). JSON is compact, with the numbers that every
 * library writes alike, so that it comes back as the same text. The model of a signature is {@link #MODEL} or another one.
 */
public final class Conversations {
    /** The model that half of the signatures belong to. */
    public static final String MODEL = "model-1";

    /** The dialects that opaque things belong to. */
    public static final List<String> DIALECTS =
            List.of("openai-chat", "openai-responses", "anthropic-messages", "gemini");

    private Conversations() {}

    /** Words in several scripts, line ends, quotes, markup, symbols outside the basic plane, nothing at all. */
    public static Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.of(
                        "",
                        " ",
                        "Hello",
                        "\n\n",
                        "\"\\/\b\f\t",
                        "é 漢字 ע",
                        "👩‍👩‍👧 𝄞",
                        "{\"a\":1}",
                        "data: [DONE]\n\n",
                        "\u2028\u0000"),
                Arbitraries.strings().alpha().numeric().withChars(" .,\n").ofMaxLength(40),
                Arbitraries.strings().excludeChars(surrogates()).ofMaxLength(12));
    }

    /** As {@link #texts}, never empty. */
    public static Arbitrary<String> words() {
        return texts().map(text -> text.isEmpty() ? "x" : text);
    }

    /** Names that every dialect takes for functions, fields and metadata. */
    public static Arbitrary<String> names() {
        return Arbitraries.strings()
                .alpha()
                .numeric()
                .withChars("_-")
                .ofMinLength(1)
                .ofMaxLength(20)
                .map(n -> "n" + n);
    }

    /** Ids that every dialect takes for calls. */
    public static Arbitrary<String> ids() {
        return Arbitraries.strings().alpha().numeric().ofLength(12).map(id -> "call_" + id);
    }

    /** Compact JSON objects. */
    public static Arbitrary<RawJson> jsonObjects() {
        return Arbitraries.of(
                        "{}",
                        "{\"a\":1}",
                        "{\"city\":\"Zürich\",\"days\":[1,2,3]}",
                        "{\"nested\":{\"deep\":{\"empty\":{},\"none\":null}},\"yes\":true}",
                        "{\"text\":\"\\\"quoted\\\" \\\\ \\n 👋\"}",
                        "{\"number\":-12.5,\"large\":9007199254740993}")
                .map(RawJson::new);
    }

    /** JSON schemas of objects, in the parts of the language that every dialect knows. */
    public static Arbitrary<RawJson> schemas() {
        return Arbitraries.of(
                        "{\"type\":\"object\",\"properties\":{}}",
                        "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\",\"description\":\"a city\"}},\"required\":[\"city\"]}",
                        "{\"type\":\"object\",\"properties\":{\"unit\":{\"type\":\"string\",\"enum\":[\"c\",\"f\"]},\"days\":{\"type\":\"array\",\"items\":{\"type\":\"integer\"}}},\"required\":[\"unit\"]}")
                .map(RawJson::new);
    }

    /** Arguments as a model writes them: an object, nothing, or an object cut off. */
    public static Arbitrary<String> arguments() {
        return Arbitraries.frequencyOf(
                Tuple.of(6, jsonObjects().map(RawJson::text)),
                Tuple.of(1, Arbitraries.just("")),
                Tuple.of(1, Arbitraries.just("{\"city\":\"Zür")));
    }

    public static Arbitrary<String> dialects() {
        return Arbitraries.of(DIALECTS);
    }

    public static Arbitrary<Signature> signatures() {
        Arbitrary<String> texts = Arbitraries.bytes()
                .array(byte[].class)
                .ofMinSize(1)
                .ofMaxSize(30)
                .map(base64());
        Arbitrary<@Nullable String> models =
                Arbitraries.<@Nullable String>of(MODEL, "model-2").injectNull(0.2);
        Arbitrary<@Nullable String> items = names().map(n -> "rs_" + n).injectNull(0.7);
        return Combinators.combine(texts, dialects(), models, items).as(Signature::new);
    }

    /** Signatures that the model made by this dialect. */
    public static Arbitrary<Signature> signatures(String dialect) {
        return signatures().map(any -> new Signature(any.text(), dialect, MODEL));
    }

    public static Arbitrary<Citation> citations() {
        Arbitrary<Citation.Range> ranges = Combinators.combine(
                        Arbitraries.longs().between(0, 20), Arbitraries.longs().between(0, 20))
                .as((from, length) -> new Citation.Range(from, from + length));
        Arbitrary<Citation> web = Combinators.combine(
                        names().map(n -> "https://example.com/" + n),
                        words().injectNull(0.3),
                        words().injectNull(0.5),
                        ranges.injectNull(0.5),
                        names().injectNull(0.7))
                .as(Citation.Web::new);
        Arbitrary<Citation> document = Combinators.combine(
                        Arbitraries.integers().between(0, 3).injectNull(0.2),
                        names().injectNull(0.7),
                        words().injectNull(0.3),
                        words().injectNull(0.3),
                        Arbitraries.of(Citation.Unit.class),
                        ranges)
                .as((index, file, title, cited, unit, place) ->
                        new Citation.OfDocument(index, file, title, cited, unit, place, null));
        Arbitrary<Citation> opaque =
                Combinators.combine(dialects(), jsonObjects()).as(Citation.Opaque::new);
        return Arbitraries.oneOf(web, document, opaque);
    }

    public static Arbitrary<Source> sources(String... mediaTypes) {
        Arbitrary<String> types = Arbitraries.of(mediaTypes);
        Arbitrary<String> data =
                Arbitraries.bytes().array(byte[].class).ofMaxSize(40).map(base64());
        return Arbitraries.oneOf(
                Combinators.combine(types, data).as(Source.Base64::new),
                Combinators.combine(names().map(n -> "https://example.com/" + n), types.injectNull(0.5))
                        .as(Source.Url::new),
                Combinators.combine(dialects(), names().map(n -> "file-" + n)).as(Source.FileId::new));
    }

    public static Arbitrary<Content> images() {
        return Combinators.combine(
                        sources("image/png", "image/jpeg", "image/webp"),
                        Arbitraries.of(Content.Detail.class).injectNull(0.6),
                        marks())
                .as((source, detail, mark) -> new Content.Image(source, detail, mark, null));
    }

    public static Arbitrary<Content> documents() {
        Arbitrary<Source> sources = Arbitraries.oneOf(
                sources("application/pdf"),
                words().map(Source.PlainText::new),
                words().map(text -> new Source.Parts(List.of(new Content.Text(text)))));
        return Combinators.combine(
                        sources,
                        words().injectNull(0.4),
                        words().injectNull(0.7),
                        Arbitraries.of(true, false).injectNull(0.6),
                        marks())
                .as(Content.Document::new);
    }

    /** What a user says. */
    public static Arbitrary<Content> userContents() {
        Arbitrary<Content> texts =
                Combinators.combine(texts(), marks()).as((text, mark) -> new Content.Text(text, List.of(), mark, null));
        Arbitrary<Content> sounds = sources("audio/wav", "audio/mp3").map(Content.Audio::new);
        return Arbitraries.frequencyOf(
                Tuple.of(6, texts), Tuple.of(2, images()), Tuple.of(1, documents()), Tuple.of(1, sounds));
    }

    /** What a tool says of this call. */
    public static Arbitrary<Content> toolResults(Content.ToolCall call) {
        Arbitrary<Content> parts =
                Arbitraries.frequencyOf(Tuple.of(5, texts().map(Content.Text::new)), Tuple.of(1, images()));
        return Combinators.combine(parts.list().ofMaxSize(3), Arbitraries.of(true, false), marks())
                .as((contents, error, mark) -> new Content.ToolResult(call.id(), call.name(), contents, error, mark));
    }

    /** What a model says, as it stands in a reply: without marks for a cache. */
    public static Arbitrary<Content> replyContents() {
        Arbitrary<Content> texts = Combinators.combine(
                        texts(), citations().list().ofMaxSize(2))
                .as((text, citations) -> new Content.Text(text, citations, null, null));
        Arbitrary<Content> thinking = Combinators.combine(
                        texts(), Arbitraries.of(true, false), signatures().injectNull(0.3))
                .as(Content.Thinking::new);
        Arbitrary<Content> calls = Combinators.combine(
                        ids(), names(), arguments(), signatures().injectNull(0.7))
                .as((id, name, arguments, signature) ->
                        new Content.ToolCall(id, name, Tool.Kind.FUNCTION, arguments, null, signature));
        Arbitrary<Content> customCalls = Combinators.combine(ids(), names(), texts())
                .as((id, name, input) -> new Content.ToolCall(id, name, Tool.Kind.CUSTOM, input, null, null));
        Arbitrary<Content> opaque =
                Combinators.combine(dialects(), names(), jsonObjects()).as(Content.Opaque::new);
        return Arbitraries.frequencyOf(
                Tuple.of(8, texts),
                Tuple.of(4, thinking),
                Tuple.of(6, calls),
                Tuple.of(1, customCalls),
                Tuple.of(1, signatures().map(Content.RedactedThinking::new)),
                Tuple.of(1, words().map(Content.Refusal::new)),
                Tuple.of(1, opaque));
    }

    private static Arbitrary<@Nullable CacheMark> marks() {
        return Arbitraries.of(CacheMark.class).injectNull(0.8);
    }

    private static Function<byte[], String> base64() {
        return Base64.getEncoder()::encodeToString;
    }

    private static char[] surrogates() {
        char[] all = new char[Character.MAX_SURROGATE - Character.MIN_SURROGATE + 1];
        for (int i = 0; i < all.length; i++) {
            all[i] = (char) (Character.MIN_SURROGATE + i);
        }
        return all;
    }

    /** Choices that agree with themselves: {@code TOOL_CALLS} exactly if a tool is called, ids of calls unique. */
    public static Arbitrary<Choice> choices(int index) {
        Arbitrary<FinishReason> reasons = Arbitraries.of(FinishReason.class);
        return Combinators.combine(
                        replyContents().list().ofMaxSize(5).map(Conversations::withUniqueIds),
                        reasons,
                        names(),
                        logprobs().injectNull(0.8))
                .as((contents, reason, stop, logprobs) -> {
                    FinishReason fitting = fitting(reason, contents);
                    return new Choice(
                            index, contents, fitting, fitting == FinishReason.STOP_SEQUENCE ? stop : null, logprobs);
                });
    }

    private static FinishReason fitting(FinishReason reason, List<Content> contents) {
        boolean calls = contents.stream().anyMatch(Content.ToolCall.class::isInstance);
        boolean cut = reason == FinishReason.MAX_TOKENS || reason == FinishReason.CONTEXT_FULL;
        if (calls && !cut) {
            return FinishReason.TOOL_CALLS;
        }
        return !calls && reason == FinishReason.TOOL_CALLS ? FinishReason.STOP : reason;
    }

    private static List<Content> withUniqueIds(List<Content> contents) {
        List<Content> unique = new ArrayList<>();
        for (Content content : contents) {
            unique.add(
                    content instanceof Content.ToolCall call
                            ? new Content.ToolCall(
                                    call.id() + unique.size(),
                                    call.name(),
                                    call.kind(),
                                    call.arguments(),
                                    call.cache(),
                                    call.signature())
                            : content);
        }
        return unique;
    }

    public static Arbitrary<Logprobs> logprobs() {
        Arbitrary<Logprobs.Candidate> candidates = Combinators.combine(
                        words(),
                        Arbitraries.of(0.0, -0.25, -1.5, -100.0),
                        Arbitraries.integers()
                                .between(0, 255)
                                .list()
                                .ofMaxSize(4)
                                .injectNull(0.3))
                .as(Logprobs.Candidate::new);
        Arbitrary<Logprobs.Token> tokens =
                Combinators.combine(candidates, candidates.list().ofMaxSize(2)).as(Logprobs.Token::new);
        return Combinators.combine(
                        tokens.list().ofMinSize(1).ofMaxSize(3), tokens.list().ofMaxSize(1))
                .as(Logprobs::new);
    }

    public static Arbitrary<Usage> usages() {
        Arbitrary<Long> tokens = Arbitraries.longs().between(0, 1_000_000);
        return Combinators.combine(tokens, tokens, tokens, tokens, tokens, tokens, tokens, tokens)
                .as(Usage::new);
    }

    /** Replies with one choice; with several in one case of five. */
    public static Arbitrary<ChatReply> chatReplies() {
        Arbitrary<List<Choice>> several = Arbitraries.frequency(Tuple.of(4, 1), Tuple.of(1, 3))
                .flatMap(n -> n == 1
                        ? choices(0).map(List::of)
                        : Combinators.combine(choices(0), choices(1), choices(2))
                                .as(List::of));
        return Combinators.combine(
                        ids(),
                        Arbitraries.of(MODEL, "model-2"),
                        Arbitraries.longs().between(0, 4_000_000_000L).injectNull(0.2),
                        several,
                        Arbitraries.oneOf(usages(), Arbitraries.just(Usage.NONE)),
                        Arbitraries.of(ServiceTier.class).injectNull(0.7),
                        extras().list().ofMaxSize(1))
                .as(ChatReply::new);
    }

    public static Arbitrary<Extra> extras() {
        return Combinators.combine(dialects(), names(), jsonObjects()).as(Extra::new);
    }

    /**
     * Legal streams: those of {@link #chatReplies}, their deltas cut into pieces anywhere but within a character, blocks and choices
     * interleaved; one in ten breaks off with a failure.
     */
    public static Arbitrary<List<ChatEvent>> streams() {
        return Combinators.combine(
                        chatReplies(),
                        Arbitraries.longs(),
                        Arbitraries.integers().between(0, 9),
                        failures())
                .as((reply, seed, broken, failure) -> {
                    List<ChatEvent> events = Interleaving.of(ReplyEvents.of(reply), new Random(seed));
                    return broken == 0 ? broken(events, failure, new Random(seed)) : events;
                });
    }

    private static List<ChatEvent> broken(List<ChatEvent> events, ChatFailure failure, Random random) {
        List<ChatEvent> begun = new ArrayList<>(events.subList(0, random.nextInt(events.size())));
        begun.add(new ChatEvent.Failed(failure));
        return begun;
    }

    public static Arbitrary<ChatFailure> failures() {
        return Combinators.combine(
                        Arbitraries.of(ChatFailure.Kind.class),
                        words(),
                        names().injectNull(0.4),
                        names().injectNull(0.6),
                        Arbitraries.integers().between(400, 599).injectNull(0.3),
                        Arbitraries.integers()
                                .between(1, 600)
                                .map(Duration::ofSeconds)
                                .injectNull(0.6))
                .as(ChatFailure::new);
    }

    /** Requests, with tools that were called and answered, instructions in the middle, and every setting said or unsaid. */
    public static Arbitrary<ChatRequest> chatRequests() {
        return Combinators.combine(
                        messages(),
                        Settings.tools(),
                        Settings.outputs(),
                        Settings.samplings(),
                        Settings.limits(),
                        Settings.reasonings(),
                        Settings.deliveries(),
                        Combinators.combine(
                                        Settings.labels(),
                                        Settings.caches(),
                                        extras().list().ofMaxSize(2).uniqueElements(Extra::name))
                                .as(Rest::new))
                .as((messages, tools, output, sampling, limits, reasoning, delivery, rest) -> ChatRequest.builder(MODEL)
                        .messages(messages)
                        .tools(tools)
                        .output(output)
                        .sampling(sampling)
                        .limits(limits)
                        .reasoning(reasoning)
                        .delivery(delivery)
                        .labels(rest.labels)
                        .cache(rest.cache)
                        .extras(rest.extras)
                        .build())
                .flatMap(request -> Combinators.combine(
                                Settings.toolChoices(request.tools()),
                                Arbitraries.of(true, false).injectNull(0.6))
                        .as((choice, parallel) -> request.toBuilder()
                                .toolChoice(choice)
                                .parallelToolCalls(parallel)
                                .build()));
    }

    private record Rest(Labels labels, CacheSettings cache, List<Extra> extras) {}

    /** Turns of a conversation: every call is answered in the message that follows. No empty message, no two alike in a row. */
    public static Arbitrary<List<Message>> messages() {
        Arbitrary<List<Message>> instructions = Combinators.combine(
                        Arbitraries.of(Role.SYSTEM, Role.DEVELOPER),
                        words().list().ofMinSize(1).ofMaxSize(2))
                .as((role, texts) -> List.of(new Message(
                        role, texts.stream().<Content>map(Content.Text::new).toList())));
        Arbitrary<List<Message>> questions = Combinators.combine(
                        userContents().list().ofMinSize(1).ofMaxSize(3), names().injectNull(0.9))
                .as((contents, name) -> List.of(new Message(Role.USER, contents, name)));
        return Arbitraries.frequencyOf(Tuple.of(2, instructions), Tuple.of(4, questions), Tuple.of(4, turns()))
                .list()
                .ofMinSize(1)
                .ofMaxSize(5)
                .map(turns -> Message.joined(
                        numbered(turns.stream().flatMap(List::stream).toList())));
    }

    private static Arbitrary<List<Message>> turns() {
        return replyContents().list().ofMinSize(1).ofMaxSize(4).flatMap(contents -> {
            Message said = new Message(Role.ASSISTANT, contents);
            Arbitrary<List<Content>> results = Arbitraries.just(List.of());
            for (Content content : contents) {
                if (content instanceof Content.ToolCall call) {
                    results = Combinators.combine(results, toolResults(call)).as((before, result) -> {
                        List<Content> all = new ArrayList<>(before);
                        all.add(result);
                        return all;
                    });
                }
            }
            return results.map(
                    answers -> answers.isEmpty() ? List.of(said) : List.of(said, new Message(Role.USER, answers)));
        });
    }

    /** Gives every call an id of its own, and its result the same. */
    private static List<Message> numbered(List<Message> messages) {
        int[] calls = {0};
        int[] results = {0};
        return messages.stream()
                .map(message -> new Message(
                        message.role(),
                        message.contents().stream()
                                .map(content -> numbered(content, calls, results))
                                .toList(),
                        message.name()))
                .toList();
    }

    private static Content numbered(Content content, int[] calls, int[] results) {
        if (content instanceof Content.ToolCall call) {
            return new Content.ToolCall(
                    "call_" + calls[0]++, call.name(), call.kind(), call.arguments(), call.cache(), call.signature());
        }
        if (content instanceof Content.ToolResult result) {
            return new Content.ToolResult(
                    "call_" + results[0]++, result.name(), result.contents(), result.isError(), result.cache());
        }
        return content;
    }

    public static Arbitrary<EmbeddingRequest> embeddingRequests() {
        Arbitrary<EmbeddingRequest.Input> texts = words().map(EmbeddingRequest.Input.Text::new);
        Arbitrary<EmbeddingRequest.Input> tokens = Arbitraries.integers()
                .between(0, 200_000)
                .list()
                .ofMinSize(1)
                .ofMaxSize(5)
                .map(EmbeddingRequest.Input.Tokens::new);
        return Combinators.combine(
                        Arbitraries.oneOf(
                                texts.list().ofMinSize(1).ofMaxSize(4),
                                tokens.list().ofMinSize(1).ofMaxSize(4)),
                        Arbitraries.integers().between(1, 3072).injectNull(0.5),
                        Arbitraries.of(EmbeddingRequest.Encoding.class).injectNull(0.4),
                        names().injectNull(0.7),
                        Arbitraries.of("RETRIEVAL_QUERY", "CLUSTERING").injectNull(0.7),
                        words().injectNull(0.8))
                .as((inputs, dimensions, encoding, user, task, title) ->
                        new EmbeddingRequest(MODEL, inputs, dimensions, encoding, user, task, title, List.of()));
    }

    public static Arbitrary<EmbeddingReply> embeddingReplies() {
        Arbitrary<Vector> vectors = Arbitraries.floats()
                .between(-1, 1)
                .array(float[].class)
                .ofMinSize(1)
                .ofMaxSize(8)
                .map(Vector::of);
        Arbitrary<Usage> usages =
                Arbitraries.longs().between(0, 10_000).map(input -> new Usage(input, 0, 0, 0, 0, 0, 0, 0));
        return Combinators.combine(vectors.list().ofMinSize(1).ofMaxSize(4), usages)
                .as((all, usage) -> new EmbeddingReply(MODEL, all, usage));
    }
}
