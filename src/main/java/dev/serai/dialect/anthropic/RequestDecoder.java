package dev.serai.dialect.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.serai.conversation.CacheSettings;
import dev.serai.conversation.ChatRequest;
import dev.serai.conversation.ChatRequestBuilder;
import dev.serai.conversation.Content;
import dev.serai.conversation.Delivery;
import dev.serai.conversation.Extra;
import dev.serai.conversation.Labels;
import dev.serai.conversation.Limits;
import dev.serai.conversation.Message;
import dev.serai.conversation.Role;
import dev.serai.conversation.Sampling;
import dev.serai.conversation.ServiceTier;
import dev.serai.dialect.CodecException;
import dev.serai.dialect.JsonMembers;
import dev.serai.dialect.JsonTree;
import dev.serai.dialect.ModelRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a request. Extras are named by where they stand; the instructions of a request that begins with a message of role {@code
 * system} are named as if they stood in {@code system}, where the encoder puts them. One instance per request.
 */
final class RequestDecoder {
    private static final String SYSTEM = "system";
    private static final String MESSAGES = "messages";

    private final List<Extra> extras = new ArrayList<>();
    private final BlockDecoder blocks = new BlockDecoder(extras, null);

    static ChatRequest decode(ModelRequest request) throws CodecException {
        return new RequestDecoder()
                .decode(
                        request,
                        JsonMembers.ofRequest(JsonTree.readObject(request.body().bytes()), ""));
    }

    private ChatRequest decode(ModelRequest request, JsonMembers body) throws CodecException {
        body.any("model");
        body.any("models");
        body.any("stream");
        Threads.refuseToGoOn(body);
        ChatRequestBuilder builder = ChatRequest.builder(request.models().get(0));
        builder.messages(CallSignatures.restore(messages(body)));
        ToolDecoder tools = new ToolDecoder(extras);
        builder.tools(tools.tools(body));
        tools.choice(body, builder);
        SettingsDecoder settings = new SettingsDecoder(extras);
        settings.thinkingAndOutput(body, builder);
        builder.sampling(sampling(body)).limits(limits(body)).labels(labels(body));
        builder.delivery(new Delivery(request.stream(), null, serviceTier(body), null, null));
        builder.cache(new CacheSettings(null, null, CacheMarks.read(body, extras), null));
        body.leftOver(AnthropicMessagesCodec.DIALECT, extras);
        return builder.extras(extras).build();
    }

    private List<Message> messages(JsonMembers body) throws CodecException {
        List<Message> messages = new ArrayList<>();
        JsonNode system = body.any(SYSTEM);
        if (system != null && !isNothing(system)) {
            messages.add(new Message(Role.SYSTEM, blocks.contents(system, SYSTEM)));
        }
        boolean hasSystem = !messages.isEmpty();
        ArrayNode values = body.list(MESSAGES);
        if (values == null) {
            throw Json.wrong(body, MESSAGES, "is required, and must be a list");
        }
        for (int i = 0; i < values.size(); i++) {
            messages.add(message(Json.members(values.get(i), MESSAGES + "[" + i + "]")));
        }
        if (!hasSystem && !messages.isEmpty() && messages.get(0).role() == Role.SYSTEM) {
            extras.replaceAll(RequestDecoder::withSystemInFront);
        }
        return messages;
    }

    private static boolean isNothing(JsonNode system) {
        return system.isTextual() ? system.textValue().isEmpty() : system.isArray() && system.isEmpty();
    }

    private Message message(JsonMembers message) throws CodecException {
        String role = message.requiredText("role");
        JsonNode content = message.any("content");
        if (content == null) {
            throw Json.wrong(message, "content", "is required: a string or a list of blocks");
        }
        List<Content> contents = blocks.contents(content, message.at("content"));
        message.leftOver(AnthropicMessagesCodec.DIALECT, extras);
        return switch (role) {
            case "user" -> new Message(Role.USER, contents);
            case "assistant" -> new Message(Role.ASSISTANT, contents);
            case "system" -> new Message(Role.SYSTEM, contents);
            default -> throw Json.wrong(message, "role", "must be user, assistant or system");
        };
    }

    private static Extra withSystemInFront(Extra extra) {
        String name = extra.name();
        int close = name.indexOf(']');
        if (!name.startsWith(MESSAGES + "[") || close < 0) {
            return extra;
        }
        int index = Integer.parseInt(name.substring(MESSAGES.length() + 1, close));
        String rest = name.substring(close + 1);
        String moved = index > 0
                ? MESSAGES + "[" + (index - 1) + "]" + rest
                : rest.startsWith(".content") ? SYSTEM + rest.substring(".content".length()) : SYSTEM + rest;
        return new Extra(extra.dialect(), moved, extra.value());
    }

    private static Sampling sampling(JsonMembers body) throws CodecException {
        return new Sampling(
                body.decimal("temperature"), body.decimal("top_p"), body.integer("top_k"), null, null, null, Map.of());
    }

    private static Limits limits(JsonMembers body) throws CodecException {
        return new Limits(Json.count(body, "max_tokens"), Json.texts(body, "stop_sequences"), null);
    }

    private Labels labels(JsonMembers body) throws CodecException {
        JsonMembers metadata = body.object("metadata");
        if (metadata == null) {
            return Labels.UNSAID;
        }
        String user = metadata.text("user_id");
        metadata.leftOver(AnthropicMessagesCodec.DIALECT, extras);
        return new Labels(user, null, Map.of());
    }

    private static @Nullable ServiceTier serviceTier(JsonMembers body) throws CodecException {
        String tier = body.text("service_tier");
        if (tier == null || tier.equals("auto")) {
            return tier == null ? null : ServiceTier.AUTO;
        }
        if (tier.equals("standard_only")) {
            return ServiceTier.STANDARD;
        }
        body.leave("service_tier");
        return null;
    }
}
