package dev.serai.dialect.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.serai.conversation.CacheSettings;
import dev.serai.conversation.ChatRequest;
import dev.serai.conversation.ChatRequestBuilder;
import dev.serai.conversation.Delivery;
import dev.serai.conversation.Effort;
import dev.serai.conversation.Labels;
import dev.serai.conversation.Limits;
import dev.serai.conversation.Output;
import dev.serai.conversation.OutputFormat;
import dev.serai.conversation.Reasoning;
import dev.serai.conversation.Sampling;
import dev.serai.conversation.ServiceTier;
import dev.serai.dialect.CodecException;
import dev.serai.dialect.JsonTree;
import dev.serai.dialect.ModelRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a request. One instance per request. */
final class ResponsesRequestDecoder {
    static final String WITH_SIGNATURES = "reasoning.encrypted_content";
    static final String WITH_LOGPROBS = "message.output_text.logprobs";

    private static final Set<String> KNOWN = Set.of(
            "model",
            "models",
            "stream",
            "input",
            "instructions",
            "tools",
            "tool_choice",
            "parallel_tool_calls",
            "text",
            "reasoning",
            "include",
            "temperature",
            "top_p",
            "top_logprobs",
            "max_output_tokens",
            "metadata",
            "user",
            "safety_identifier",
            "prompt_cache_key",
            "prompt_cache_retention",
            "service_tier",
            "store",
            "previous_response_id");

    private final ModelRequest request;
    private final ResponsesValue body;
    private final ResponsesExtras extras = new ResponsesExtras();
    private boolean withSignatures;
    private boolean withLogprobs;

    private ResponsesRequestDecoder(ModelRequest request, ResponsesValue body) {
        this.request = request;
        this.body = body;
    }

    static ChatRequest decode(ModelRequest request) throws CodecException {
        byte[] bytes = request.body().bytes();
        ResponsesValue body = ResponsesValue.root(JsonTree.readObject(bytes, 0, bytes.length));
        return new ResponsesRequestDecoder(request, body).decode();
    }

    private ChatRequest decode() throws CodecException {
        ChatRequestBuilder builder = ChatRequest.builder(request.models().get(0));
        readInclude();
        conversation(builder);
        builder.parallelToolCalls(body.flag("parallel_tool_calls"))
                .sampling(sampling())
                .limits(new Limits(body.integer("max_output_tokens"), List.of(), null))
                .output(output())
                .reasoning(reasoning())
                .delivery(delivery())
                .labels(labels())
                .cache(new CacheSettings(
                        body.text("prompt_cache_key"), body.text("prompt_cache_retention"), null, null));
        for (Map.Entry<String, JsonNode> member : body.members()) {
            if (!KNOWN.contains(member.getKey())) {
                extras.add(member.getKey(), member.getValue());
            }
        }
        return builder.extras(extras.toList()).build();
    }

    private void conversation(ChatRequestBuilder builder) throws CodecException {
        ResponsesTools.Reader tools = new ResponsesTools.Reader(extras);
        ResponsesValue declared = body.get("tools");
        if (declared != null) {
            tools.read(declared);
        }
        ResponsesValue input = body.get("input");
        if (input != null && input.isArray()) {
            readToolsWithin(input, tools);
        }
        ResponsesToolNames names = new ResponsesToolNames(tools.tools());
        ResponsesValue choice = body.get("tool_choice");
        builder.messages(new ResponsesInput(extras, names).read(body.get("instructions"), input))
                .tools(tools.tools())
                .toolChoice(choice == null ? null : ResponsesToolChoice.read(choice, names));
    }

    /** Tools may also be added in the middle of the conversation; then they are there from the beginning. */
    private static void readToolsWithin(ResponsesValue input, ResponsesTools.Reader tools) throws CodecException {
        for (ResponsesValue item : input.elements()) {
            ResponsesValue added = item.get("tools");
            if (added != null
                    && "additional_tools".equals(item.node().path("type").textValue())) {
                tools.read(added);
            }
        }
    }

    private Sampling sampling() throws CodecException {
        Sampling sampling = Sampling.of(body.number("temperature"), body.number("top_p"));
        return sampling.equals(Sampling.UNSAID) ? Sampling.UNSAID : sampling;
    }

    private void readInclude() throws CodecException {
        ResponsesValue include = body.get("include");
        if (include == null) {
            return;
        }
        ArrayNode others = JsonTree.NODES.arrayNode();
        for (ResponsesValue wanted : include.elements()) {
            switch (wanted.asText()) {
                case WITH_SIGNATURES -> withSignatures = true;
                case WITH_LOGPROBS -> withLogprobs = true;
                default -> others.add(wanted.node());
            }
        }
        if (!others.isEmpty()) {
            extras.add("include", others);
        }
    }

    private Output output() throws CodecException {
        ResponsesValue text = body.object("text");
        Long topLogprobs = body.integer("top_logprobs");
        if (topLogprobs != null && (topLogprobs < 0 || topLogprobs > Integer.MAX_VALUE)) {
            throw body.require("top_logprobs").wrong("must be a number from 0 to 20");
        }
        return new Output(
                text == null ? null : format(text),
                text == null ? null : verbosity(text),
                List.of(),
                null,
                withLogprobs ? Boolean.TRUE : null,
                topLogprobs == null ? null : topLogprobs.intValue());
    }

    private @Nullable OutputFormat format(ResponsesValue text) throws CodecException {
        unknown(text, "text", Set.of("format", "verbosity"));
        ResponsesValue format = text.object("format");
        if (format == null) {
            return null;
        }
        return switch (format.require("type").asText()) {
            case "text" -> new OutputFormat.PlainText();
            case "json_object" -> new OutputFormat.JsonObject();
            case "json_schema" -> schema(format);
            default -> {
                extras.add("text.format", format.node());
                yield null;
            }
        };
    }

    /** Some clients nest it, as chat completions do. */
    private static OutputFormat schema(ResponsesValue format) throws CodecException {
        ResponsesValue nested = format.object("json_schema");
        ResponsesValue from = nested == null ? format : nested;
        return new OutputFormat.JsonSchema(
                from.text("name"),
                from.text("description"),
                JsonTree.raw(from.require("schema").asObject().node()),
                from.flag("strict"));
    }

    private Output.@Nullable Verbosity verbosity(ResponsesValue text) throws CodecException {
        String verbosity = text.text("verbosity");
        if (verbosity == null) {
            return null;
        }
        return switch (verbosity) {
            case "low" -> Output.Verbosity.LOW;
            case "medium" -> Output.Verbosity.MEDIUM;
            case "high" -> Output.Verbosity.HIGH;
            default -> {
                extras.add("text.verbosity", text.node().path("verbosity"));
                yield null;
            }
        };
    }

    private Reasoning reasoning() throws CodecException {
        ResponsesValue reasoning = body.object("reasoning");
        Boolean signatures = withSignatures ? Boolean.TRUE : null;
        if (reasoning == null) {
            return new Reasoning(null, null, null, null, signatures);
        }
        unknown(reasoning, "reasoning", Set.of("effort", "summary", "generate_summary"));
        return new Reasoning(null, effort(reasoning), null, summary(reasoning), signatures);
    }

    private @Nullable Effort effort(ResponsesValue reasoning) throws CodecException {
        String effort = reasoning.text("effort");
        Effort known = effort == null ? null : ResponsesReasoning.effort(effort);
        if (effort != null && known == null) {
            extras.add("reasoning.effort", reasoning.node().path("effort"));
        }
        return known;
    }

    private Reasoning.@Nullable Summary summary(ResponsesValue reasoning) throws CodecException {
        String name = reasoning.has("summary") ? "summary" : "generate_summary";
        String summary = reasoning.text(name);
        Reasoning.Summary known = summary == null ? null : ResponsesReasoning.summary(summary);
        if (summary != null && known == null) {
            extras.add("reasoning.summary", reasoning.node().path(name));
        }
        return known;
    }

    private void unknown(ResponsesValue group, String name, Set<String> known) {
        for (Map.Entry<String, JsonNode> member : group.members()) {
            if (!known.contains(member.getKey())) {
                extras.add(name + "." + member.getKey(), member.getValue());
            }
        }
    }

    private Delivery delivery() throws CodecException {
        String named = body.text("service_tier");
        ServiceTier tier = named == null ? null : ResponsesTiers.read(named);
        if (named != null && tier == null) {
            extras.add("service_tier", body.node().path("service_tier"));
        }
        return new Delivery(request.stream(), null, tier, body.flag("store"), body.text("previous_response_id"));
    }

    private Labels labels() throws CodecException {
        return new Labels(body.text("user"), body.text("safety_identifier"), metadata());
    }

    private Map<String, String> metadata() throws CodecException {
        ResponsesValue metadata = body.object("metadata");
        if (metadata == null) {
            return Map.of();
        }
        Map<String, String> texts = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> member : metadata.members()) {
            JsonNode value = member.getValue();
            texts.put(member.getKey(), value.isTextual() ? value.textValue() : JsonTree.text(value));
        }
        return texts;
    }
}
