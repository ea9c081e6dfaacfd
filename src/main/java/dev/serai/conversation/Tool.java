package dev.serai.conversation;

import org.jspecify.annotations.Nullable;

/** What the model may use. */
public sealed interface Tool {
    /** How the model writes what it wants from a tool of the client. */
    enum Kind {
        /** As a JSON object. */
        FUNCTION,
        /** As plain text (Chat and Responses: {@code custom}). */
        CUSTOM
    }

    /**
     * A function of the client. Chat and Responses: type {@code function}. Messages: a tool without a type or of type {@code
     * custom}. Gemini: one of {@code functionDeclarations}.
     *
     * @param description null if not stated
     * @param parameters  a JSON schema as the client wrote it; null if not stated, which means no parameters
     * @param strict      whether arguments must follow the schema exactly; null if not stated
     * @param namespace   Responses only: the name of the group in which the client declared it. The decoder has already made
     *     {@code name} unique without it; the encoder of the reply takes it apart again. Otherwise null
     * @param cache       null for no mark
     */
    record Function(
            String name,
            @Nullable String description,
            @Nullable RawJson parameters,
            @Nullable Boolean strict,
            @Nullable String namespace,
            @Nullable CacheMark cache)
            implements Tool {
        public Function(String name, @Nullable String description, @Nullable RawJson parameters) {
            this(name, description, parameters, null, null, null);
        }
    }

    /**
     * A tool of the client that takes plain text. Chat and Responses: type {@code custom}. For other targets it is a function with
     * one string, {@code input}, which the encoder of the reply unpacks: it finds the tool in the request.
     *
     * @param description null if not stated
     * @param format      the grammar that the text follows, as the client wrote it; null if not stated
     * @param namespace   as that of a {@link Function}
     */
    record Custom(
            String name,
            @Nullable String description,
            @Nullable RawJson format,
            @Nullable String namespace) implements Tool {
        public Custom(String name, @Nullable String description, @Nullable RawJson format) {
            this(name, description, format, null);
        }
    }

    /**
     * A tool that the provider runs itself. A codec of another dialect leaves it out and names it.
     *
     * @param dialect the id of the dialect that knows it
     * @param type    the dialect's name for it, such as {@code web_search_20250305} or {@code googleSearch}
     * @param json    the whole declaration
     */
    record BuiltIn(String dialect, String type, RawJson json) implements Tool {}
}
