package dev.serai.dialect.anthropic;

import dev.serai.conversation.ChatEvent;
import dev.serai.conversation.ChatReply;
import dev.serai.conversation.ChatRequest;
import dev.serai.conversation.Choice;
import dev.serai.conversation.Content;
import dev.serai.conversation.Extra;
import dev.serai.conversation.Message;
import dev.serai.conversation.Usage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The neutral model as text to read: a line for each part that says something. */
final class Rendering {
    private Rendering() {}

    static String of(ChatRequest request) {
        List<String> lines = new ArrayList<>();
        lines.add("model " + request.model());
        for (Message message : request.messages()) {
            lines.add(message.role().name());
            contents(message.contents(), lines);
        }
        request.tools().forEach(tool -> lines.add("tool " + tool));
        add("tool choice", request.toolChoice(), lines);
        add("parallel tool calls", request.parallelToolCalls(), lines);
        add("", request.output(), lines);
        add("", request.sampling(), lines);
        add("", request.limits(), lines);
        add("", request.reasoning(), lines);
        add("", request.delivery(), lines);
        add("", request.labels(), lines);
        add("", request.cache(), lines);
        extras(request.extras(), lines);
        return text(lines);
    }

    static String of(ChatReply reply) {
        List<String> lines = new ArrayList<>();
        lines.add("id " + reply.id());
        lines.add("model " + reply.model());
        for (Choice choice : reply.choices()) {
            lines.add("choice " + choice.index());
            contents(choice.contents(), lines);
            lines.add("finished " + choice.finishReason());
            add("stop sequence", choice.stopSequence(), lines);
        }
        lines.add(usage(reply.usage()));
        add("service tier", reply.serviceTier(), lines);
        extras(reply.extras(), lines);
        return text(lines);
    }

    static String of(List<ChatEvent> events) {
        return text(events.stream().map(Rendering::event).toList());
    }

    private static String event(ChatEvent event) {
        if (event instanceof ChatEvent.UsageReported reported) {
            return usage(reported.usage());
        }
        if (event instanceof ChatEvent.Started started && started.usage() != null) {
            return new ChatEvent.Started(started.id(), started.model(), null, null) + " " + usage(started.usage());
        }
        return event.toString();
    }

    /** The kinds of which there are tokens. */
    private static String usage(Usage usage) {
        return usage.toString().replaceAll("(, )?\\w+=0(?=[,\\]])", "").replace("[, ", "[");
    }

    private static void contents(List<Content> contents, List<String> lines) {
        contents.forEach(content -> lines.add("  " + content));
    }

    private static void extras(List<Extra> extras, List<String> lines) {
        extras.forEach(
                extra -> lines.add("extra " + extra.name() + " " + extra.value().text()));
    }

    private static void add(String label, @Nullable Object value, List<String> lines) {
        boolean unsaid = label.isEmpty() && said(String.valueOf(value)).matches("\\w+\\[(stream=false)?]");
        if (value != null && !unsaid) {
            lines.add((label + " " + value).strip());
        }
    }

    private static String text(List<String> lines) {
        StringBuilder text = new StringBuilder();
        for (String line : lines) {
            text.append(escaped(said(line))).append('\n');
        }
        return text.toString();
    }

    /** Without what was not said. */
    private static String said(Object value) {
        return value.toString()
                .replaceAll("(, )?\\w+=(null|\\[])(?=[,\\]])|(, )?(metadata|logitBias)=\\{}", "")
                .replace("[, ", "[");
    }

    private static String escaped(String line) {
        StringBuilder escaped = new StringBuilder();
        line.chars().forEach(c -> escaped.append(c < ' ' ? String.format("\\u%04x", c) : String.valueOf((char) c)));
        return escaped.toString();
    }
}
