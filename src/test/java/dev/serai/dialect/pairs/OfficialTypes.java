package dev.serai.dialect.pairs;

import com.anthropic.models.beta.messages.BetaMessage;
import com.anthropic.models.beta.messages.BetaRawMessageStreamEvent;
import com.anthropic.models.beta.messages.MessageCreateParams;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseStreamEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a body is what its dialect's inventor takes for valid: by the validation that the official Java libraries of OpenAI and Anthropic
 * bring along, and by a closed schema of what Google documents, whose library checks nothing.
 */
final class OfficialTypes {
    private static final ObjectMapper OPENAI = com.openai.core.ObjectMappers.jsonMapper();
    private static final ObjectMapper ANTHROPIC = com.anthropic.core.ObjectMappers.jsonMapper();
    private static final JsonSchema GEMINI_REQUEST = gemini("request");
    private static final JsonSchema GEMINI_REPLY = gemini("reply");

    private OfficialTypes() {}

    private interface Check {
        void run() throws IOException;
    }

    /** What is wrong with a request; empty if nothing is. */
    static Optional<String> wrongRequest(Wire wire, JsonNode body) {
        return wrong(() -> {
            switch (wire) {
                case CHAT ->
                    OPENAI.treeToValue(body, ChatCompletionCreateParams.Body.class)
                            .validate();
                case RESPONSES ->
                    OPENAI.treeToValue(body, ResponseCreateParams.Body.class).validate();
                case MESSAGES ->
                    ANTHROPIC.treeToValue(body, MessageCreateParams.Body.class).validate();
                case GEMINI -> check(GEMINI_REQUEST, body);
            }
        });
    }

    /** What is wrong with a whole reply. */
    static Optional<String> wrongReply(Wire wire, JsonNode body) {
        return wrong(() -> {
            switch (wire) {
                case CHAT -> OPENAI.treeToValue(body, ChatCompletion.class).validate();
                case RESPONSES -> OPENAI.treeToValue(body, Response.class).validate();
                case MESSAGES -> ANTHROPIC.treeToValue(body, BetaMessage.class).validate();
                case GEMINI -> check(GEMINI_REPLY, body);
            }
        });
    }

    /** What is wrong with one event of a stream that reports no error. */
    static Optional<String> wrongEvent(Wire wire, JsonNode event) {
        return wrong(() -> {
            switch (wire) {
                case CHAT ->
                    OPENAI.treeToValue(event, ChatCompletionChunk.class).validate();
                case RESPONSES ->
                    OPENAI.treeToValue(event, ResponseStreamEvent.class).validate();
                case MESSAGES ->
                    ANTHROPIC
                            .treeToValue(event, BetaRawMessageStreamEvent.class)
                            .validate();
                case GEMINI -> check(GEMINI_REPLY, event);
            }
        });
    }

    private static Optional<String> wrong(Check check) {
        try {
            check.run();
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static void check(JsonSchema schema, JsonNode body) {
        Set<ValidationMessage> found = schema.validate(body);
        if (!found.isEmpty()) {
            throw new IllegalArgumentException(found.toString());
        }
    }

    private static JsonSchema gemini(String definition) {
        try {
            ObjectNode root = (ObjectNode)
                    new ObjectMapper().readTree(Files.readString(Path.of("src/test/resources/schema/gemini.json")));
            root.put("$ref", "#/$defs/" + definition);
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
