package dev.serai.dialect.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.conversation.Effort;
import dev.serai.conversation.Extra;
import dev.serai.conversation.Limits;
import dev.serai.conversation.Output;
import dev.serai.conversation.OutputFormat;
import dev.serai.conversation.Reasoning;
import dev.serai.conversation.Sampling;
import dev.serai.dialect.CodecException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code generationConfig}. */
final class SettingsDecoder {
    private static final String SCHEMA = "responseSchema";
    private static final String JSON_SCHEMA = "responseJsonSchema";
    private static final String MIME_TYPE = "responseMimeType";
    private static final String MODALITIES = "responseModalities";
    private static final String SPEECH = "speechConfig";

    private final Members config;
    private final List<Extra> extras;

    SettingsDecoder(Members config, List<Extra> extras) {
        this.config = config;
        this.extras = extras;
    }

    Sampling sampling() throws CodecException {
        return new Sampling(
                config.decimal("temperature"),
                config.decimal("topP"),
                config.integer("topK"),
                config.decimal("frequencyPenalty"),
                config.decimal("presencePenalty"),
                config.integer("seed"),
                Map.of());
    }

    Limits limits() throws CodecException {
        return new Limits(
                config.integer("maxOutputTokens"), config.texts("stopSequences"), config.small("candidateCount"));
    }

    Output output() throws CodecException {
        return new Output(
                format(), null, modalities(), speech(), config.flag("responseLogprobs"), config.small("logprobs"));
    }

    private @Nullable OutputFormat format() throws CodecException {
        String type = config.word(MIME_TYPE);
        JsonNode json = config.any(JSON_SCHEMA);
        if (json == null) {
            Members schema = config.object(SCHEMA);
            json = schema == null ? null : OpenApiSchemas.toJsonSchema(schema.object());
        }
        if (json != null) {
            if (type != null && !type.equals("application/json")) {
                config.leave(MIME_TYPE); // text/x.enum: one of the schema's words, without the quotes
            }
            return new OutputFormat.JsonSchema(null, null, Json.raw(json), null);
        }
        switch (type == null ? "" : type) {
            case "application/json" -> {
                return new OutputFormat.JsonObject();
            }
            case "text/plain" -> {
                return new OutputFormat.PlainText();
            }
            default -> {
                config.leave(MIME_TYPE);
                return null;
            }
        }
    }

    private List<Output.Modality> modalities() throws CodecException {
        List<Output.Modality> modalities = new ArrayList<>();
        for (String name : config.texts(MODALITIES)) {
            switch (name) {
                case "TEXT" -> modalities.add(Output.Modality.TEXT);
                case "IMAGE" -> modalities.add(Output.Modality.IMAGE);
                case "AUDIO" -> modalities.add(Output.Modality.AUDIO);
                default -> {
                    config.leave(MODALITIES);
                    return List.of();
                }
            }
        }
        return modalities;
    }

    /** One voice by its name; anything more stays as it is. */
    private Output.@Nullable Speech speech() throws CodecException {
        Members speech = config.object(SPEECH);
        Members voice = speech == null ? null : speech.object("voiceConfig");
        Members prebuilt = voice == null ? null : voice.object("prebuiltVoiceConfig");
        String name = prebuilt == null ? null : prebuilt.word("voiceName");
        if (speech == null || voice == null || prebuilt == null || name == null) {
            config.leave(SPEECH);
            return null;
        }
        speech.leftOver(extras);
        voice.leftOver(extras);
        prebuilt.leftOver(extras);
        return new Output.Speech(name, null);
    }

    Reasoning reasoning() throws CodecException {
        Members thinking = config.object("thinkingConfig");
        if (thinking == null) {
            return Reasoning.UNSAID;
        }
        Long budget = thinking.integer("thinkingBudget");
        if (budget != null && budget < -1) {
            throw new CodecException("must be -1, 0 or a number of tokens", thinking.at("thinkingBudget"));
        }
        Reasoning.Mode mode = budget == null ? null : mode(budget);
        Effort effort = effort(thinking);
        Boolean shown = thinking.flag("includeThoughts");
        thinking.leftOver(extras);
        return new Reasoning(mode, effort, mode == Reasoning.Mode.ON ? budget : null, summary(shown, mode), null);
    }

    private static Reasoning.Mode mode(long budget) {
        if (budget == 0) {
            return Reasoning.Mode.OFF;
        }
        return budget < 0 ? Reasoning.Mode.ADAPTIVE : Reasoning.Mode.ON;
    }

    private static @Nullable Effort effort(Members thinking) throws CodecException {
        String level = thinking.word("thinkingLevel");
        switch (level == null ? "" : level) {
            case "MINIMAL", "minimal" -> {
                return Effort.MINIMAL;
            }
            case "LOW", "low" -> {
                return Effort.LOW;
            }
            case "MEDIUM", "medium" -> {
                return Effort.MEDIUM;
            }
            case "HIGH", "high" -> {
                return Effort.HIGH;
            }
            default -> {
                thinking.leave("thinkingLevel");
                return null;
            }
        }
    }

    /** Who asks a model of Google to think and says no more sees nothing of it; in other dialects that would have to be said. */
    private static Reasoning.@Nullable Summary summary(@Nullable Boolean shown, Reasoning.@Nullable Mode mode) {
        if (shown == null) {
            return mode == Reasoning.Mode.ON || mode == Reasoning.Mode.ADAPTIVE ? Reasoning.Summary.HIDDEN : null;
        }
        return shown ? Reasoning.Summary.AUTO : Reasoning.Summary.HIDDEN;
    }

    void leftOver() {
        config.leftOver(extras);
    }
}
