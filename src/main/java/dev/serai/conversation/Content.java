package dev.serai.conversation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a message or of an answer. {@link #accept} is the exhaustive switch: a new kind does not compile until everybody has
 * said what it means to them.
 */
public sealed interface Content {
    <R> R accept(Visitor<R> visitor);

    /** One method for each kind of content. */
    interface Visitor<R> {
        R text(Text text);

        R image(Image image);

        R document(Document document);

        R audio(Audio audio);

        R toolCall(ToolCall call);

        R toolResult(ToolResult result);

        R thinking(Thinking thinking);

        R redactedThinking(RedactedThinking thinking);

        R refusal(Refusal refusal);

        R opaque(Opaque opaque);
    }

    /**
     * Words. Chat: {@code content}, a string or parts of type {@code text}. Responses: {@code input_text}, {@code output_text}.
     * Messages: {@code text}. Gemini: a part with {@code text}.
     *
     * @param text      may be empty
     * @param citations in the order of the dialect
     * @param cache     null for no mark
     * @param signature only Gemini signs text; otherwise null
     */
    record Text(
            String text,
            List<Citation> citations,
            @Nullable CacheMark cache,
            @Nullable Signature signature) implements Content {
        public Text {
            citations = List.copyOf(citations);
        }

        public Text(String text) {
            this(text, List.of(), null, null);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.text(this);
        }
    }

    /** How closely a model looks at an image. Chat and Responses: {@code detail}. Gemini: {@code mediaResolution}. */
    enum Detail {
        AUTO,
        LOW,
        HIGH,
        ORIGINAL
    }

    /**
     * A picture. Chat: {@code image_url}. Responses: {@code input_image}. Messages: {@code image}. Gemini: {@code inlineData} or
     * {@code fileData} of a media type {@code image/…}.
     *
     * @param detail    null if not stated
     * @param cache     null for no mark
     * @param signature only Gemini signs images; otherwise null
     */
    record Image(
            Source source,
            @Nullable Detail detail,
            @Nullable CacheMark cache,
            @Nullable Signature signature) implements Content {
        public Image(Source source) {
            this(source, null, null, null);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.image(this);
        }
    }

    /**
     * A file to read: PDF, text, a table; also a film, which only Gemini takes. Chat: {@code file}. Responses: {@code input_file}.
     * Messages: {@code document}. Gemini: {@code inlineData} or {@code fileData} that is neither an image nor sound.
     *
     * @param title     its name; null if not stated
     * @param context   what the model shall know about it without citing it (Messages); null if nothing
     * @param citations whether the answer shall cite it (Messages); null if not stated
     * @param cache     null for no mark
     */
    record Document(
            Source source,
            @Nullable String title,
            @Nullable String context,
            @Nullable Boolean citations,
            @Nullable CacheMark cache)
            implements Content {
        public Document(Source source) {
            this(source, null, null, null, null);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.document(this);
        }
    }

    /**
     * Sound. Chat: {@code input_audio} (its {@code format} is the media type's second half), and {@code audio} of an answer.
     * Responses: {@code input_audio}. Gemini: {@code inlineData} of a media type {@code audio/…}. Messages: none.
     *
     * @param transcript what is said, where an answer states it; otherwise null
     * @param id         by which a later request may name an answer (Chat); otherwise null
     */
    record Audio(
            Source source,
            @Nullable String transcript,
            @Nullable String id) implements Content {
        public Audio(Source source) {
            this(source, null, null);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.audio(this);
        }
    }

    /**
     * The model wants a tool to be called. Chat: {@code tool_calls}, or the old {@code function_call}. Responses: {@code
     * function_call}, {@code custom_tool_call}. Messages: {@code tool_use}. Gemini: {@code functionCall}.
     *
     * @param id        never empty; where the dialect has none (Gemini) or a provider left it out, the decoder makes one that is
     *     unique in the conversation. Responses: the {@code call_id}
     * @param kind      whether {@code arguments} is JSON
     * @param arguments exactly what the model wrote. For a function: a JSON object, cut off anywhere if the model ran out of
     *     tokens, or no JSON at all if it made a mistake; empty if it wrote none. For a custom tool: any text
     * @param cache     null for no mark
     * @param signature only Gemini signs calls; otherwise null
     */
    record ToolCall(
            String id,
            String name,
            Tool.Kind kind,
            String arguments,
            @Nullable CacheMark cache,
            @Nullable Signature signature)
            implements Content {
        public ToolCall {
            if (id.isEmpty()) {
                throw new IllegalArgumentException("a tool call has an id");
            }
        }

        /** A call of a function. */
        public ToolCall(String id, String name, String arguments) {
            this(id, name, Tool.Kind.FUNCTION, arguments, null, null);
        }

        /** The arguments of a function, with {@code {}} for none. */
        public String argumentsOrEmpty() {
            return arguments.isBlank() ? "{}" : arguments;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.toolCall(this);
        }
    }

    /**
     * What a tool said; stands in a {@link Role#USER} message. Chat: a message of role {@code tool}. Responses: {@code
     * function_call_output}, {@code custom_tool_call_output}. Messages: {@code tool_result}. Gemini: {@code functionResponse}.
     *
     * @param callId   the id of its {@link ToolCall}
     * @param name     of the tool; null where the dialect does not repeat it: {@link ChatRequest#toolNames} finds it
     * @param contents texts, images and documents; a JSON result (Gemini) is one text that holds the JSON
     * @param isError  whether the tool failed. Messages: {@code is_error}; elsewhere only the text can say so
     * @param cache    null for no mark
     */
    record ToolResult(
            String callId,
            @Nullable String name,
            List<Content> contents,
            boolean isError,
            @Nullable CacheMark cache) implements Content {
        public ToolResult {
            contents = List.copyOf(contents);
        }

        public ToolResult(String callId, String text) {
            this(callId, null, List.of(new Text(text)), false, null);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.toolResult(this);
        }
    }

    /**
     * What the model thought. Chat: {@code reasoning_content} or {@code reasoning} of providers that have it. Responses: a {@code
     * reasoning} item, its parts joined by a blank line. Messages: {@code thinking}. Gemini: a part with {@code thought}.
     *
     * @param text      empty where only a signature is shown
     * @param summary   whether the dialect calls it a summary (Responses: {@code summary} rather than {@code content}); false where
     *     it does not tell
     * @param signature null for none
     */
    record Thinking(String text, boolean summary, @Nullable Signature signature) implements Content {
        public Thinking(String text, @Nullable Signature signature) {
            this(text, false, signature);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.thinking(this);
        }
    }

    /** Thinking that only its model can read. Messages: {@code redacted_thinking}. */
    record RedactedThinking(Signature signature) implements Content {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.redactedThinking(this);
        }
    }

    /** The model's words for not answering. Chat: {@code refusal}. Responses: a part of type {@code refusal}. Elsewhere: text. */
    record Refusal(String text) implements Content {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.refusal(this);
        }
    }

    /**
     * What only one dialect knows: calls of its built-in tools and their results, references to stored items. A codec of another
     * dialect leaves it out and names it.
     *
     * @param dialect the id of that dialect
     * @param kind    the dialect's name for it, such as {@code server_tool_use}
     * @param json    the whole part or item
     */
    record Opaque(String dialect, String kind, RawJson json) implements Content {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.opaque(this);
        }
    }
}
