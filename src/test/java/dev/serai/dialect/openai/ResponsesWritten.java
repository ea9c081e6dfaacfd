package dev.serai.dialect.openai;

import dev.serai.conversation.Block;
import dev.serai.conversation.CacheMark;
import dev.serai.conversation.CacheSettings;
import dev.serai.conversation.ChatEvent;
import dev.serai.conversation.ChatFailure;
import dev.serai.conversation.ChatRequest;
import dev.serai.conversation.Citation;
import dev.serai.conversation.Content;
import dev.serai.conversation.Delivery;
import dev.serai.conversation.Effort;
import dev.serai.conversation.Extra;
import dev.serai.conversation.FinishReason;
import dev.serai.conversation.Labels;
import dev.serai.conversation.Limits;
import dev.serai.conversation.Logprobs;
import dev.serai.conversation.Message;
import dev.serai.conversation.Output;
import dev.serai.conversation.OutputFormat;
import dev.serai.conversation.RawJson;
import dev.serai.conversation.Reasoning;
import dev.serai.conversation.Role;
import dev.serai.conversation.Sampling;
import dev.serai.conversation.ServiceTier;
import dev.serai.conversation.Signature;
import dev.serai.conversation.Source;
import dev.serai.conversation.Tool;
import dev.serai.conversation.ToolChoice;
import dev.serai.conversation.Usage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Requests of clients and answers of providers of other dialects, to be written as responses. */
final class ResponsesWritten {
    private static final RawJson SCHEMA = new RawJson(
            "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}},\"required\":[\"city\"]}");
    private static final RawJson OPTIONAL =
            new RawJson("{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}}}");

    private ResponsesWritten() {}

    /** An answer, and what was asked. */
    record Answer(ChatRequest request, List<ChatEvent> events) {}

    static Map<String, ChatRequest> requests() {
        Map<String, ChatRequest> requests = new LinkedHashMap<>();
        requests.put("of-messages", ofMessages());
        requests.put("of-chat", ofChat());
        requests.put("of-gemini", ofGemini());
        requests.put("of-long-names", ofLongNames());
        requests.put("of-documents", ofDocuments());
        requests.put("of-another-model", ofAnotherModel());
        requests.put(
                "of-thinking-switched-off",
                plain().reasoning(new Reasoning(Reasoning.Mode.OFF, null, null, null, null))
                        .build());
        requests.put(
                "of-thinking-as-the-model-likes",
                plain().reasoning(new Reasoning(Reasoning.Mode.ADAPTIVE, null, null, null, null))
                        .build());
        requests.put("of-nothing", ChatRequest.builder("m").build());
        return requests;
    }

    private static dev.serai.conversation.ChatRequestBuilder plain() {
        return ChatRequest.builder("m").add(Role.USER, "x");
    }

    /** As Claude Code asks. */
    private static ChatRequest ofMessages() {
        Content marked = new Content.Text("You are an agent.", List.of(), CacheMark.ONE_HOUR, null);
        return ChatRequest.builder("m")
                .add(new Message(Role.SYSTEM, List.of(new Content.Text("Billing line"), marked)))
                .add(new Message(Role.USER, List.of(new Content.Text("Look", List.of(), CacheMark.FIVE_MINUTES, null))))
                .add(new Message(
                        Role.ASSISTANT,
                        List.of(
                                new Content.Thinking("Hm", new Signature("EqoB", "anthropic-messages", "claude")),
                                new Content.RedactedThinking(new Signature("RED", "anthropic-messages", "claude")),
                                new Content.Text("I look."),
                                new Content.ToolCall("toolu_1", "look", ""),
                                new Content.Opaque("anthropic-messages", "server_tool_use", RawJson.EMPTY_OBJECT))))
                .add(new Message(
                        Role.USER,
                        List.of(
                                new Content.ToolResult(
                                        "toolu_1",
                                        null,
                                        List.of(
                                                new Content.Text("Not found"),
                                                new Content.Image(new Source.Base64("image/png", "iVBO"))),
                                        true,
                                        CacheMark.FIVE_MINUTES),
                                new Content.Text("Try again"))))
                .add(new Tool.Function("look", "Looks", OPTIONAL, true, null, CacheMark.FIVE_MINUTES))
                .add(new Tool.Function("strict", null, SCHEMA, true, null, null))
                .add(new Tool.BuiltIn("anthropic-messages", "web_search_20250305", RawJson.EMPTY_OBJECT))
                .toolChoice(new ToolChoice.Required())
                .parallelToolCalls(false)
                .limits(new Limits(32_000L, List.of("STOP"), null))
                .reasoning(new Reasoning(Reasoning.Mode.ON, null, 10_000L, null, null))
                .sampling(new Sampling(1.0, null, 5L, null, null, null, Map.of()))
                .delivery(new Delivery(true, null, ServiceTier.STANDARD, null, null))
                .cache(new CacheSettings(null, null, CacheMark.FIVE_MINUTES, null))
                .add(new Extra("anthropic-messages", "context_management", RawJson.EMPTY_OBJECT))
                .build();
    }

    private static ChatRequest ofChat() {
        return ChatRequest.builder("m")
                .add(Role.DEVELOPER, "Be brief.")
                .add(new Message(Role.USER, List.of(new Content.Text("Hi")), "ann"))
                .add(new Message(Role.ASSISTANT, List.of(new Content.Refusal("No."), new Content.Text("Or yes."))))
                .add(Role.USER, "Then?")
                .toolChoice(new ToolChoice.Opaque("gemini", RawJson.EMPTY_OBJECT))
                .output(new Output(
                        new OutputFormat.JsonSchema(null, null, SCHEMA, true),
                        Output.Verbosity.LOW,
                        List.of(Output.Modality.TEXT, Output.Modality.AUDIO),
                        new Output.Speech("alloy", "wav"),
                        true,
                        5))
                .sampling(new Sampling(0.2, 0.9, null, 0.1, 0.2, 7L, Map.of("1", 2.0)))
                .limits(new Limits(5L, List.of(), 3))
                .reasoning(Reasoning.of(Effort.HIGH))
                .delivery(new Delivery(true, true, ServiceTier.BATCH, true, null))
                .labels(new Labels("u", "s", Map.of("k", "v")))
                .build();
    }

    private static ChatRequest ofGemini() {
        Signature signature = new Signature("sig", "gemini", "gemini-3");
        return ChatRequest.builder("m")
                .add(new Message(
                        Role.USER,
                        List.of(
                                new Content.Audio(new Source.Base64("audio/mpeg", "SUQz")),
                                new Content.Audio(new Source.Base64("audio/ogg", "T2dn")),
                                new Content.Document(new Source.Url("gs://b/film", "video/mp4")),
                                new Content.Image(new Source.FileId("gemini", "files/1")))))
                .add(new Message(
                        Role.ASSISTANT,
                        List.of(
                                new Content.Thinking("Summary", true, null),
                                new Content.Text("Words", List.of(), null, signature),
                                new Content.Image(new Source.Base64("image/png", "iVBO")),
                                new Content.ToolCall("c1", "f", Tool.Kind.FUNCTION, "{\"a\":1}", null, signature))))
                .add(new Message(
                        Role.USER,
                        List.of(new Content.ToolResult(
                                "c1", "f", List.of(new Content.Text("{\"ok\":true}")), false, null))))
                .toolChoice(new ToolChoice.Allowed(List.of("f"), true))
                .add(new Tool.Function("f", null, null))
                .cache(new CacheSettings(null, null, null, "cachedContents/1"))
                .build();
    }

    private static ChatRequest ofLongNames() {
        String id = "toolu_" + "x".repeat(90);
        String user = "user_" + "0".repeat(64) + "_account__session_1";
        return ChatRequest.builder("m")
                .add(new Message(Role.ASSISTANT, List.of(new Content.ToolCall(id, "f", "{}"))))
                .add(new Message(Role.USER, List.of(new Content.ToolResult(id, "1"))))
                .labels(new Labels(user, null, Map.of()))
                .build();
    }

    private static ChatRequest ofDocuments() {
        return ChatRequest.builder("m")
                .add(new Message(
                        Role.USER,
                        List.of(
                                new Content.Document(
                                        new Source.PlainText("Plain"),
                                        "Title",
                                        "Context",
                                        true,
                                        CacheMark.FIVE_MINUTES),
                                new Content.Document(
                                        new Source.Parts(List.of(
                                                new Content.Text("Part"),
                                                new Content.Image(new Source.Url("https://example.com/p.png", null)))),
                                        null,
                                        null,
                                        false,
                                        null),
                                new Content.Document(new Source.Base64("text/csv", "YSxi")),
                                new Content.Document(
                                        new Source.Url("https://example.com/d.pdf", "application/pdf"),
                                        "d",
                                        null,
                                        null,
                                        null))))
                .build();
    }

    private static ChatRequest ofAnotherModel() {
        return ChatRequest.builder("m")
                .add(new Message(
                        Role.ASSISTANT,
                        List.of(
                                new Content.Thinking(
                                        "Own", true, new Signature("gA", "openai-responses", "provider-model", "rs_1")),
                                new Content.Thinking(
                                        "", new Signature("gB", "openai-responses", "another-model", "rs_2")),
                                new Content.Thinking("Whose?", new Signature("gC", "openai-responses", null, null)))))
                .build();
    }

    static Map<String, Answer> answers() {
        Map<String, Answer> answers = new LinkedHashMap<>();
        answers.put("text", answer(text(0, "Hel", "lo"), FinishReason.STOP));
        answers.put("two-texts-are-parts", answer(join(text(0, "One"), text(1, "Two")), FinishReason.STOP_SEQUENCE));
        answers.put("thinking-of-claude", thinkingOfClaude());
        answers.put(
                "thinking-where-a-summary-is-wanted",
                new Answer(
                        ChatRequest.builder("m")
                                .reasoning(new Reasoning(null, Effort.LOW, null, Reasoning.Summary.AUTO, true))
                                .build(),
                        whole(join(thinking(0, "Hm"), text(1, "Yes")), FinishReason.STOP)));
        answers.put("calls-of-gemini", callsOfGemini());
        answers.put("parallel-calls-interleaved", answer(interleaved(), FinishReason.TOOL_CALLS));
        answers.put("text-while-calls-are-open", answer(textBetween(), FinishReason.TOOL_CALLS));
        answers.put(
                "max-tokens-within-a-call",
                answer(
                        join(
                                text(0, "I"),
                                List.of(
                                        start(1, new Block.ToolCall("c", "f", Tool.Kind.FUNCTION)),
                                        arguments(1, "{\"a\""),
                                        end(1))),
                        FinishReason.MAX_TOKENS));
        answers.put("max-tokens-within-words", answer(text(0, "Hel"), FinishReason.CONTEXT_FULL));
        answers.put("content-filter", answer(List.of(), FinishReason.CONTENT_FILTER));
        answers.put(
                "refusal",
                answer(
                        List.of(start(0, new Block.Refusal()), new ChatEvent.RefusalDelta(0, 0, "No."), end(0)),
                        FinishReason.REFUSAL));
        answers.put("codex-tools", codexTools());
        answers.put("logprobs-behind-the-words", logprobs());
        answers.put("citations", citations());
        answers.put("several-choices", severalChoices());
        answers.put("sound-and-pictures", soundAndPictures());
        answers.put(
                "failure-in-the-middle",
                new Answer(
                        asked(),
                        List.of(
                                started(),
                                start(0, new Block.Text()),
                                new ChatEvent.TextDelta(0, 0, "Hel"),
                                new ChatEvent.Failed(new ChatFailure(
                                        ChatFailure.Kind.OVERLOADED,
                                        "Too \"busy\"",
                                        "overloaded_error",
                                        null,
                                        529,
                                        null)))));
        answers.put(
                "failure-before-anything",
                new Answer(
                        asked(),
                        List.of(new ChatEvent.Failed(new ChatFailure(
                                ChatFailure.Kind.CONTEXT_TOO_LONG, "Too long", null, "input", null, null)))));
        answers.put("everything-that-was-asked", everythingAsked());
        return answers;
    }

    private static ChatRequest asked() {
        return ChatRequest.builder("m").build();
    }

    private static ChatEvent started() {
        return new ChatEvent.Started("msg_01", "claude", null, null);
    }

    private static ChatEvent start(int block, Block kind) {
        return new ChatEvent.BlockStarted(0, block, kind);
    }

    private static ChatEvent end(int block) {
        return new ChatEvent.BlockEnded(0, block);
    }

    private static ChatEvent arguments(int block, String piece) {
        return new ChatEvent.ToolArgumentsDelta(0, block, piece);
    }

    private static List<ChatEvent> text(int block, String... pieces) {
        List<ChatEvent> events = new ArrayList<>(List.of(start(block, new Block.Text())));
        for (String piece : pieces) {
            events.add(new ChatEvent.TextDelta(0, block, piece));
        }
        events.add(end(block));
        return events;
    }

    private static List<ChatEvent> thinking(int block, String text) {
        return List.of(
                start(block, new Block.Thinking(false)), new ChatEvent.ThinkingDelta(0, block, text), end(block));
    }

    @SafeVarargs
    private static List<ChatEvent> join(List<ChatEvent>... lists) {
        List<ChatEvent> all = new ArrayList<>();
        for (List<ChatEvent> list : lists) {
            all.addAll(list);
        }
        return all;
    }

    private static List<ChatEvent> whole(List<ChatEvent> content, FinishReason reason) {
        return join(
                List.of(started()),
                content,
                List.of(
                        new ChatEvent.Finished(0, reason),
                        new ChatEvent.UsageReported(new Usage(10, 20, 3, 4, 0, 5, 6, 0)),
                        new ChatEvent.Ended()));
    }

    private static Answer answer(List<ChatEvent> content, FinishReason reason) {
        return new Answer(asked(), whole(content, reason));
    }

    private static Answer thinkingOfClaude() {
        Signature signature = new Signature("EqoB", "anthropic-messages", "claude");
        return answer(
                join(
                        List.of(
                                start(0, new Block.Thinking(false)),
                                new ChatEvent.ThinkingDelta(0, 0, "Hm"),
                                new ChatEvent.SignatureAdded(0, 0, signature),
                                end(0),
                                start(1, new Block.Thinking(false)),
                                new ChatEvent.SignatureAdded(0, 1, signature),
                                end(1),
                                start(2, new Block.Whole(new Content.RedactedThinking(signature))),
                                end(2)),
                        text(3, "Yes")),
                FinishReason.PAUSED);
    }

    private static Answer callsOfGemini() {
        Signature signature = new Signature("sig", "gemini", "gemini-3");
        return answer(
                List.of(
                        start(0, new Block.Text()),
                        new ChatEvent.TextDelta(0, 0, "Signed"),
                        new ChatEvent.SignatureAdded(0, 0, signature),
                        end(0),
                        start(1, new Block.ToolCall("c1", "f", Tool.Kind.FUNCTION)),
                        new ChatEvent.SignatureAdded(0, 1, signature),
                        arguments(1, "{\"a\":1}"),
                        end(1),
                        start(2, new Block.ToolCall("c2", "g", Tool.Kind.FUNCTION)),
                        end(2)),
                FinishReason.TOOL_CALLS);
    }

    private static List<ChatEvent> interleaved() {
        return List.of(
                start(0, new Block.ToolCall("c1", "f", Tool.Kind.FUNCTION)),
                start(1, new Block.ToolCall("c2", "g", Tool.Kind.FUNCTION)),
                arguments(0, "{\"a\""),
                arguments(1, "{\"b\""),
                arguments(0, ":1}"),
                arguments(1, ":2}"),
                end(1),
                end(0));
    }

    private static List<ChatEvent> textBetween() {
        return join(
                List.of(
                        start(0, new Block.ToolCall("c1", "f", Tool.Kind.FUNCTION)),
                        arguments(0, "{"),
                        start(1, new Block.ToolCall("c2", "g", Tool.Kind.FUNCTION)),
                        arguments(1, "{")),
                text(2, "Wait"),
                List.of(arguments(1, "}"), arguments(0, "}"), end(0), end(1)));
    }

    /** Custom tools are packed for models that know only functions, and namespaces are a part of the name. */
    private static Answer codexTools() {
        ChatRequest request = ChatRequest.builder("m")
                .add(new Tool.Custom("apply_patch", null, null))
                .add(new Tool.Function("mcp__docs__search", null, null, null, "mcp__docs__", null))
                .build();
        return new Answer(
                request,
                whole(
                        List.of(
                                start(0, new Block.ToolCall("c1", "apply_patch", Tool.Kind.FUNCTION)),
                                arguments(0, "{\"in"),
                                arguments(0, "put\": \"*** Begin\\nA\\"),
                                arguments(0, "u00e9 \\ud83d"),
                                arguments(0, "\\ude00\"}"),
                                end(0),
                                start(1, new Block.ToolCall("c2", "mcp__docs__search", Tool.Kind.FUNCTION)),
                                arguments(1, "{\"q\":1}"),
                                end(1),
                                start(2, new Block.ToolCall("c3", "search", Tool.Kind.FUNCTION)),
                                end(2)),
                        FinishReason.TOOL_CALLS));
    }

    private static Answer logprobs() {
        Logprobs.Candidate token = new Logprobs.Candidate("Hé", -0.5, null);
        Logprobs logprobs = new Logprobs(List.of(new Logprobs.Token(token, List.of(token))), List.of());
        return answer(
                join(
                        List.of(
                                start(0, new Block.Text()),
                                new ChatEvent.LogprobsAdded(0, logprobs),
                                new ChatEvent.TextDelta(0, 0, "Hé"),
                                end(0)),
                        List.of(
                                start(1, new Block.ToolCall("c1", "f", Tool.Kind.FUNCTION)),
                                end(1),
                                new ChatEvent.LogprobsAdded(0, logprobs))),
                FinishReason.TOOL_CALLS);
    }

    private static Answer citations() {
        Citation web = new Citation.Web("https://example.com", "E", "words", null, "tok");
        Citation page =
                new Citation.OfDocument(0, null, "a.pdf", "words", Citation.Unit.PAGES, new Citation.Range(1, 2), null);
        return answer(
                List.of(
                        start(0, new Block.Text()),
                        new ChatEvent.TextDelta(0, 0, "Sée"),
                        new ChatEvent.CitationAdded(0, 0, web),
                        new ChatEvent.CitationAdded(0, 0, new Citation.Opaque("gemini", RawJson.EMPTY_OBJECT)),
                        new ChatEvent.CitationAdded(0, 0, page),
                        new ChatEvent.TextDelta(0, 0, "."),
                        end(0)),
                FinishReason.STOP);
    }

    private static Answer severalChoices() {
        return new Answer(
                asked(),
                List.of(
                        new ChatEvent.Started("", "", 5L, null),
                        new ChatEvent.BlockStarted(1, 0, new Block.Text()),
                        new ChatEvent.TextDelta(1, 0, "Other"),
                        new ChatEvent.BlockEnded(1, 0),
                        start(0, new Block.Text()),
                        new ChatEvent.TextDelta(0, 0, "First"),
                        end(0),
                        new ChatEvent.Finished(1, FinishReason.MAX_TOKENS),
                        new ChatEvent.Finished(0, FinishReason.STOP),
                        new ChatEvent.Ended()));
    }

    private static Answer soundAndPictures() {
        return answer(
                List.of(
                        start(0, new Block.Audio("a", "audio/wav")),
                        new ChatEvent.AudioDelta(0, 0, "UklG", ""),
                        new ChatEvent.AudioDelta(0, 0, "", "Spoken"),
                        end(0),
                        start(1, new Block.Whole(new Content.Image(new Source.Base64("image/png", "iVBO")))),
                        end(1),
                        start(2, new Block.Whole(new Content.Opaque("anthropic-messages", "x", RawJson.EMPTY_OBJECT))),
                        end(2),
                        new ChatEvent.ServiceTierReported(ServiceTier.PRIORITY),
                        new ChatEvent.ExtraReported(
                                new Extra("openai-responses", "conversation", new RawJson("{\"id\": \"conv_1\"}")))),
                FinishReason.OTHER);
    }

    private static Answer everythingAsked() {
        ChatRequest request = ofMessages().toBuilder()
                .messages(List.of(Message.of(Role.SYSTEM, "Be brief.")))
                .output(new Output(new OutputFormat.JsonObject(), Output.Verbosity.HIGH, List.of(), null, null, 2))
                .labels(new Labels("u", "s", Map.of("k", "v")))
                .cache(new CacheSettings("key", "24h", null, null))
                .delivery(new Delivery(true, null, null, true, "resp_0"))
                .build();
        return new Answer(request, whole(text(0, "Hi"), FinishReason.MALFORMED_TOOL_CALL));
    }
}
