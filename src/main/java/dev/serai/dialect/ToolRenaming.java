package dev.serai.dialect;

import dev.serai.conversation.Block;
import dev.serai.conversation.ChatEvent;
import dev.serai.conversation.ChatReply;
import dev.serai.conversation.ChatRequest;
import dev.serai.conversation.Choice;
import dev.serai.conversation.Content;
import dev.serai.conversation.Message;
import dev.serai.conversation.Tool;
import dev.serai.conversation.ToolChoice;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The names of a request's tools as a provider takes them, and back: names of tools that come from MCP servers are often longer than what
 * OpenAI allows, and clients of Gemini have dots in them. Immutable.
 */
final class ToolRenaming {
    private final Map<String, String> there = new HashMap<>();
    private final Map<String, String> back = new HashMap<>();

    private ToolRenaming(ChatRequest request, ToolNameRule rule) {
        request.tools().forEach(tool -> learn(name(tool), rule));
        request.toolNames().values().forEach(name -> learn(name, rule));
    }

    static ToolRenaming of(ChatRequest request, ToolNameRule rule) {
        return new ToolRenaming(request, rule);
    }

    private void learn(@Nullable String name, ToolNameRule rule) {
        String lawful = name == null ? "" : rule.lawful(name);
        if (name != null && !lawful.equals(name)) {
            there.put(name, lawful);
            back.put(lawful, name);
        }
    }

    private static @Nullable String name(Tool tool) {
        if (tool instanceof Tool.Function function) {
            return function.name();
        }
        return tool instanceof Tool.Custom custom ? custom.name() : null;
    }

    private String there(String name) {
        return there.getOrDefault(name, name);
    }

    private String back(String name) {
        return back.getOrDefault(name, name);
    }

    /** The request with names that the provider takes. */
    ChatRequest there(ChatRequest request) {
        if (there.isEmpty()) {
            return request;
        }
        return request.toBuilder()
                .tools(request.tools().stream().map(this::there).toList())
                .toolChoice(there(request.toolChoice()))
                .messages(request.messages().stream().map(this::there).toList())
                .build();
    }

    private Tool there(Tool tool) {
        if (tool instanceof Tool.Function function) {
            return new Tool.Function(
                    there(function.name()),
                    function.description(),
                    function.parameters(),
                    function.strict(),
                    function.namespace(),
                    function.cache());
        }
        return tool instanceof Tool.Custom custom
                ? new Tool.Custom(there(custom.name()), custom.description(), custom.format(), custom.namespace())
                : tool;
    }

    private @Nullable ToolChoice there(@Nullable ToolChoice choice) {
        if (choice instanceof ToolChoice.Named named) {
            return new ToolChoice.Named(there(named.name()));
        }
        return choice instanceof ToolChoice.Allowed allowed
                ? new ToolChoice.Allowed(
                        allowed.names().stream().map(this::there).toList(), allowed.required())
                : choice;
    }

    private Message there(Message message) {
        return new Message(
                message.role(), message.contents().stream().map(this::there).toList(), message.name());
    }

    private Content there(Content content) {
        if (content instanceof Content.ToolResult result && result.name() != null) {
            return new Content.ToolResult(
                    result.callId(), there(result.name()), result.contents(), result.isError(), result.cache());
        }
        return content instanceof Content.ToolCall call ? named(call, there(call.name())) : content;
    }

    private static Content.ToolCall named(Content.ToolCall call, String name) {
        return new Content.ToolCall(call.id(), name, call.kind(), call.arguments(), call.cache(), call.signature());
    }

    /** The reply with the client's own names. */
    ChatReply back(ChatReply reply) {
        if (back.isEmpty()) {
            return reply;
        }
        List<Choice> choices = reply.choices().stream().map(this::back).toList();
        return new ChatReply(
                reply.id(),
                reply.model(),
                reply.createdEpochSeconds(),
                choices,
                reply.usage(),
                reply.serviceTier(),
                reply.extras());
    }

    private Choice back(Choice choice) {
        List<Content> contents = choice.contents().stream()
                .map(content -> content instanceof Content.ToolCall call ? named(call, back(call.name())) : content)
                .toList();
        return new Choice(choice.index(), contents, choice.finishReason(), choice.stopSequence(), choice.logprobs());
    }

    /** The event with the client's own names. */
    ChatEvent back(ChatEvent event) {
        if (!back.isEmpty()
                && event instanceof ChatEvent.BlockStarted started
                && started.kind() instanceof Block.ToolCall call) {
            return new ChatEvent.BlockStarted(
                    started.choice(), started.block(), new Block.ToolCall(call.id(), back(call.name()), call.kind()));
        }
        return event;
    }
}
