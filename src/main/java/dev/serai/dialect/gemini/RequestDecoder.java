package dev.serai.dialect.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.CacheSettings;
import dev.serai.conversation.ChatRequest;
import dev.serai.conversation.ChatRequestBuilder;
import dev.serai.conversation.Content;
import dev.serai.conversation.Delivery;
import dev.serai.conversation.Extra;
import dev.serai.conversation.Labels;
import dev.serai.conversation.Message;
import dev.serai.conversation.Role;
import dev.serai.conversation.ServiceTier;
import dev.serai.dialect.CodecException;
import dev.serai.dialect.ModelRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A client's request (https://ai.google.dev/api/generate-content). One instance for each. */
final class RequestDecoder {
    private final ModelRequest request;
    private final List<Extra> extras = new ArrayList<>();
    private final PartDecoder parts =
            new PartDecoder(Signing.ofClient(), CallIds.ofRequest(), UnaryOperator.identity(), extras);

    RequestDecoder(ModelRequest request) {
        this.request = request;
    }

    ChatRequest decode() throws CodecException {
        byte[] bytes = request.body().bytes();
        if (!(Json.parse(bytes, 0, bytes.length) instanceof ObjectNode object)) {
            throw new CodecException("the body must be a JSON object", null);
        }
        Members body = Members.ofRequest(object, "");
        body.any("model");
        body.any("models");
        ChatRequestBuilder builder = ChatRequest.builder(request.models().get(0))
                .messages(messages(body))
                .labels(labels(body))
                .delivery(delivery(body))
                .cache(new CacheSettings(null, null, null, body.word("cachedContent")));
        readSettings(body, builder);
        ToolsDecoder tools = new ToolsDecoder(extras);
        builder.tools(tools.tools(body)).toolChoice(tools.choice(body));
        body.leftOver(extras);
        return builder.extras(extras).build();
    }

    private void readSettings(Members body, ChatRequestBuilder builder) throws CodecException {
        Members config = body.object("generationConfig");
        if (config == null) {
            return;
        }
        SettingsDecoder settings = new SettingsDecoder(config, extras);
        builder.sampling(settings.sampling())
                .limits(settings.limits())
                .output(settings.output())
                .reasoning(settings.reasoning());
        settings.leftOver();
    }

    private List<Message> messages(Members body) throws CodecException {
        List<Message> messages = new ArrayList<>();
        JsonNode instruction = body.any("systemInstruction");
        if (instruction != null) {
            messages.add(instruction(instruction, body));
        }
        if (!body.has("contents")) {
            throw new CodecException("is missing; it must be a list of what was said", "contents");
        }
        for (Members content : body.objects("contents")) {
            messages.add(new Message(role(content), contents(content)));
        }
        return messages;
    }

    private Message instruction(JsonNode instruction, Members body) throws CodecException {
        if (instruction.isTextual()) {
            return Message.of(Role.SYSTEM, instruction.textValue());
        }
        Members content = body.object("systemInstruction");
        if (content == null) {
            throw new CodecException("must be an object with parts", "systemInstruction");
        }
        content.any("role"); // whatever it says, it is the system that speaks
        return new Message(Role.SYSTEM, contents(content));
    }

    private List<Content> contents(Members content) throws CodecException {
        List<Content> contents = new ArrayList<>();
        for (Members part : content.objects("parts")) {
            contents.add(parts.decode(part));
        }
        content.leftOver(extras);
        return contents;
    }

    private static Role role(Members content) throws CodecException {
        String role = content.word("role");
        return switch (role == null ? "user" : role) {
            case "user", "function" -> Role.USER;
            case "model" -> Role.ASSISTANT;
            case "system" -> Role.SYSTEM;
            default -> throw new CodecException("must be user or model", content.at("role"));
        };
    }

    private Delivery delivery(Members body) throws CodecException {
        String word = body.word("serviceTier");
        @Nullable ServiceTier tier = word == null ? null : ServiceTiers.decode(word);
        if (tier == null) {
            body.leave("serviceTier");
        }
        return new Delivery(request.stream(), null, tier, null, null);
    }

    private static Labels labels(Members body) throws CodecException {
        Members labels = body.object("labels");
        if (labels == null) {
            return Labels.UNSAID;
        }
        Map<String, String> metadata = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> label : labels.object().properties()) {
            if (!label.getValue().isTextual()) {
                throw new CodecException("must be a string", labels.at(label.getKey()));
            }
            metadata.put(label.getKey(), label.getValue().textValue());
        }
        return new Labels(null, null, metadata);
    }
}
