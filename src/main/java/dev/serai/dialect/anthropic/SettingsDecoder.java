package dev.serai.dialect.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.conversation.ChatRequestBuilder;
import dev.serai.conversation.Effort;
import dev.serai.conversation.Extra;
import dev.serai.conversation.Output;
import dev.serai.conversation.OutputFormat;
import dev.serai.conversation.Reasoning;
import dev.serai.dialect.CodecException;
import dev.serai.dialect.JsonMembers;
import dev.serai.dialect.JsonTree;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code thinking}, {@code output_config}, and its forerunner {@code output_format}. */
final class SettingsDecoder {
    private final List<Extra> extras;

    SettingsDecoder(List<Extra> extras) {
        this.extras = extras;
    }

    void thinkingAndOutput(JsonMembers body, ChatRequestBuilder request) throws CodecException {
        JsonMembers config = body.object("output_config");
        OutputFormat format = format(body, "output_format");
        Effort effort = null;
        if (config != null) {
            OutputFormat newer = format(config, "format");
            format = newer == null ? format : newer;
            effort = effort(config);
            config.leftOver(AnthropicMessagesCodec.DIALECT, extras);
        }
        if (format != null) {
            request.output(Output.of(format));
        }
        request.reasoning(reasoning(body, effort));
    }

    private @Nullable OutputFormat format(JsonMembers holder, String name) throws CodecException {
        JsonNode given = holder.peek(name);
        if (given != null && given.isTextual()) {
            return null; // left over: a word for what the text shall look like, which no interface knows
        }
        JsonMembers format = holder.object(name);
        if (format == null) {
            return null;
        }
        JsonNode schema = format.any("schema");
        if (!"json_schema".equals(format.text("type")) || schema == null || !schema.isObject()) {
            holder.leave(name);
            return null;
        }
        format.leftOver(AnthropicMessagesCodec.DIALECT, extras);
        return new OutputFormat.JsonSchema(null, null, JsonTree.raw(schema), null);
    }

    private static @Nullable Effort effort(JsonMembers config) throws CodecException {
        String word = config.text("effort");
        if (word == null) {
            return null;
        }
        Effort effort =
                switch (word) {
                    case "low" -> Effort.LOW;
                    case "medium" -> Effort.MEDIUM;
                    case "high" -> Effort.HIGH;
                    case "xhigh" -> Effort.XHIGH;
                    case "max" -> Effort.MAX;
                    default -> null;
                };
        if (effort == null) {
            config.leave("effort");
        }
        return effort;
    }

    private Reasoning reasoning(JsonMembers body, @Nullable Effort effort) throws CodecException {
        JsonMembers thinking = body.object("thinking");
        if (thinking == null) {
            return new Reasoning(null, effort, null, null, null);
        }
        Reasoning.Mode mode =
                switch (thinking.requiredText("type")) {
                    case "enabled" -> Reasoning.Mode.ON;
                    case "adaptive" -> Reasoning.Mode.ADAPTIVE;
                    case "disabled" -> Reasoning.Mode.OFF;
                    default -> null;
                };
        if (mode == null) {
            body.leave("thinking");
            return new Reasoning(null, effort, null, null, null);
        }
        Long budget = Json.count(thinking, "budget_tokens");
        Reasoning.Summary summary = summary(thinking);
        thinking.leftOver(AnthropicMessagesCodec.DIALECT, extras);
        return new Reasoning(mode, effort, budget, summary, null);
    }

    private static Reasoning.@Nullable Summary summary(JsonMembers thinking) throws CodecException {
        String display = thinking.text("display");
        if (display == null) {
            return null;
        }
        if (display.equals("summarized")) {
            return Reasoning.Summary.AUTO;
        }
        if (display.equals("omitted")) {
            return Reasoning.Summary.HIDDEN;
        }
        thinking.leave("display");
        return null;
    }
}
