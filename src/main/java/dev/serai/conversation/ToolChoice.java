package dev.serai.conversation;

import java.util.List;

/** Whether the model must use a tool, and which. */
public sealed interface ToolChoice {
    /** As the model likes. Chat, Responses and Messages: {@code auto}. Gemini: {@code AUTO}. */
    record Auto() implements ToolChoice {}

    /** No tool. Chat, Responses and Messages: {@code none}. Gemini: {@code NONE}. */
    record None() implements ToolChoice {}

    /** Some tool. Chat and Responses: {@code required}. Messages: {@code any}. Gemini: {@code ANY}. */
    record Required() implements ToolChoice {}

    /**
     * This tool, a function or a custom one. Messages: {@code tool}. Gemini: {@code ANY} with this one in {@code
     * allowedFunctionNames}.
     */
    record Named(String name) implements ToolChoice {}

    /**
     * Some of the tools. Chat and Responses: {@code allowed_tools}. Gemini: {@code allowedFunctionNames}. Messages: only these
     * tools are sent.
     *
     * @param required whether one of them must be used
     */
    record Allowed(List<String> names, boolean required) implements ToolChoice {
        public Allowed {
            names = List.copyOf(names);
        }
    }

    /** A choice that only one dialect knows, a tool of the provider's for example; {@code json} is the whole choice. */
    record Opaque(String dialect, RawJson json) implements ToolChoice {}
}
