package dev.serai.dialect.gemini;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.ChatRequest;
import dev.serai.conversation.Limits;
import dev.serai.conversation.Output;
import dev.serai.conversation.OutputFormat;
import dev.serai.conversation.Sampling;
import dev.serai.conversation.Tool;
import dev.serai.dialect.EncodingTarget;
import dev.serai.dialect.Feature;
import dev.serai.dialect.ThinkingControl;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code generationConfig}. Not thread-safe. */
final class SettingsEncoder {
    private static final int MAX_STOP_SEQUENCES = 5;

    private final ModelFacts facts;
    private final @Nullable ThinkingControl thinking;
    private final Drops drops;
    private final ObjectNode config = Json.object();

    SettingsEncoder(EncodingTarget target, Drops drops) {
        this.facts = ModelFacts.of(target.model());
        this.thinking = target.thinking();
        this.drops = drops;
    }

    void write(ChatRequest request, ObjectNode body) {
        sampling(request.sampling());
        limits(request.limits());
        output(request.output(), request.tools());
        ThinkingEncoder.write(request.reasoning(), thinking, facts, config, drops);
        if (!config.isEmpty()) {
            body.set("generationConfig", config);
        }
    }

    private void sampling(Sampling sampling) {
        put("temperature", sampling.temperature());
        put("topP", sampling.topP());
        put("topK", sampling.topK());
        put("frequencyPenalty", sampling.frequencyPenalty());
        put("presencePenalty", sampling.presencePenalty());
        Long seed = sampling.seed();
        if (seed != null && seed != seed.intValue()) {
            drops.add(Feature.SEED, "Gemini takes seeds of 32 bits");
        } else {
            put("seed", seed);
        }
        drops.addIf(!sampling.logitBias().isEmpty(), Feature.LOGIT_BIAS, "Gemini takes no bias");
    }

    private void limits(Limits limits) {
        put("maxOutputTokens", limits.maxOutputTokens());
        put("candidateCount", limits.choices());
        List<String> stops = limits.stopSequences();
        if (stops.size() > MAX_STOP_SEQUENCES) {
            drops.add(Feature.STOP, "Gemini takes " + MAX_STOP_SEQUENCES + " stop sequences");
        }
        if (!stops.isEmpty()) {
            ArrayNode list = config.putArray("stopSequences");
            stops.stream().limit(MAX_STOP_SEQUENCES).forEach(list::add);
        }
    }

    private void output(Output output, List<Tool> tools) {
        if (output.format() != null) {
            format(output.format(), tools);
        }
        if (!output.modalities().isEmpty()) {
            ArrayNode list = config.putArray("responseModalities");
            output.modalities().forEach(modality -> list.add(modality.name()));
        }
        if (output.audio() != null) {
            speech(output.audio());
        }
        if (output.logprobs() != null) {
            config.put("responseLogprobs", output.logprobs());
        }
        put("logprobs", output.topLogprobs());
        drops.addIf(output.verbosity() != null, Feature.VERBOSITY, "Gemini is not told how much to say");
    }

    private void format(OutputFormat format, List<Tool> tools) {
        boolean plain = format instanceof OutputFormat.PlainText;
        if (!plain && !tools.isEmpty() && !facts.takesJsonBesideTools()) {
            drops.add(Feature.RESPONSE_FORMAT, "this model takes either functions or a form of the answer");
            return;
        }
        config.put("responseMimeType", plain ? "text/plain" : "application/json");
        if (format instanceof OutputFormat.JsonSchema schema) {
            var json = Schemas.encode(schema.schema(), drops);
            if (schema.description() != null && json instanceof ObjectNode object && !object.has("description")) {
                object.put("description", schema.description());
            }
            config.set("responseJsonSchema", json);
        }
    }

    private void speech(Output.Speech speech) {
        drops.addIf(speech.format() != null, Feature.AUDIO_OUTPUT, "Gemini chooses the format of sound itself");
        if (speech.voice() != null) {
            config.set(
                    "speechConfig",
                    PartEncoder.wrapped(
                            "voiceConfig",
                            PartEncoder.wrapped(
                                    "prebuiltVoiceConfig", Json.object().put("voiceName", speech.voice()))));
        }
    }

    private void put(String name, @Nullable Number value) {
        if (value instanceof Double number) {
            config.set(name, Json.number(number));
        } else if (value != null) {
            config.put(name, value.longValue());
        }
    }
}
