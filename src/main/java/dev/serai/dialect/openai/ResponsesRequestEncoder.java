package dev.serai.dialect.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.CacheSettings;
import dev.serai.conversation.ChatRequest;
import dev.serai.conversation.Content;
import dev.serai.conversation.Delivery;
import dev.serai.conversation.Labels;
import dev.serai.conversation.Limits;
import dev.serai.conversation.Message;
import dev.serai.conversation.Output;
import dev.serai.conversation.OutputFormat;
import dev.serai.conversation.RawJson;
import dev.serai.conversation.Sampling;
import dev.serai.dialect.Dropped;
import dev.serai.dialect.Encoded;
import dev.serai.dialect.EncodingTarget;
import dev.serai.dialect.Feature;
import dev.serai.dialect.JsonTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a request. One instance per request. */
final class ResponsesRequestEncoder {
    /** OpenAI refuses identifiers of users that are longer. */
    private static final int MAX_IDENTIFIER_LENGTH = 64;

    /** OpenAI refuses a lower limit. */
    private static final long LEAST_OUTPUT_TOKENS = 16;

    private final ChatRequest request;
    private final ObjectNode body = JsonTree.NODES.objectNode();
    private final List<Dropped> dropped = new ArrayList<>();

    private ResponsesRequestEncoder(ChatRequest request) {
        this.request = request;
    }

    static Encoded encode(ChatRequest request, EncodingTarget target) {
        ChatRequest signed = request.signedFor(OpenAiResponsesCodec.ID, target.model());
        ResponsesRequestEncoder encoder = new ResponsesRequestEncoder(signed);
        if (!signed.equals(request)) {
            encoder.drop(Feature.THINKING_SIGNATURE, "signatures of another model");
        }
        return encoder.encode(target.model());
    }

    private Encoded encode(String model) {
        body.put("model", model);
        conversation();
        if (!request.tools().isEmpty()) {
            body.set("tools", ResponsesTools.write(request.tools(), dropped));
        }
        if (request.toolChoice() != null) {
            set("tool_choice", ResponsesToolChoice.write(request.toolChoice(), request, dropped));
        }
        put("parallel_tool_calls", request.parallelToolCalls());
        output(request.output());
        sampling(request.sampling());
        limits(request.limits());
        ResponsesReasoning.write(request.reasoning(), body, dropped);
        delivery(request.delivery());
        labels(request.labels());
        cache(request.cache());
        include();
        ResponsesExtras.writeBack(request.extras(), body, dropped);
        return new Encoded(JsonTree.write(body), dropped);
    }

    private void conversation() {
        List<Message> messages = request.messages();
        boolean lifts = !messages.isEmpty()
                && ResponsesTurns.isInstructions(
                        messages.get(0).role(), messages.get(0).contents())
                && messages.get(0).name() == null;
        if (lifts) {
            body.put("instructions", ((Content.Text) messages.get(0).contents().get(0)).text());
        }
        List<Message> rest = lifts ? messages.subList(1, messages.size()) : messages;
        body.set("input", new ResponsesInputWriter(request, knowsMarks(), dropped).write(rest));
    }

    /** Only a client that writes for a model that knows marks says for how long they shall hold. */
    private boolean knowsMarks() {
        return request.extras().stream()
                .anyMatch(extra -> extra.dialect().equals(OpenAiResponsesCodec.ID)
                        && extra.name().equals("prompt_cache_options"));
    }

    private void output(Output output) {
        ObjectNode text = JsonTree.NODES.objectNode();
        if (output.format() != null) {
            format(output.format(), text.putObject("format"), dropped);
        }
        if (output.verbosity() != null) {
            text.put("verbosity", output.verbosity().name().toLowerCase(Locale.ROOT));
        }
        if (!text.isEmpty()) {
            body.set("text", text);
        }
        if (output.modalities().stream().anyMatch(modality -> modality != Output.Modality.TEXT)) {
            drop(Feature.MODALITIES, "responses answer in text");
        }
        if (output.audio() != null) {
            drop(Feature.AUDIO_OUTPUT, "responses do not speak");
        }
        put("top_logprobs", output.topLogprobs() == null ? null : Long.valueOf(output.topLogprobs()));
    }

    static void format(OutputFormat format, ObjectNode written, List<Dropped> dropped) {
        if (format instanceof OutputFormat.JsonSchema schema) {
            written.put("type", "json_schema").put("name", schema.name() == null ? "answer" : schema.name());
            if (schema.description() != null) {
                written.put("description", schema.description());
            }
            RawJson strict = ResponsesTools.strict(schema.strict(), schema.schema(), dropped);
            written.set("schema", JsonTree.leaf(strict == null ? schema.schema() : strict));
            if (schema.strict() != null) {
                written.put("strict", strict != null);
            }
        } else {
            written.put("type", format instanceof OutputFormat.JsonObject ? "json_object" : "text");
        }
    }

    private void sampling(Sampling sampling) {
        put("temperature", sampling.temperature());
        put("top_p", sampling.topP());
        dropIf(sampling.topK() != null, Feature.TOP_K);
        dropIf(sampling.frequencyPenalty() != null, Feature.FREQUENCY_PENALTY);
        dropIf(sampling.presencePenalty() != null, Feature.PRESENCE_PENALTY);
        dropIf(sampling.seed() != null, Feature.SEED);
        dropIf(!sampling.logitBias().isEmpty(), Feature.LOGIT_BIAS);
    }

    private void limits(Limits limits) {
        Long most = limits.maxOutputTokens();
        if (most != null && most < LEAST_OUTPUT_TOKENS) {
            dropped.add(new Dropped("max_output_tokens", "responses have a limit of 16 tokens or more"));
            most = LEAST_OUTPUT_TOKENS;
        }
        put("max_output_tokens", most);
        dropIf(!limits.stopSequences().isEmpty(), Feature.STOP);
        dropIf(limits.choices() != null && limits.choices() > 1, Feature.N);
    }

    private void delivery(Delivery delivery) {
        if (delivery.stream()) {
            body.put("stream", true);
        }
        if (delivery.serviceTier() != null) {
            String tier = ResponsesTiers.write(delivery.serviceTier());
            dropIf(tier == null, Feature.SERVICE_TIER);
            put("service_tier", tier);
        }
        put("previous_response_id", delivery.previousResponseId());
        // Responses are stored unless one says no; elsewhere it is the other way round.
        if (delivery.store() != null || delivery.previousResponseId() == null) {
            body.put("store", Boolean.TRUE.equals(delivery.store()));
        }
    }

    private void labels(Labels labels) {
        put("user", identifier(labels.user()));
        put("safety_identifier", identifier(labels.safetyIdentifier()));
        if (!labels.metadata().isEmpty()) {
            ObjectNode metadata = body.putObject("metadata");
            for (Map.Entry<String, String> label : labels.metadata().entrySet()) {
                metadata.put(label.getKey(), label.getValue());
            }
        }
    }

    /** What is too long is told apart by its hash just as well. */
    private static @Nullable String identifier(@Nullable String identifier) {
        return identifier == null || identifier.length() <= MAX_IDENTIFIER_LENGTH
                ? identifier
                : ResponsesToolNames.hash(identifier);
    }

    private void cache(CacheSettings cache) {
        put("prompt_cache_key", identifier(cache.key()));
        put("prompt_cache_retention", cache.retention());
        if (cache.mark() != null) {
            drop(Feature.CACHE_CONTROL, "OpenAI caches on its own");
        }
        dropIf(cache.content() != null, Feature.CACHED_CONTENT);
    }

    private void include() {
        ArrayNode include = body.arrayNode();
        if (ResponsesReasoning.wantsSignatures(request.reasoning())) {
            include.add(ResponsesRequestDecoder.WITH_SIGNATURES);
        }
        if (Boolean.TRUE.equals(request.output().logprobs())) {
            include.add(ResponsesRequestDecoder.WITH_LOGPROBS);
        }
        if (!include.isEmpty()) {
            body.set("include", include);
        }
    }

    private void drop(Feature feature, String reason) {
        dropped.add(Dropped.of(feature, reason));
    }

    private void dropIf(boolean said, Feature feature) {
        if (said) {
            drop(feature, "responses have no such setting");
        }
    }

    private void set(String name, @Nullable JsonNode value) {
        if (value != null) {
            body.set(name, value);
        }
    }

    private void put(String name, @Nullable String value) {
        if (value != null) {
            body.put(name, value);
        }
    }

    private void put(String name, @Nullable Boolean value) {
        if (value != null) {
            body.put(name, value);
        }
    }

    private void put(String name, @Nullable Long value) {
        if (value != null) {
            body.put(name, value);
        }
    }

    /** A whole number as such: {@code 1} rather than {@code 1.0}. */
    private void put(String name, @Nullable Double value) {
        if (value == null) {
            return;
        }
        if (value == Math.rint(value) && Math.abs(value) < Integer.MAX_VALUE) {
            body.put(name, value.longValue());
        } else {
            body.put(name, value);
        }
    }
}
