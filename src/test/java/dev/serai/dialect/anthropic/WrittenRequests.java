package dev.serai.dialect.anthropic;

import dev.serai.conversation.CacheSettings;
import dev.serai.conversation.ChatRequest;
import dev.serai.conversation.ChatRequestBuilder;
import dev.serai.conversation.Citation;
import dev.serai.conversation.Content;
import dev.serai.conversation.Delivery;
import dev.serai.conversation.Effort;
import dev.serai.conversation.Extra;
import dev.serai.conversation.Labels;
import dev.serai.conversation.Limits;
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
import dev.serai.dialect.EncodingTarget;
import dev.serai.dialect.ThinkingControl;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Requests of clients of other dialects, by what is special about them, with the targets they go to. */
final class WrittenRequests {
    record Written(ChatRequest request, EncodingTarget target) {}

    private static final RawJson CITY = new RawJson(
            "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\",\"minLength\":1}},\"required\":[\"city\"]}");
    private static final Tool WEATHER = new Tool.Function("weather", "The weather of a city.", CITY);

    private final Map<String, Written> cases = new LinkedHashMap<>();

    static Map<String, Written> all() {
        WrittenRequests written = new WrittenRequests();
        written.turns();
        written.tools();
        written.thinking();
        written.settings();
        written.media();
        return written.cases;
    }

    private void add(String name, ChatRequestBuilder request) {
        add(name, request, Wire.TARGET);
    }

    private void add(String name, ChatRequestBuilder request, EncodingTarget target) {
        cases.put(name, new Written(request.build(), target));
    }

    private static ChatRequestBuilder asking() {
        return ChatRequest.builder("any").add(Role.USER, "Hello");
    }

    private static Message assistant(Content... contents) {
        return new Message(Role.ASSISTANT, List.of(contents));
    }

    private static Message user(Content... contents) {
        return new Message(Role.USER, List.of(contents));
    }

    private void turns() {
        add(
                "instructions in the middle move to the front",
                ChatRequest.builder("any")
                        .add(Role.SYSTEM, "Be brief.")
                        .add(Role.USER, "Hi")
                        .add(Role.DEVELOPER, "Be kind.")
                        .add(Role.ASSISTANT, "Hello")
                        .add(Role.USER, "Bye"));
        add(
                "neighbours of one role are one turn whatever their names",
                ChatRequest.builder("any")
                        .add(new Message(Role.USER, List.of(new Content.Text("I am Ann.")), "ann"))
                        .add(new Message(Role.USER, List.of(new Content.Text("I am Bob.")), "bob"))
                        .add(Role.ASSISTANT, "Hello ")
                        .add(Role.ASSISTANT, "both. \n"));
        add(
                "the user speaks first",
                ChatRequest.builder("any").add(Role.ASSISTANT, "I begin.").add(Role.USER, "Go on."));
        add(
                "instructions alone are what the user says",
                ChatRequest.builder("any").add(Role.SYSTEM, "Be brief.").add(Role.SYSTEM, "Tell a joke."));
        add(
                "blank texts are left out",
                ChatRequest.builder("any")
                        .add(Role.SYSTEM, " ")
                        .add(Role.USER, "")
                        .add(user(new Content.Text("\n"), new Content.Text("Hi"))));
    }

    private void tools() {
        ChatRequestBuilder round = asking().add(assistant(
                        new Content.Text("I look."),
                        new Content.ToolCall("call:1/a", "weather", "{\"city\":\"Bern\"}"),
                        new Content.ToolCall("call_1_a", "weather", ""),
                        new Content.ToolCall("call.2", "weather", "{\"city\":\"Zür")))
                .add(user(new Content.Text("Thanks."), new Content.ToolResult("call:1/a", "12 °C")))
                .add(user(new Content.ToolResult("call_1_a", "{\"t\":13}"), new Content.ToolResult("call.2", "")));
        add("ids that Anthropic refuses are rewritten, and results come first", round.add(WEATHER));
        add(
                "tools that are called and not declared are declared and forbidden",
                asking().add(assistant(
                                new Content.ToolCall("c1", "weather", "{}"), new Content.ToolCall("c2", "clock", "{}")))
                        .add(user(new Content.ToolResult("c1", "12"), new Content.ToolResult("c2", "13:00"))));
        add(
                "a strict tool has a closed schema",
                asking().add(new Tool.Function("weather", null, CITY, true, null, null))
                        .add(new Tool.Function("anything", null, null, false, null, null))
                        .add(new Tool.Function(
                                "odd", null, new RawJson("{\"oneOf\":[{\"type\":\"string\"}],\"properties\":{}}")))
                        .toolChoice(new ToolChoice.Named("weather"))
                        .parallelToolCalls(true));
        add(
                "a tool that takes plain text is a function with one string",
                asking().add(new Tool.Custom("shell", "Runs it.", new RawJson("{\"type\":\"grammar\"}")))
                        .toolChoice(new ToolChoice.Required())
                        .add(assistant(
                                new Content.ToolCall("c1", "shell", Tool.Kind.CUSTOM, "echo \"hi\"\n", null, null)))
                        .add(user(new Content.ToolResult("c1", "hi"))));
        add(
                "only allowed tools are sent",
                asking().add(WEATHER)
                        .add(new Tool.Function("clock", null, null))
                        .toolChoice(new ToolChoice.Allowed(List.of("clock"), true))
                        .parallelToolCalls(false));
        add(
                "tools of another provider are left out, and then there is nothing to choose",
                asking().add(new Tool.BuiltIn(
                                "openai-responses", "web_search", new RawJson("{\"type\":\"web_search\"}")))
                        .toolChoice(new ToolChoice.Required())
                        .parallelToolCalls(false));
        add("no tool at a time", asking().add(WEATHER).parallelToolCalls(false).toolChoice(new ToolChoice.None()));
    }

    private void thinking() {
        ChatRequestBuilder effort =
                asking().reasoning(Reasoning.of(Effort.HIGH)).sampling(Sampling.of(0.2, 0.5));
        add("an effort for a model that takes budgets", effort, new EncodingTarget("claude-haiku-4-5", 64_000L));
        add("an effort for a model that takes efforts", effort, new EncodingTarget("claude-opus-4-8", 128_000L));
        add("an effort for a model of which nothing is known", effort, new EncodingTarget("glm-5", null));
        add(
                "a small effort for a model that takes efforts",
                asking().reasoning(Reasoning.of(Effort.MINIMAL)),
                new EncodingTarget("m", null, ThinkingControl.EFFORT));
        add(
                "a budget for a model that takes efforts",
                asking().reasoning(new Reasoning(Reasoning.Mode.ON, null, 10_000L, Reasoning.Summary.DETAILED, null))
                        .limits(Limits.ofTokens(2_000)),
                new EncodingTarget("claude-sonnet-5", null));
        add(
                "a budget that is more than may be written",
                asking().reasoning(new Reasoning(null, null, 10_000L, null, null))
                        .limits(Limits.ofTokens(4_000)));
        add(
                "no room for any budget",
                asking().reasoning(new Reasoning(null, null, 10_000L, null, null))
                        .limits(Limits.ofTokens(1_000)));
        add(
                "a budget without a limit makes room for itself",
                asking().reasoning(new Reasoning(Reasoning.Mode.ON, null, 30_000L, null, null)));
        add("no thinking", asking().reasoning(Reasoning.of(Effort.NONE)));
        add(
                "as the model likes for a model that takes budgets",
                asking().reasoning(new Reasoning(Reasoning.Mode.ADAPTIVE, null, null, Reasoning.Summary.HIDDEN, null)),
                new EncodingTarget("claude-sonnet-4-5-20250929", null));
        add(
                "a budget and a tool that must be used",
                asking().add(WEATHER)
                        .toolChoice(new ToolChoice.Required())
                        .reasoning(new Reasoning(null, null, 2_000L, null, null)));
        add(
                "calls that another model made without thinking",
                asking().add(WEATHER)
                        .add(assistant(
                                new Content.Thinking("Hm.", new Signature("abc", "gemini", "g")),
                                new Content.ToolCall("c1", "weather", "{}")))
                        .add(user(new Content.ToolResult("c1", "12")))
                        .reasoning(new Reasoning(null, null, 2_000L, null, null)));
        add(
                "signatures of other models are left out",
                asking().add(assistant(
                                new Content.Thinking("Mine.", new Signature("own", MessagesSayable.ID, Wire.MODEL)),
                                new Content.Thinking("Ours.", new Signature("sig", MessagesSayable.ID, null)),
                                new Content.Thinking("Theirs.", new Signature("old", MessagesSayable.ID, "model-2")),
                                new Content.Thinking("Unsigned.", null),
                                new Content.RedactedThinking(new Signature("enc", "openai-responses", null, "rs_1")),
                                new Content.Text("Said.", List.of(), null, new Signature("t", "gemini", null))))
                        .add(Role.USER, "Go on."));
    }

    private void settings() {
        add(
                "what Messages cannot say is named",
                asking().sampling(new Sampling(1.5, 0.9, 3L, 0.1, 0.2, 7L, Map.of("50256", -100.0)))
                        .limits(new Limits(100L, List.of("END", " "), 3))
                        .output(new Output(
                                new OutputFormat.JsonObject(),
                                Output.Verbosity.LOW,
                                List.of(Output.Modality.TEXT, Output.Modality.AUDIO),
                                new Output.Speech("alloy", "wav"),
                                true,
                                5))
                        .delivery(new Delivery(true, true, ServiceTier.FLEX, true, null))
                        .labels(new Labels("u", "s", Map.of("k", "v")))
                        .cache(new CacheSettings("key", "24h", null, "cachedContents/1"))
                        .add(new Extra("openai-chat", "prediction", RawJson.EMPTY_OBJECT))
                        .add(new Extra(MessagesSayable.ID, "messages[7].content[0].note", RawJson.EMPTY_OBJECT)));
        add(
                "what needs no saying is not named",
                asking().output(new Output(
                                new OutputFormat.PlainText(), null, List.of(Output.Modality.TEXT), null, false, null))
                        .limits(new Limits(null, List.of(), 1))
                        .delivery(new Delivery(false, false, ServiceTier.STANDARD, false, null))
                        .labels(new Labels(null, "s", Map.of())),
                new EncodingTarget("claude-opus-4-8", 128_000L));
        add(
                "a schema for the answer",
                asking().output(Output.of(new OutputFormat.JsonSchema(
                        "person",
                        "A person.",
                        new RawJson("{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\"type\":\"object\","
                                + "\"properties\":{\"age\":{\"type\":\"integer\",\"description\":\"In years.\","
                                + "\"minimum\":0,\"maximum\":150},\"mail\":{\"type\":\"string\",\"format\":\"email\"},"
                                + "\"phone\":{\"type\":\"string\",\"format\":\"phone\",\"pattern\":\"^(?=.)[0-9]+$\"},"
                                + "\"tags\":{\"type\":\"array\",\"items\":{\"$ref\":\"#/$defs/tag\"},\"minItems\":1,"
                                + "\"maxItems\":3},\"pet\":{\"oneOf\":[{\"type\":\"null\"},{\"type\":\"object\","
                                + "\"properties\":{},\"additionalProperties\":true}]}},\"required\":[\"age\"],"
                                + "\"$defs\":{\"tag\":{\"type\":\"string\",\"pattern\":\"^[a-z]+$\"}}}"),
                        true))));
    }

    private void media() {
        add(
                "pictures",
                asking().add(user(
                                new Content.Image(new Source.Base64(null, "/9j/4AAQ"), Content.Detail.HIGH, null, null),
                                new Content.Image(new Source.Base64("image/jpg", "/9j/4AAQ")),
                                new Content.Image(new Source.Url("https://example.com/a.png", "image/png")),
                                new Content.Image(new Source.FileId("openai-chat", "file-1"))))
                        .add(assistant(
                                new Content.Image(new Source.Url("https://example.com/b.png", null)),
                                new Content.Text(
                                        "Here.",
                                        List.of(new Citation.Web("https://example.com", "t", null, null, null)),
                                        null,
                                        null)))
                        .add(Role.USER, "Thanks."));
        add(
                "documents",
                asking().add(user(
                        new Content.Document(
                                new Source.Base64("application/pdf", "JVBERi0xLjQ="), "a.pdf", null, null, null),
                        new Content.Document(new Source.Base64("text/csv; charset=utf-8", "YSxiCg==")),
                        new Content.Document(new Source.Base64("application/zip", "UEsDBA==")),
                        new Content.Document(new Source.Url("gs://b/film.mp4", "video/mp4")),
                        new Content.Document(new Source.Url("https://example.com/a.pdf", null)),
                        new Content.Document(new Source.FileId("openai-responses", "file-1")),
                        new Content.Document(
                                new Source.Parts(List.of(new Content.Text("One."), new Content.Text(" ")))))));
        add(
                "sound and other things that only others know",
                asking().add(user(new Content.Audio(new Source.Base64("audio/wav", "UklGRg=="))))
                        .add(assistant(
                                new Content.Audio(
                                        new Source.Base64("audio/wav", "UklGRg=="), "I said this.", "audio_1"),
                                new Content.Refusal("I will not."),
                                new Content.Opaque("openai-responses", "web_search_call", RawJson.EMPTY_OBJECT)))
                        .add(Role.USER, "Why?"));
    }
}
