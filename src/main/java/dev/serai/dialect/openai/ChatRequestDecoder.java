package dev.serai.dialect.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.CacheSettings;
import dev.serai.conversation.ChatRequest;
import dev.serai.conversation.ChatRequestBuilder;
import dev.serai.conversation.Delivery;
import dev.serai.conversation.Extra;
import dev.serai.conversation.Labels;
import dev.serai.conversation.Limits;
import dev.serai.conversation.Output;
import dev.serai.conversation.OutputFormat;
import dev.serai.conversation.Sampling;
import dev.serai.conversation.ServiceTier;
import dev.serai.dialect.CodecException;
import dev.serai.dialect.JsonMembers;
import dev.serai.dialect.JsonTree;
import dev.serai.dialect.ModelRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads a request for a chat completion. */
final class ChatRequestDecoder {
    private final JsonMembers body;
    private final List<Extra> extras = new ArrayList<>();

    private ChatRequestDecoder(ObjectNode body) {
        this.body = JsonMembers.ofRequest(body, "");
    }

    static ChatRequest decode(ModelRequest request) throws CodecException {
        return new ChatRequestDecoder(JsonTree.readObject(request.body().bytes())).read(request);
    }

    private ChatRequest read(ModelRequest request) throws CodecException {
        body.ignore("model", "models", "stream");
        ChatRequestBuilder builder = ChatRequest.builder(request.models().get(0))
                .messages(new ChatMessagesDecoder(body, extras).read())
                .parallelToolCalls(body.flag("parallel_tool_calls"))
                .output(output())
                .sampling(sampling())
                .limits(limits())
                .reasoning(ChatReasoning.read(body))
                .delivery(delivery(request.stream()))
                .labels(labels())
                .cache(new CacheSettings(
                        body.text("prompt_cache_key"), body.text("prompt_cache_retention"), null, null));
        ChatToolsDecoder tools = new ChatToolsDecoder(body, extras);
        builder.tools(tools.tools()).toolChoice(tools.choice());
        body.leftOver(OpenAiChatCodec.DIALECT, extras);
        return builder.extras(extras).build();
    }

    private Output output() throws CodecException {
        return new Output(
                format(),
                constant("verbosity", ChatWords::verbosity),
                modalities(),
                speech(),
                body.flag("logprobs"),
                body.smallInteger("top_logprobs"));
    }

    private @Nullable OutputFormat format() throws CodecException {
        JsonMembers format = body.object("response_format");
        if (format == null) {
            return null;
        }
        String type = format.text("type");
        OutputFormat read = type == null ? null : format(type, format);
        if (read == null) {
            body.leave("response_format"); // a grammar, say
        } else {
            format.leftOver(OpenAiChatCodec.DIALECT, extras);
        }
        return read;
    }

    private @Nullable OutputFormat format(String type, JsonMembers format) throws CodecException {
        return switch (type) {
            case "text" -> new OutputFormat.PlainText();
            case "json_object" -> new OutputFormat.JsonObject();
            case "json_schema" -> schema(format);
            default -> null;
        };
    }

    private OutputFormat schema(JsonMembers format) throws CodecException {
        JsonMembers inner = format.object("json_schema");
        JsonMembers named = inner == null ? format : inner; // some clients write it flat, as Responses has it
        JsonNode schema = named.any("schema");
        if (schema == null || !schema.isContainerNode()) {
            throw new CodecException("must be a JSON schema", named.at("schema"));
        }
        OutputFormat read = new OutputFormat.JsonSchema(
                named.text("name"), named.text("description"), JsonTree.raw(schema), named.flag("strict"));
        if (inner != null) {
            inner.leftOver(OpenAiChatCodec.DIALECT, extras);
        }
        return read;
    }

    private List<Output.Modality> modalities() throws CodecException {
        List<Output.Modality> read = new ArrayList<>();
        ArrayNode list = body.list("modalities");
        if (list != null) {
            for (JsonNode word : list) {
                Output.Modality modality = ChatWords.modality(word.asText(""));
                if (modality == null) {
                    body.leave("modalities");
                    return List.of();
                }
                read.add(modality);
            }
        }
        return read;
    }

    private Output.@Nullable Speech speech() throws CodecException {
        JsonMembers audio = body.object("audio");
        if (audio == null) {
            return null;
        }
        JsonNode voice = audio.peek("voice");
        String name =
                voice != null && voice.isTextual() ? audio.text("voice") : null; // otherwise one of the client's own
        Output.Speech speech = new Output.Speech(name, audio.text("format"));
        audio.leftOver(OpenAiChatCodec.DIALECT, extras);
        return speech;
    }

    private Sampling sampling() throws CodecException {
        return new Sampling(
                body.decimal("temperature"),
                body.decimal("top_p"),
                body.integer("top_k"),
                body.decimal("frequency_penalty"),
                body.decimal("presence_penalty"),
                body.integer("seed"),
                logitBias());
    }

    private Map<String, Double> logitBias() throws CodecException {
        Map<String, Double> bias = new LinkedHashMap<>();
        JsonMembers members = body.object("logit_bias");
        if (members != null) {
            for (Map.Entry<String, JsonNode> member : members.node().properties()) {
                Double value = members.decimal(member.getKey());
                if (value != null) {
                    bias.put(member.getKey(), value);
                }
            }
        }
        return bias;
    }

    private Limits limits() throws CodecException {
        Long most = body.integer("max_completion_tokens");
        Long old = body.integer("max_tokens");
        return new Limits(most == null ? old : most, stop(), body.smallInteger("n"));
    }

    private List<String> stop() throws CodecException {
        JsonNode stop = body.any("stop");
        if (stop == null) {
            return List.of();
        }
        if (stop.isTextual()) {
            return List.of(stop.textValue());
        }
        List<String> sequences = new ArrayList<>();
        for (JsonNode sequence : stop) {
            if (!sequence.isTextual()) {
                throw new CodecException("must be a string", "stop[" + sequences.size() + "]");
            }
            sequences.add(sequence.textValue());
        }
        if (!stop.isArray()) {
            throw new CodecException("must be a string or a list of strings", "stop");
        }
        return sequences;
    }

    private Delivery delivery(boolean stream) throws CodecException {
        JsonMembers options = body.object("stream_options");
        Boolean includeUsage = options == null ? null : options.flag("include_usage");
        if (options != null) {
            options.leftOver(OpenAiChatCodec.DIALECT, extras);
        }
        ServiceTier tier = constant("service_tier", ChatWords::serviceTier);
        return new Delivery(stream, includeUsage, tier, body.flag("store"), null);
    }

    private Labels labels() throws CodecException {
        return new Labels(body.text("user"), body.text("safety_identifier"), metadata());
    }

    private Map<String, String> metadata() throws CodecException {
        Map<String, String> metadata = new LinkedHashMap<>();
        JsonMembers members = body.object("metadata");
        if (members != null) {
            for (Map.Entry<String, JsonNode> member : members.node().properties()) {
                if (!member.getValue().isTextual()) {
                    body.leave("metadata");
                    return Map.of();
                }
                metadata.put(member.getKey(), member.getValue().textValue());
            }
        }
        return metadata;
    }

    /** A word that stands for a constant; one that the model does not know is left over. */
    private <T> @Nullable T constant(String name, Function<String, @Nullable T> words) throws CodecException {
        String word = body.text(name);
        T constant = word == null ? null : words.apply(word);
        if (constant == null) {
            body.leave(name);
        }
        return constant;
    }
}
