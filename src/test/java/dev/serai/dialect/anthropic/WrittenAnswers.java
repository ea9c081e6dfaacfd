package dev.serai.dialect.anthropic;

import dev.serai.conversation.Block;
import dev.serai.conversation.ChatEvent;
import dev.serai.conversation.ChatFailure;
import dev.serai.conversation.ChatReply;
import dev.serai.conversation.Choice;
import dev.serai.conversation.Citation;
import dev.serai.conversation.Content;
import dev.serai.conversation.Extra;
import dev.serai.conversation.FinishReason;
import dev.serai.conversation.Logprobs;
import dev.serai.conversation.RawJson;
import dev.serai.conversation.ServiceTier;
import dev.serai.conversation.Signature;
import dev.serai.conversation.Source;
import dev.serai.conversation.Tool;
import dev.serai.conversation.Usage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Answers of providers of other dialects, by what is special about them. */
final class WrittenAnswers {
    private static final Usage USAGE = new Usage(10, 0, 0, 0, 0, 5, 0, 0);
    private static final Signature GEMINI = new Signature("c2ln", "gemini", "gemini-3-pro");

    private WrittenAnswers() {}

    static Map<String, ChatReply> replies() {
        Map<String, ChatReply> replies = new LinkedHashMap<>();
        replies.put(
                "calls with the signatures of Gemini",
                reply(
                        FinishReason.TOOL_CALLS,
                        new Content.ToolCall("call_1", "clock", Tool.Kind.FUNCTION, "{}", null, GEMINI),
                        new Content.ToolCall("call_2", "clock", "")));
        replies.put(
                "thinking of other models",
                reply(
                        FinishReason.STOP,
                        new Content.Thinking("Unsigned.", null),
                        new Content.Thinking(
                                "Summed up.", true, new Signature("Zm9v", "openai-responses", "gpt-5", "rs_1")),
                        new Content.RedactedThinking(new Signature("YmFy", "openai-responses", null, "rs_2")),
                        new Content.Text("Done.")));
        replies.put(
                "a call of a tool that takes plain text",
                reply(
                        FinishReason.TOOL_CALLS,
                        new Content.ToolCall("call_1", "shell", Tool.Kind.CUSTOM, "echo \"hi\"", null, null)));
        replies.put(
                "a call cut off",
                reply(FinishReason.MAX_TOKENS, new Content.ToolCall("call_1", "write", "{\"text\":\"Once")));
        replies.put("a refusal", reply(FinishReason.REFUSAL, new Content.Refusal("I will not.")));
        replies.put("a filter", reply(FinishReason.CONTENT_FILTER, new Content.Text("")));
        replies.put(
                "a plain stop although a tool was called",
                reply(FinishReason.STOP, new Content.ToolCall("call_1", "clock", "{}")));
        replies.put(
                "pages of the web",
                reply(
                        FinishReason.STOP,
                        new Content.Text(
                                "Bears.",
                                List.of(
                                        new Citation.Web(
                                                "https://example.com", null, null, new Citation.Range(0, 5), null),
                                        new Citation.OfDocument(null, "file-1", "a", null, null, null, null)),
                                null,
                                null)));
        replies.put(
                "two answers with log probabilities, sound and a picture",
                new ChatReply(
                        "",
                        "",
                        1L,
                        List.of(
                                new Choice(
                                        0,
                                        List.of(
                                                new Content.Audio(
                                                        new Source.Base64("audio/wav", "UklG"), "Spoken.", "a1"),
                                                new Content.Image(new Source.Base64("image/png", "iVBO")),
                                                new Content.Opaque("gemini", "executableCode", RawJson.EMPTY_OBJECT)),
                                        FinishReason.STOP,
                                        null,
                                        new Logprobs(List.of(), List.of())),
                                new Choice(1, List.of(new Content.Text("Other.")), FinishReason.STOP)),
                        new Usage(10, 20, 0, 0, 30, 5, 6, 7),
                        ServiceTier.FLEX,
                        List.of(new Extra("openai-chat", "system_fingerprint", new RawJson("\"fp\"")))));
        replies.put("no answer at all", new ChatReply("x", "m", null, List.of(), Usage.NONE, null, List.of()));
        return replies;
    }

    private static ChatReply reply(FinishReason reason, Content... contents) {
        Choice choice = new Choice(0, List.of(contents), reason);
        return new ChatReply("chatcmpl-1", "gpt-test", 1L, List.of(choice), USAGE, null, List.of());
    }

    static Map<String, List<ChatEvent>> streams() {
        Map<String, List<ChatEvent>> streams = new LinkedHashMap<>();
        streams.put(
                "parallel calls that interleave wait for each other",
                of(
                        text(0, "I look."),
                        List.of(
                                call(1, "call_1", Tool.Kind.FUNCTION),
                                new ChatEvent.ToolArgumentsDelta(0, 1, "{\"a\""),
                                call(2, "call_2", Tool.Kind.FUNCTION),
                                call(3, "call_3", Tool.Kind.FUNCTION),
                                new ChatEvent.ToolArgumentsDelta(0, 3, "{}"),
                                new ChatEvent.ToolArgumentsDelta(0, 1, ":1}"),
                                new ChatEvent.ToolArgumentsDelta(0, 2, "{\"b\":2}"),
                                new ChatEvent.BlockEnded(0, 3),
                                new ChatEvent.BlockEnded(0, 1),
                                new ChatEvent.BlockEnded(0, 2)),
                        finish(FinishReason.TOOL_CALLS)));
        streams.put(
                "words behind an open call wait for it",
                of(
                        List.of(
                                call(0, "call_1", Tool.Kind.FUNCTION),
                                new ChatEvent.BlockStarted(0, 1, new Block.Text()),
                                new ChatEvent.TextDelta(0, 1, "Wait."),
                                new ChatEvent.BlockEnded(0, 1),
                                new ChatEvent.ToolArgumentsDelta(0, 0, "{}"),
                                new ChatEvent.BlockEnded(0, 0)),
                        finish(FinishReason.TOOL_CALLS)));
        streams.put(
                "a call of a tool that takes plain text comes as one string",
                of(
                        List.of(
                                call(0, "call_1", Tool.Kind.CUSTOM),
                                new ChatEvent.ToolArgumentsDelta(0, 0, "echo \"h"),
                                new ChatEvent.ToolArgumentsDelta(0, 0, "i\"\n"),
                                new ChatEvent.BlockEnded(0, 0)),
                        finish(FinishReason.TOOL_CALLS)));
        streams.put(
                "the signature of a call follows it",
                of(
                        List.of(
                                call(0, "call_1", Tool.Kind.FUNCTION),
                                new ChatEvent.SignatureAdded(0, 0, GEMINI),
                                new ChatEvent.ToolArgumentsDelta(0, 0, "{}"),
                                new ChatEvent.BlockEnded(0, 0)),
                        text(1, "Then."),
                        finish(FinishReason.TOOL_CALLS)));
        streams.put(
                "the thinking of another model is signed for it",
                of(
                        List.of(
                                new ChatEvent.BlockStarted(0, 0, new Block.Thinking(true)),
                                new ChatEvent.ThinkingDelta(0, 0, "Hm."),
                                new ChatEvent.SignatureAdded(
                                        0, 0, new Signature("Zm9v", "openai-responses", "gpt-5", "rs_1")),
                                new ChatEvent.BlockEnded(0, 0)),
                        text(1, "Done."),
                        finish(FinishReason.STOP)));
        streams.put(
                "an empty text is not written",
                of(
                        List.of(new ChatEvent.BlockStarted(0, 0, new Block.Text()), new ChatEvent.BlockEnded(0, 0)),
                        text(1, "Hi"),
                        finish(FinishReason.STOP)));
        streams.put(
                "a second answer is left out",
                of(
                        text(0, "Hi"),
                        List.of(
                                new ChatEvent.BlockStarted(1, 0, new Block.Text()),
                                new ChatEvent.TextDelta(1, 0, "Ho"),
                                new ChatEvent.BlockEnded(1, 0),
                                new ChatEvent.Finished(1, FinishReason.MAX_TOKENS)),
                        finish(FinishReason.STOP)));
        streams.put(
                "a plain stop although a tool was called is none",
                of(
                        List.of(call(0, "call_1", Tool.Kind.FUNCTION), new ChatEvent.BlockEnded(0, 0)),
                        finish(FinishReason.STOP)));
        streams.put(
                "a refusal is told as text",
                of(
                        List.of(
                                new ChatEvent.BlockStarted(0, 0, new Block.Refusal()),
                                new ChatEvent.RefusalDelta(0, 0, "I will not."),
                                new ChatEvent.BlockEnded(0, 0)),
                        finish(FinishReason.REFUSAL)));
        streams.put(
                "a failure in the middle ends without an end",
                List.of(
                        started(),
                        new ChatEvent.BlockStarted(0, 0, new Block.Text()),
                        new ChatEvent.TextDelta(0, 0, "Hel"),
                        new ChatEvent.Failed(new ChatFailure(ChatFailure.Kind.OVERLOADED, "Too much \"load\""))));
        return streams;
    }

    @SafeVarargs
    private static List<ChatEvent> of(List<ChatEvent>... parts) {
        List<ChatEvent> events = new ArrayList<>(List.of(started()));
        for (List<ChatEvent> part : parts) {
            events.addAll(part);
        }
        return events;
    }

    private static ChatEvent started() {
        return new ChatEvent.Started("chatcmpl-1", "gpt-test", 1L, null);
    }

    private static ChatEvent call(int block, String id, Tool.Kind kind) {
        return new ChatEvent.BlockStarted(0, block, new Block.ToolCall(id, "clock", kind));
    }

    private static List<ChatEvent> text(int block, String words) {
        return List.of(
                new ChatEvent.BlockStarted(0, block, new Block.Text()),
                new ChatEvent.TextDelta(0, block, words),
                new ChatEvent.BlockEnded(0, block));
    }

    private static List<ChatEvent> finish(FinishReason reason) {
        return List.of(new ChatEvent.Finished(0, reason), new ChatEvent.UsageReported(USAGE), new ChatEvent.Ended());
    }
}
