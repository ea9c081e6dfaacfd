package dev.serai.conversation;

import org.jspecify.annotations.Nullable;

/** What form the answer's text must have. */
public sealed interface OutputFormat {
    /** Any. Chat and Responses: {@code text}. Gemini: {@code text/plain}. */
    record PlainText() implements OutputFormat {}

    /** JSON of any shape. Chat and Responses: {@code json_object}. Gemini: {@code application/json} without a schema. */
    record JsonObject() implements OutputFormat {}

    /**
     * JSON that follows a schema. Chat: {@code response_format.json_schema}. Responses: {@code text.format}. Messages: {@code
     * output_config.format}. Gemini: {@code responseJsonSchema} or {@code responseSchema}.
     *
     * @param name        OpenAI demands one: an encoder makes one up; null if not stated
     * @param description null if not stated
     * @param schema      as the client wrote it
     * @param strict      null if not stated
     */
    record JsonSchema(
            @Nullable String name,
            @Nullable String description,
            RawJson schema,
            @Nullable Boolean strict) implements OutputFormat {}
}
