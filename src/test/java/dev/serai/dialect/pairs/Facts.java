package dev.serai.dialect.pairs;

import dev.serai.conversation.ChatReply;
import dev.serai.conversation.ChatRequest;
import dev.serai.conversation.Choice;
import dev.serai.conversation.Content;
import dev.serai.conversation.Message;
import dev.serai.conversation.OutputFormat;
import dev.serai.conversation.Tool;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a request or a reply says, as single statements with names, so that two can be compared one by one. */
final class Facts {
    private final Map<String, String> facts = new TreeMap<>();

    private Facts() {}

    static Map<String, String> of(ChatRequest request) {
        Facts facts = new Facts();
        List<Message> messages = Message.joined(request.messages());
        for (int i = 0; i < messages.size(); i++) {
            facts.say(
                    "message " + i,
                    messages.get(i).role() + " " + Essence.of(messages.get(i).contents()));
            facts.contents("message " + i, messages.get(i).contents());
        }
        request.tools().forEach(facts::tool);
        facts.say("tool choice", request.toolChoice());
        facts.say("parallel tool calls", request.parallelToolCalls());
        facts.say("temperature", request.sampling().temperature());
        facts.say("top p", request.sampling().topP());
        facts.say("top k", request.sampling().topK());
        facts.say("seed", request.sampling().seed());
        facts.say("max tokens", request.limits().maxOutputTokens());
        facts.say("stop", request.limits().stopSequences());
        facts.say("thinking mode", request.reasoning().mode());
        facts.say("thinking effort", request.reasoning().effort());
        facts.say("thinking budget", request.reasoning().budgetTokens());
        facts.say("user", request.labels().user());
        facts.say("metadata", request.labels().metadata());
        facts.say("stream", request.delivery().stream() ? "true" : null);
        if (request.output().format() instanceof OutputFormat.JsonSchema schema) {
            facts.say("output schema", Essence.arguments(schema.schema().text()));
        } else {
            facts.say("output format", request.output().format());
        }
        // The same field at several places is one statement.
        request.extras()
                .forEach(extra -> facts.say(
                        "extra " + extra.name().replaceAll("\\d+", ""),
                        Essence.arguments(extra.value().text())));
        return facts.facts;
    }

    static Map<String, String> of(ChatReply reply) {
        Facts facts = new Facts();
        facts.say("model", reply.model());
        for (Choice choice : reply.choices()) {
            facts.say("answer " + choice.index(), Essence.of(choice.contents()));
            facts.contents("answer " + choice.index(), choice.contents());
            facts.say("finish reason " + choice.index(), choice.finishReason());
        }
        facts.say("usage, all input", String.valueOf(reply.usage().totalInput()));
        facts.say("usage, all output", String.valueOf(reply.usage().totalOutput()));
        facts.say("usage, read from the cache", String.valueOf(reply.usage().cacheRead()));
        facts.say("usage, reasoning", String.valueOf(reply.usage().reasoning()));
        facts.say(
                "usage, written to the cache",
                String.valueOf(reply.usage().cacheWrite5m() + reply.usage().cacheWrite1h()));
        return facts.facts;
    }

    private void contents(String where, List<Content> contents) {
        List<String> thoughts = new ArrayList<>();
        List<String> media = new ArrayList<>();
        List<String> marks = new ArrayList<>();
        for (Content content : contents) {
            if (content instanceof Content.Thinking thinking) {
                thoughts.add(thinking.text());
            } else if (content instanceof Content.Image image) {
                media.add(String.valueOf(image.source()));
            } else if (content instanceof Content.Document document) {
                media.add(String.valueOf(document.source()));
            } else if (content instanceof Content.Opaque opaque) {
                media.add(opaque.kind());
            }
            if (content instanceof Content.Text text && text.cache() != null) {
                marks.add(text.cache().name());
            }
        }
        say(where + " thoughts", thoughts);
        say(where + " media", media);
        say(where + " cache marks", marks);
    }

    private void tool(Tool tool) {
        if (tool instanceof Tool.Function function) {
            say("tool " + function.name() + " description", function.description());
            say(
                    "tool " + function.name() + " parameters",
                    function.parameters() == null
                            ? null
                            : Essence.arguments(function.parameters().text()));
            say("tool " + function.name() + " strict", function.strict());
        } else if (tool instanceof Tool.BuiltIn builtIn) {
            say("tool built in", builtIn.type());
        } else if (tool instanceof Tool.Custom custom) {
            say("tool " + custom.name(), "custom");
        }
    }

    private void say(String what, @Nullable Object value) {
        if (value != null
                && !(value instanceof Collection<?> list && list.isEmpty())
                && !(value instanceof Map<?, ?> map && map.isEmpty())) {
            facts.put(what, value.toString());
        }
    }
}
