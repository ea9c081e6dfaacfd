package dev.serai.dialect.openai;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.CacheSettings;
import dev.serai.conversation.ChatRequest;
import dev.serai.conversation.Delivery;
import dev.serai.conversation.Effort;
import dev.serai.conversation.Extra;
import dev.serai.conversation.Labels;
import dev.serai.conversation.Limits;
import dev.serai.conversation.Output;
import dev.serai.conversation.OutputFormat;
import dev.serai.conversation.RawJson;
import dev.serai.conversation.Reasoning;
import dev.serai.conversation.Sampling;
import dev.serai.conversation.ServiceTier;
import dev.serai.dialect.CodecException;
import dev.serai.dialect.Dropped;
import dev.serai.dialect.Encoded;
import dev.serai.dialect.EncodingTarget;
import dev.serai.dialect.Feature;
import dev.serai.dialect.JsonTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes a request for a chat completion, in the form that most speakers of Chat take: {@code max_tokens} (a provider's file renames it where
 * it is refused), instructions as {@code system}, custom tools as functions, only those tools that may be called.
 */
final class ChatRequestEncoder {
    /** OpenAI takes no more. */
    private static final int MAX_STOP_SEQUENCES = 4;

    private final ChatRequest request;
    private final ObjectNode body = JsonTree.NODES.objectNode();
    private final List<Dropped> dropped = new ArrayList<>();
    private final Set<String> ownExtras;

    private ChatRequestEncoder(ChatRequest request) {
        this.request = request;
        this.ownExtras = request.extras().stream()
                .filter(extra -> extra.dialect().equals(OpenAiChatCodec.DIALECT))
                .map(Extra::name)
                .collect(Collectors.toSet());
    }

    static Encoded encode(ChatRequest request, EncodingTarget target) throws CodecException {
        if (request.delivery().previousResponseId() != null) {
            throw new CodecException(
                    "this model's provider keeps no conversations; send the whole conversation instead",
                    "previous_response_id");
        }
        ChatRequest signed = request.signedFor(OpenAiChatCodec.DIALECT, target.model());
        ChatRequestEncoder encoder = new ChatRequestEncoder(signed);
        if (!signed.equals(request)) {
            encoder.drop(Feature.THINKING_SIGNATURE, "another model made it");
        }
        return encoder.write(target);
    }

    private Encoded write(EncodingTarget target) {
        body.put("model", target.model());
        ChatMessagesEncoder messages = new ChatMessagesEncoder(target.model(), ownExtras, dropped);
        body.set("messages", messages.write(request.messages()));
        ChatToolsEncoder tools = new ChatToolsEncoder(request, dropped);
        tools.write(body);
        format(request.output().format());
        output(request.output());
        sampling(request.sampling());
        limits(request.limits());
        reasoning(request.reasoning());
        delivery(request.delivery());
        labels(request.labels());
        cache(request.cache());
        new ChatExtras(body)
                .at("messages", messages.places())
                .at("tools", tools.places())
                .write(request.extras(), dropped);
        return new Encoded(JsonTree.write(body), once(dropped));
    }

    /** Each name once, with the first of its reasons. */
    static List<Dropped> once(List<Dropped> dropped) {
        Map<String, Dropped> byName = new LinkedHashMap<>();
        dropped.forEach(one -> byName.putIfAbsent(one.name(), one));
        return List.copyOf(byName.values());
    }

    private void drop(Feature feature, String reason) {
        dropped.add(Dropped.of(feature, reason));
    }

    private void format(@Nullable OutputFormat format) {
        if (format == null) {
            return;
        }
        ObjectNode node = body.putObject("response_format");
        if (format instanceof OutputFormat.JsonSchema schema) {
            node.put("type", "json_schema");
            schema(schema, node.putObject("json_schema"));
        } else {
            node.put("type", format instanceof OutputFormat.JsonObject ? "json_object" : "text");
        }
    }

    private void schema(OutputFormat.JsonSchema format, ObjectNode node) {
        node.put("name", format.name() == null ? "response" : format.name());
        if (format.description() != null) {
            node.put("description", format.description());
        }
        RawJson strict = Boolean.TRUE.equals(format.strict()) ? OpenAiSchemas.strict(format.schema()) : null;
        node.set("schema", JsonTree.leaf(strict == null ? format.schema() : strict));
        if (strict != null || Boolean.FALSE.equals(format.strict())) {
            node.put("strict", strict != null);
        } else if (format.strict() != null) {
            drop(Feature.STRICT, "a strict schema closes every object and requires every property");
        }
    }

    private void output(Output output) {
        if (output.verbosity() != null) {
            body.put("verbosity", ChatWords.of(output.verbosity()));
        }
        if (!output.modalities().isEmpty()) {
            ArrayNode modalities = body.putArray("modalities");
            output.modalities().forEach(modality -> modalities.add(ChatWords.of(modality)));
        }
        Output.Speech speech = output.audio();
        if (speech != null) {
            ObjectNode audio = body.putObject("audio");
            put(audio, "voice", speech.voice());
            put(audio, "format", speech.format());
        }
        if (output.logprobs() != null) {
            body.put("logprobs", output.logprobs());
        }
        if (output.topLogprobs() != null && Boolean.TRUE.equals(output.logprobs())) {
            body.put("top_logprobs", output.topLogprobs());
        } else if (output.topLogprobs() != null) {
            drop(Feature.TOP_LOGPROBS, "means nothing without logprobs");
        }
    }

    private static void put(ObjectNode node, String name, @Nullable String text) {
        if (text != null) {
            node.put(name, text);
        }
    }

    private void put(String name, @Nullable Double number) {
        if (number != null) {
            body.put(name, number);
        }
    }

    private void put(String name, @Nullable Long number) {
        if (number != null) {
            body.put(name, number);
        }
    }

    private void sampling(Sampling sampling) {
        put("temperature", sampling.temperature());
        put("top_p", sampling.topP());
        put("top_k", sampling.topK());
        put("frequency_penalty", sampling.frequencyPenalty());
        put("presence_penalty", sampling.presencePenalty());
        put("seed", sampling.seed());
        if (!sampling.logitBias().isEmpty()) {
            ObjectNode bias = body.putObject("logit_bias");
            sampling.logitBias().forEach(bias::put);
        }
    }

    private void limits(Limits limits) {
        put("max_tokens", limits.maxOutputTokens());
        List<String> stop = limits.stopSequences();
        if (stop.size() > MAX_STOP_SEQUENCES) {
            drop(Feature.STOP, "no more than " + MAX_STOP_SEQUENCES + " stop sequences");
            stop = stop.subList(0, MAX_STOP_SEQUENCES);
        }
        if (!stop.isEmpty()) {
            ArrayNode list = body.putArray("stop");
            stop.forEach(list::add);
        }
        put("n", limits.choices() == null ? null : Long.valueOf(limits.choices()));
    }

    /** An effort for a budget; for a client that said it in other words of Chat, its own words, which are among the extras. */
    private void reasoning(Reasoning reasoning) {
        if (ownExtras.contains(ChatReasoning.OPENROUTER)) {
            return;
        }
        boolean inOwnWords = ownExtras.contains(ChatReasoning.THINKING);
        Effort effort = inOwnWords ? reasoning.effort() : reasoning.effortOrEquivalent();
        if (effort != null) {
            body.put(ChatReasoning.EFFORT, ChatWords.of(effort));
        } else if (reasoning.mode() == Reasoning.Mode.ON && !inOwnWords) {
            drop(Feature.THINKING, "there is an effort, and no switch");
        }
        if (reasoning.budgetTokens() != null && reasoning.budgetTokens() > 0 && !inOwnWords) {
            drop(Feature.THINKING_BUDGET, "there are efforts, and no budgets");
        }
        if (reasoning.summary() != null) {
            drop(Feature.THINKING_SUMMARY, "there is no choice of what is shown");
        }
        if (Boolean.TRUE.equals(reasoning.signatures())) {
            drop(Feature.THINKING_SIGNATURE, "there are none to ask for");
        }
    }

    /** Usage is asked for whatever the client said. Storing is off by default, and some providers refuse the word. */
    private void delivery(Delivery delivery) {
        if (delivery.stream()) {
            body.put("stream", true);
            body.putObject("stream_options").put("include_usage", true);
        }
        ServiceTier tier = delivery.serviceTier();
        String word = tier == null ? null : ChatWords.of(tier);
        put(body, "service_tier", word);
        if (tier != null && word == null) {
            drop(Feature.SERVICE_TIER, "there is no such tier");
        }
        if (Boolean.TRUE.equals(delivery.store())) {
            body.put("store", true);
        }
    }

    private void labels(Labels labels) {
        put(body, "user", labels.user());
        put(body, "safety_identifier", labels.safetyIdentifier());
        if (!labels.metadata().isEmpty()) {
            ObjectNode metadata = body.putObject("metadata");
            labels.metadata().forEach(metadata::put);
        }
    }

    private void cache(CacheSettings cache) {
        put(body, "prompt_cache_key", cache.key());
        put(body, "prompt_cache_retention", cache.retention());
        if (cache.mark() != null) {
            drop(Feature.CACHE_CONTROL, ChatMessagesEncoder.NO_MARKS);
        }
        if (cache.content() != null) {
            drop(Feature.CACHED_CONTENT, "prompts are not stored by name");
        }
    }
}
