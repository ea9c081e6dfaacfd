package dev.serai.dialect.openai;

import dev.serai.conversation.CacheMark;
import dev.serai.conversation.CacheSettings;
import dev.serai.conversation.ChatReply;
import dev.serai.conversation.ChatRequest;
import dev.serai.conversation.ChatRequestBuilder;
import dev.serai.conversation.Choice;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Requests and replies as other dialects bring them, to be written in Chat. */
final class ChatCases {
    private static final RawJson CITY = new RawJson(
            "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}},\"required\":[\"city\"]}");
    private static final RawJson OPTIONAL =
            new RawJson("{\"type\":\"object\",\"properties\":{\"unit\":{\"type\":\"string\"}}}");

    private ChatCases() {}

    record Asked(ChatRequest request, String model) {}

    record Answered(ChatReply reply, ChatRequest asked) {}

    private static ChatRequestBuilder hello() {
        return ChatRequest.builder("asked").add(Role.USER, "Hello");
    }

    private static Message said(Content... contents) {
        return new Message(Role.ASSISTANT, List.of(contents));
    }

    private static Message user(Content... contents) {
        return new Message(Role.USER, List.of(contents));
    }

    static Map<String, Asked> requests() {
        Map<String, Asked> cases = new LinkedHashMap<>();
        agents(cases);
        contents(cases);
        tools(cases);
        settings(cases);
        return cases;
    }

    private static void put(Map<String, Asked> cases, String name, ChatRequestBuilder request) {
        cases.put(name, new Asked(request.build(), "target"));
    }

    private static void agents(Map<String, Asked> cases) {
        Signature claude = new Signature("c2lnbmVk", "anthropic-messages", "claude-sonnet-4-6");
        ChatRequestBuilder agent = ChatRequest.builder("claude-sonnet-4-6")
                .add(new Message(
                        Role.SYSTEM,
                        List.of(
                                new Content.Text("You are an agent."),
                                new Content.Text("Be brief.", List.of(), CacheMark.ONE_HOUR, null))))
                .add(user(new Content.Text("Look at the picture.")))
                .add(said(
                        new Content.Thinking("I should look.", claude),
                        new Content.Text("I look."),
                        new Content.ToolCall("toolu_01", "Read", "{\"path\":\"a.png\"}"),
                        new Content.ToolCall("toolu_02", "Bash", "")))
                .add(user(
                        new Content.ToolResult(
                                "toolu_01",
                                null,
                                List.of(new Content.Image(new Source.Base64("image/png", "AAAA"))),
                                false,
                                null),
                        new Content.ToolResult(
                                "toolu_02",
                                null,
                                List.of(new Content.Text("not"), new Content.Text("found")),
                                true,
                                CacheMark.FIVE_MINUTES),
                        new Content.Text("What is it?")))
                .add(new Message(Role.SYSTEM, List.of(new Content.Text("A reminder in the middle."))))
                .add(new Tool.Function("Read", "Reads", CITY, null, null, CacheMark.FIVE_MINUTES))
                .add(new Tool.Function("Bash", null, null))
                .add(new Tool.BuiltIn(
                        "anthropic-messages", "web_search_20250305", new RawJson("{\"type\":\"web_search_20250305\"}")))
                .limits(Limits.ofTokens(32_000))
                .reasoning(new Reasoning(Reasoning.Mode.ON, null, 31_999L, null, null))
                .delivery(Delivery.STREAM)
                .labels(new Labels("user_1", null, Map.of()))
                .add(new Extra("anthropic-messages", "context_management", new RawJson("{\"edits\":[]}")));
        put(cases, "claude-code", agent);
        put(
                cases,
                "codex",
                ChatRequest.builder("gpt-5-codex")
                        .add(Role.SYSTEM, "Instructions")
                        .add(Role.DEVELOPER, "Permissions")
                        .add(Role.USER, "Patch it")
                        .add(said(
                                new Content.RedactedThinking(
                                        new Signature("ZW5j", "openai-responses", "gpt-5-codex", "rs_1")),
                                new Content.ToolCall(
                                        "call_1", "apply_patch", Tool.Kind.CUSTOM, "*** Begin\n\"x\"", null, null)))
                        .add(user(new Content.ToolResult("call_1", "done")))
                        .add(
                                new Tool.Custom(
                                        "apply_patch",
                                        "Patches files.",
                                        new RawJson(
                                                "{\"type\":\"grammar\",\"syntax\":\"lark\",\"definition\":\"start: \\\"x\\\"\"}")))
                        .add(new Tool.BuiltIn(
                                "openai-responses", "web_search", new RawJson("{\"type\":\"web_search\"}")))
                        .parallelToolCalls(true)
                        .toolChoice(new ToolChoice.Auto())
                        .reasoning(new Reasoning(null, Effort.HIGH, null, Reasoning.Summary.AUTO, true))
                        .delivery(new Delivery(true, null, null, false, null))
                        .cache(new CacheSettings("session-1", null, null, null)));
        put(
                cases,
                "gemini",
                ChatRequest.builder("gemini-3-pro")
                        .add(Role.SYSTEM, "Instructions")
                        .add(user(
                                new Content.Document(new Source.Url("gs://films/a.mp4", "video/mp4")),
                                new Content.Text("What happens?")))
                        .add(said(new Content.ToolCall(
                                "call_1",
                                "look",
                                Tool.Kind.FUNCTION,
                                "{}",
                                null,
                                new Signature("c2ln", "gemini", "gemini-3-pro"))))
                        .add(user(new Content.ToolResult(
                                "call_1", "look", List.of(new Content.Text("{\"seen\":true}")), false, null)))
                        .sampling(new Sampling(0.5, 0.9, 40L, null, null, 7L, Map.of()))
                        .reasoning(new Reasoning(null, null, 0L, Reasoning.Summary.AUTO, null))
                        .cache(new CacheSettings(null, null, null, "cachedContents/1"))
                        .add(new Extra("gemini", "safetySettings", new RawJson("[]"))));
    }

    private static void contents(Map<String, Asked> cases) {
        put(
                cases,
                "documents",
                ChatRequest.builder("asked")
                        .add(user(
                                new Content.Document(
                                        new Source.Base64("application/pdf", "AAAA"), "a.pdf", "context", true, null),
                                new Content.Document(new Source.Base64("text/csv", "AAAA")),
                                new Content.Document(new Source.Url("https://example.com/b.pdf", null)),
                                new Content.Document(new Source.PlainText("plain"), "c.txt", null, null, null),
                                new Content.Document(
                                        new Source.Parts(List.of(new Content.Text("one"), new Content.Text("two")))),
                                new Content.Document(new Source.FileId("anthropic-messages", "file_1")),
                                new Content.Document(
                                        new Source.FileId("openai-chat", "file-2"), "d.pdf", null, null, null))));
        put(
                cases,
                "pictures-and-sound",
                ChatRequest.builder("asked")
                        .add(user(
                                new Content.Image(
                                        new Source.Url("https://example.com/a.png", "image/png"),
                                        Content.Detail.ORIGINAL,
                                        CacheMark.ONE_HOUR,
                                        null),
                                new Content.Image(new Source.Base64(null, "AAAA")),
                                new Content.Image(new Source.FileId("openai-responses", "file-1")),
                                new Content.Audio(new Source.Base64("audio/mpeg", "AAAA")),
                                new Content.Audio(new Source.Base64("audio/L16;rate=24000", "AAAA")),
                                new Content.Audio(new Source.Base64(null, "AAAA")),
                                new Content.Audio(new Source.Url("https://example.com/a.mp3", "audio/mp3"))))
                        .add(said(
                                new Content.Image(new Source.Base64("image/png", "AAAA")),
                                new Content.Text("A picture."))));
        put(
                cases,
                "spoken-answers",
                hello().add(said(new Content.Audio(new Source.Base64("audio/wav", "AAAA"), "Hi there", "audio_1")))
                        .add(Role.USER, "And?")
                        .add(said(new Content.Audio(new Source.Base64("audio/wav", "AAAA"), "Nothing", null))));
        Signature field = new Signature("reasoning_content", "openai-chat", "target");
        Signature other = new Signature("reasoning_content", "openai-chat", "other");
        put(
                cases,
                "thinking-goes-back-to-its-model",
                hello().add(said(new Content.Thinking("Mine.", field), new Content.ToolCall("call_1", "f", "{}")))
                        .add(user(new Content.ToolResult("call_1", "1")))
                        .add(said(new Content.Thinking("Another's.", other), new Content.ToolCall("call_2", "f", "{}")))
                        .add(user(new Content.ToolResult("call_2", "2"))));
        Signature detail = new Signature(
                "{\"type\":\"reasoning.text\",\"format\":\"anthropic-claude-v1\",\"index\":0,\"signature\":\"c2ln\"}",
                "openai-chat",
                "target");
        Signature encrypted = new Signature(
                "{\"type\":\"reasoning.encrypted\",\"data\":\"ZGF0YQ==\",\"index\":1}", "openai-chat", null);
        put(
                cases,
                "details-go-back-to-their-model",
                hello().add(said(
                        new Content.Thinking("Hm.", detail),
                        new Content.RedactedThinking(encrypted),
                        new Content.Text("Hi."))));
        put(
                cases,
                "mistral-thinking",
                hello().add(said(
                        new Content.Thinking("Hm.", new Signature("content", "openai-chat", "target")),
                        new Content.Text("Hi."))));
        put(
                cases,
                "empty-messages",
                ChatRequest.builder("asked")
                        .add(new Message(Role.SYSTEM, List.of()))
                        .add(new Message(Role.USER, List.of()))
                        .add(said(new Content.Thinking("lost", null)))
                        .add(said(new Content.Refusal("No."))));
        put(
                cases,
                "results-before-words",
                hello().add(said(new Content.ToolCall("call_1", "f", "{}")))
                        .add(user(
                                new Content.Text("Before"),
                                new Content.ToolResult("call_1", "1"),
                                new Content.Text("After"))));
        put(
                cases,
                "opaque-contents",
                hello().add(said(
                        new Content.Opaque(
                                "anthropic-messages", "server_tool_use", new RawJson("{\"type\":\"server_tool_use\"}")),
                        new Content.Opaque(
                                "openai-chat",
                                "reference",
                                new RawJson("{\"type\":\"reference\",\"reference_ids\":[1]}")),
                        new Content.Text(
                                "Cited.",
                                List.of(new Citation.Web("https://example.com", null, null, null, null)),
                                null,
                                null))));
    }

    private static void tools(Map<String, Asked> cases) {
        String id = "toolu_with.an:id|that is much longer than forty characters";
        ChatRequestBuilder round = hello().add(
                        said(new Content.ToolCall(id, "f", "{}"), new Content.ToolCall("abcdef123", "f", "{}")))
                .add(user(new Content.ToolResult(id, "1"), new Content.ToolResult("abcdef123", "2")));
        put(cases, "long-ids", round);
        cases.put("ids-for-mistral", new Asked(round.build(), "mistral-large-latest"));
        put(
                cases,
                "strict-schemas",
                hello().add(new Tool.Function("closed", null, CITY, true, null, null))
                        .add(new Tool.Function("optional", null, OPTIONAL, true, null, null))
                        .add(new Tool.Function("loose", null, OPTIONAL, false, null, null))
                        .add(new Tool.Function("none", null, null, true, null, null))
                        .add(new Tool.Function("untyped", null, new RawJson("{\"description\":\"x\"}")))
                        .add(new Tool.Function("either", null, new RawJson("{\"anyOf\":[{\"type\":\"object\"}]}")))
                        .output(Output.of(new OutputFormat.JsonSchema(null, null, CITY, true))));
        put(
                cases,
                "a-format-that-cannot-be-strict",
                hello().output(Output.of(new OutputFormat.JsonSchema("answer", "an answer", OPTIONAL, true))));
        put(
                cases,
                "allowed-tools",
                hello().add(new Tool.Function("one", null, CITY))
                        .add(new Tool.Function("two", null, CITY))
                        .toolChoice(new ToolChoice.Allowed(List.of("two"), true))
                        .parallelToolCalls(false));
        put(
                cases,
                "a-tool-by-name",
                hello().add(new Tool.Function("one", null, CITY)).toolChoice(new ToolChoice.Named("one")));
        put(
                cases,
                "no-tool-left",
                hello().add(new Tool.BuiltIn("gemini", "googleSearch", new RawJson("{\"googleSearch\":{}}")))
                        .toolChoice(new ToolChoice.Required())
                        .parallelToolCalls(true));
    }

    private static void settings(Map<String, Asked> cases) {
        put(
                cases,
                "every-setting",
                hello().output(new Output(
                                new OutputFormat.JsonObject(),
                                Output.Verbosity.LOW,
                                List.of(Output.Modality.TEXT, Output.Modality.AUDIO),
                                new Output.Speech("alloy", "wav"),
                                true,
                                5))
                        .sampling(new Sampling(0.7, 0.9, 40L, 0.1, -0.1, 42L, Map.of("50256", -100.0)))
                        .limits(new Limits(100L, List.of("a", "b", "c", "d", "e"), 2))
                        .reasoning(Reasoning.of(Effort.MAX))
                        .delivery(new Delivery(true, false, ServiceTier.FLEX, true, null))
                        .labels(new Labels("u", "s", Map.of("k", "v")))
                        .cache(new CacheSettings("key", "24h", CacheMark.FIVE_MINUTES, null)));
        put(
                cases,
                "what-cannot-be-said",
                hello().output(new Output(null, null, List.of(), null, null, 5))
                        .reasoning(new Reasoning(Reasoning.Mode.ON, null, null, Reasoning.Summary.HIDDEN, null))
                        .delivery(new Delivery(false, null, ServiceTier.BATCH, false, null)));
        put(cases, "no-thinking", hello().reasoning(new Reasoning(Reasoning.Mode.OFF, null, null, null, null)));
        put(
                cases,
                "adaptive-thinking",
                hello().reasoning(new Reasoning(Reasoning.Mode.ADAPTIVE, null, null, null, null)));
    }

    static Map<String, Answered> replies() {
        Map<String, Answered> cases = new LinkedHashMap<>();
        ChatRequest asked = ChatBench.ASKED;
        Usage usage = new Usage(100, 50, 20, 10, 0, 30, 40, 0);
        Signature claude = new Signature("c2lnbmVk", "anthropic-messages", "claude-sonnet-4-6");
        cases.put(
                "thinking-of-claude",
                new Answered(
                        reply(
                                usage,
                                FinishReason.TOOL_CALLS,
                                new Content.Thinking("Hm.", claude),
                                new Content.RedactedThinking(
                                        new Signature("ZW5j", "anthropic-messages", "claude-sonnet-4-6")),
                                new Content.Text("I look."),
                                new Content.Thinking("Again.", claude),
                                new Content.ToolCall("toolu_1", "f", "{\"x\":1}"),
                                new Content.ToolCall("toolu_2", "g", "")),
                        asked));
        cases.put(
                "signed-calls-of-gemini",
                new Answered(
                        reply(
                                usage,
                                FinishReason.TOOL_CALLS,
                                new Content.Text(
                                        "Hi.", List.of(), null, new Signature("dGV4dA==", "gemini", "gemini-3-pro")),
                                new Content.ToolCall(
                                        "call_1",
                                        "f",
                                        Tool.Kind.FUNCTION,
                                        "{}",
                                        null,
                                        new Signature("c2ln", "gemini", "gemini-3-pro"))),
                        asked));
        cases.put(
                "reasoning-of-responses",
                new Answered(
                        reply(
                                usage,
                                FinishReason.STOP,
                                new Content.Thinking(
                                        "Summary.", true, new Signature("ZW5j", "openai-responses", "gpt-5", "rs_1")),
                                new Content.Text("Hi.")),
                        asked));
        cases.put(
                "unsigned-thinking",
                new Answered(
                        reply(usage, FinishReason.STOP, new Content.Thinking("Hm.", null), new Content.Text("Hi.")),
                        asked));
        cases.put(
                "a-custom-tool-called-as-a-function",
                new Answered(
                        reply(
                                Usage.NONE,
                                FinishReason.TOOL_CALLS,
                                new Content.ToolCall("call_1", "patch", "{\"input\":\"*** \\\"x\\\"\"}")),
                        asked.toBuilder()
                                .add(new Tool.Custom("patch", null, null))
                                .build()));
        cases.put(
                "functions-of-2023",
                new Answered(
                        reply(
                                usage,
                                FinishReason.TOOL_CALLS,
                                new Content.ToolCall("call_1", "f", "{}"),
                                new Content.ToolCall("call_2", "f", "{}")),
                        asked.toBuilder()
                                .add(new Extra("openai-chat", "functions", new RawJson("[]")))
                                .build()));
        cases.put(
                "citations",
                new Answered(
                        reply(
                                usage,
                                FinishReason.STOP,
                                new Content.Text(
                                        "One😀.",
                                        List.of(new Citation.Web(
                                                "https://a.org", "A", "cited", new Citation.Range(0, 3), "tok")),
                                        null,
                                        null),
                                new Content.Text(
                                        "Two.",
                                        List.of(
                                                new Citation.Web("https://b.org", null, null, null, null),
                                                new Citation.OfDocument(0, null, "d", "x", null, null, null)),
                                        null,
                                        null)),
                        asked));
        cases.put(
                "a-refusal",
                new Answered(reply(usage, FinishReason.REFUSAL, new Content.Refusal("I'm sorry.")), asked));
        cases.put("a-refusal-without-words", new Answered(reply(usage, FinishReason.REFUSAL), asked));
        cases.put(
                "a-stop-sequence",
                new Answered(
                        reply(
                                usage,
                                new Choice(
                                        0, List.of(new Content.Text("Hi")), FinishReason.STOP_SEQUENCE, "END", null)),
                        asked));
        cases.put(
                "cut-off-in-a-call",
                new Answered(
                        reply(usage, FinishReason.MAX_TOKENS, new Content.ToolCall("call_1", "f", "{\"x\":\"Zü")),
                        asked));
        cases.put(
                "several-choices-with-log-probabilities",
                new Answered(
                        reply(
                                usage,
                                new Choice(
                                        0,
                                        List.of(new Content.Text("A")),
                                        FinishReason.STOP,
                                        null,
                                        new Logprobs(
                                                List.of(new Logprobs.Token(
                                                        new Logprobs.Candidate("A", -0.5, List.of(65)), List.of())),
                                                List.of())),
                                new Choice(2, List.of(new Content.Text("C")), FinishReason.CONTENT_FILTER)),
                        asked));
        cases.put(
                "sound-and-pictures",
                new Answered(
                        reply(
                                new Usage(5, 0, 0, 0, 7, 1, 0, 9),
                                FinishReason.STOP,
                                new Content.Audio(new Source.Base64("audio/wav", "AAAA"), "Hi", "audio_1"),
                                new Content.Image(new Source.Base64("image/png", "AAAA"))),
                        asked));
        cases.put(
                "nothing-known",
                new Answered(
                        new ChatReply(
                                "",
                                "",
                                null,
                                List.of(new Choice(0, List.of(new Content.Text("Hi")), FinishReason.STOP)),
                                Usage.NONE,
                                ServiceTier.BATCH,
                                List.of(new Extra("gemini", "candidates[0].groundingMetadata", new RawJson("{}")))),
                        ChatRequest.builder("asked-model")
                                .add(Role.USER, "Hello")
                                .build()));
        cases.put(
                "opaque-answers",
                new Answered(
                        reply(
                                usage,
                                FinishReason.PAUSED,
                                new Content.Text("I search."),
                                new Content.Opaque("anthropic-messages", "server_tool_use", new RawJson("{}"))),
                        asked));
        return cases;
    }

    private static ChatReply reply(Usage usage, FinishReason reason, Content... contents) {
        return reply(usage, new Choice(0, List.of(contents), reason));
    }

    private static ChatReply reply(Usage usage, Choice... choices) {
        return new ChatReply("msg_1", "model-1", 1_700_000_000L, List.of(choices), usage, null, List.of());
    }
}
