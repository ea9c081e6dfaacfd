package dev.serai.conversation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks of a model, in any dialect. Made by a decoder or by {@link #builder}. A value is null, a list empty and a group
 * {@code UNSAID} where the client did not say; encoders then say nothing either, unless their dialect demands it.
 *
 * @param model             the model's id as the provider knows it
 * @param messages          in order, instructions included: see {@link Role} and {@link Message}
 * @param tools             in order
 * @param toolChoice        null if not stated
 * @param parallelToolCalls whether several tools may be called at once. Chat and Responses: {@code parallel_tool_calls}. Messages:
 *     the opposite of {@code disable_parallel_tool_use}. Null if not stated
 * @param output            the form of the answer
 * @param sampling          how tokens are drawn
 * @param limits            where the answer ends
 * @param reasoning         how the model thinks
 * @param delivery          how the answer is brought
 * @param labels            on whose behalf
 * @param cache             caching of the prompt as a whole
 * @param extras            fields that have no place above
 */
public record ChatRequest(
        String model,
        List<Message> messages,
        List<Tool> tools,
        @Nullable ToolChoice toolChoice,
        @Nullable Boolean parallelToolCalls,
        Output output,
        Sampling sampling,
        Limits limits,
        Reasoning reasoning,
        Delivery delivery,
        Labels labels,
        CacheSettings cache,
        List<Extra> extras) {
    public ChatRequest {
        messages = List.copyOf(messages);
        tools = List.copyOf(tools);
        extras = List.copyOf(extras);
    }

    public static ChatRequestBuilder builder(String model) {
        return new ChatRequestBuilder(model);
    }

    /** The same in a builder, to change it. */
    public ChatRequestBuilder toBuilder() {
        return new ChatRequestBuilder(this);
    }

    /** The names of the tools that were called, by the id of the call: for dialects whose results must repeat the name. */
    public Map<String, String> toolNames() {
        Map<String, String> names = new HashMap<>();
        for (Message message : messages) {
            for (Content content : message.contents()) {
                if (content instanceof Content.ToolCall call) {
                    names.put(call.id(), call.name());
                }
            }
        }
        return names;
    }

    /** Whether the client declared this tool as one that takes plain text. */
    public boolean hasCustomTool(String name) {
        return tools.stream()
                .anyMatch(tool ->
                        tool instanceof Tool.Custom custom && custom.name().equals(name));
    }

    /**
     * The request without signatures of other models: thinking keeps its words, thinking that is nothing but a signature goes.
     *
     * @return this request itself if there was nothing to remove
     */
    public ChatRequest signedFor(String dialect, String targetModel) {
        List<Message> kept = Signatures.keep(messages, dialect, targetModel);
        return kept.equals(messages) ? this : toBuilder().messages(kept).build();
    }
}
