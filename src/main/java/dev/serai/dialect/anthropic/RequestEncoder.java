package dev.serai.dialect.anthropic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.CacheSettings;
import dev.serai.conversation.ChatRequest;
import dev.serai.conversation.Labels;
import dev.serai.conversation.Output;
import dev.serai.conversation.OutputFormat;
import dev.serai.conversation.Sampling;
import dev.serai.conversation.ServiceTier;
import dev.serai.dialect.CodecException;
import dev.serai.dialect.Encoded;
import dev.serai.dialect.EncodingTarget;
import dev.serai.dialect.Feature;
import dev.serai.dialect.JsonTree;
import dev.serai.dialect.ThinkingControl;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a request. One instance per request. */
final class RequestEncoder {
    /** With thinking, {@code top_p} is this or more. */
    private static final double LEAST_TOP_P_WITH_THINKING = 0.95;

    private final ChatRequest request;
    private final EncodingTarget target;
    private final Drops drops = new Drops();
    private final ObjectNode body = Json.object();
    private final Places places = new Places(body);

    private RequestEncoder(ChatRequest request, EncodingTarget target) {
        this.request = request;
        this.target = target;
    }

    static Encoded encode(ChatRequest request, EncodingTarget target) throws CodecException {
        return new RequestEncoder(request, target).encode();
    }

    private Encoded encode() throws CodecException {
        if (request.delivery().previousResponseId() != null) {
            throw new CodecException(
                    "this model's provider keeps no answers: send the whole conversation instead",
                    "previous_response_id");
        }
        body.put("model", target.model()).put("max_tokens", 0).put("stream", request.delivery().stream());
        BlockEncoder blocks = new BlockEncoder(target.model(), new ToolIds(request), places, drops);
        MessagesEncoder messages = new MessagesEncoder(blocks, places, drops);
        messages.write(request.messages(), body);
        ToolEncoder tools = new ToolEncoder(places, drops);
        tools.write(request, messages.calledTools(), body);
        ThinkingControl control = target.thinking() == null ? ThinkingModels.of(target.model()) : target.thinking();
        ThinkingEncoder thinking = new ThinkingEncoder(
                request.reasoning(), control, request.limits().maxOutputTokens(), target.maxOutputTokens(), drops);
        boolean thinks = thinking.write(body, tools.forces(), messages.callsWithoutThinking());
        sampling(request.sampling(), thinks);
        limits();
        output(request.output());
        labels(request.labels());
        delivery();
        cache(request.cache());
        places.restore(request.extras(), drops);
        return new Encoded(JsonTree.write(body), drops.list());
    }

    private void sampling(Sampling sampling, boolean thinks) {
        temperature(sampling.temperature(), thinks);
        topP(sampling.topP(), thinks);
        if (sampling.topK() != null && thinks) {
            drops.add(Feature.TOP_K, "not with thinking");
        } else if (sampling.topK() != null) {
            body.put("top_k", sampling.topK());
        }
        drops.addIf(sampling.frequencyPenalty() != null, Feature.FREQUENCY_PENALTY, "Messages knows none");
        drops.addIf(sampling.presencePenalty() != null, Feature.PRESENCE_PENALTY, "Messages knows none");
        drops.addIf(sampling.seed() != null, Feature.SEED, "Messages knows none");
        drops.addIf(!sampling.logitBias().isEmpty(), Feature.LOGIT_BIAS, "Messages knows none");
    }

    private void temperature(@Nullable Double temperature, boolean thinks) {
        if (temperature == null) {
            return;
        }
        if (thinks && temperature != 1) {
            drops.add(Feature.TEMPERATURE, "not with thinking");
            return;
        }
        drops.addIf(temperature > 1, Feature.TEMPERATURE, "at most 1 in Messages");
        body.put("temperature", Math.min(temperature, 1));
    }

    private void topP(@Nullable Double topP, boolean thinks) {
        if (topP == null) {
            return;
        }
        if (thinks && topP < LEAST_TOP_P_WITH_THINKING) {
            drops.add(Feature.TOP_P, "at least 0.95 with thinking");
            return;
        }
        body.put("top_p", topP);
    }

    private void limits() {
        List<String> stops = request.limits().stopSequences();
        List<String> said = stops.stream().filter(stop -> !stop.isBlank()).toList();
        drops.addIf(said.size() < stops.size(), Feature.STOP, "Messages takes no blank stop sequence");
        if (!said.isEmpty()) {
            said.forEach(body.putArray("stop_sequences")::add);
        }
        Integer choices = request.limits().choices();
        drops.addIf(choices != null && choices > 1, Feature.N, "Messages gives one answer");
    }

    private void output(Output output) {
        if (output.format() instanceof OutputFormat.JsonSchema schema) {
            format(schema);
        }
        drops.addIf(
                output.format() instanceof OutputFormat.JsonObject,
                Feature.RESPONSE_FORMAT,
                "Messages takes JSON with a schema only");
        drops.addIf(output.verbosity() != null, Feature.VERBOSITY, "Messages knows none");
        drops.addIf(
                !output.modalities().stream().allMatch(Output.Modality.TEXT::equals),
                Feature.MODALITIES,
                "Messages answers in text");
        drops.addIf(output.audio() != null, Feature.AUDIO_OUTPUT, "Messages answers in text");
        drops.addIf(Boolean.TRUE.equals(output.logprobs()), Feature.LOGPROBS, "Messages gives none");
        drops.addIf(output.topLogprobs() != null, Feature.TOP_LOGPROBS, "Messages gives none");
    }

    private void format(OutputFormat.JsonSchema format) {
        if (!(Json.parse(format.schema().text()) instanceof ObjectNode schema)) {
            drops.add(Feature.RESPONSE_FORMAT, "the schema is no object");
            return;
        }
        ObjectNode strict = new SchemaRules(drops).strict(schema);
        if (format.description() != null && !strict.has("description")) {
            strict.put("description", format.description());
        }
        ObjectNode config =
                body.get("output_config") instanceof ObjectNode known ? known : body.putObject("output_config");
        config.putObject("format").put("type", "json_schema").set("schema", strict);
    }

    /** Anthropic's id of a user is what OpenAI calls a safety identifier: it may stand for the other. */
    private void labels(Labels labels) {
        String user = labels.user() == null ? labels.safetyIdentifier() : labels.user();
        if (user != null) {
            body.putObject("metadata").put("user_id", user);
        }
        drops.addIf(
                labels.user() != null && labels.safetyIdentifier() != null,
                Feature.SAFETY_IDENTIFIER,
                "Messages knows the user only");
        drops.addIf(!labels.metadata().isEmpty(), Feature.METADATA, "Messages knows the user only");
    }

    private void delivery() {
        ServiceTier tier = request.delivery().serviceTier();
        if (tier == ServiceTier.AUTO || tier == ServiceTier.STANDARD) {
            body.put("service_tier", tier == ServiceTier.AUTO ? "auto" : "standard_only");
        }
        drops.addIf(
                tier != null && !body.has("service_tier"),
                Feature.SERVICE_TIER,
                "Messages has no such tier to ask for");
        drops.addIf(Boolean.TRUE.equals(request.delivery().store()), Feature.STORE, "Messages keeps nothing");
    }

    private void cache(CacheSettings cache) {
        CacheMarks.write(cache.mark(), body);
        drops.addIf(cache.key() != null, Feature.PROMPT_CACHE_KEY, "Messages caches by marks");
        drops.addIf(cache.retention() != null, Feature.PROMPT_CACHE_RETENTION, "Messages caches by marks");
        drops.addIf(cache.content() != null, Feature.CACHED_CONTENT, "Messages caches by marks");
    }
}
