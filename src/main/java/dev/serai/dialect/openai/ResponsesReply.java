package dev.serai.dialect.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.catalog.UsageTotals;
import dev.serai.conversation.ChatEvent;
import dev.serai.conversation.ChatReply;
import dev.serai.conversation.Extra;
import dev.serai.conversation.ReplyBuilder;
import dev.serai.conversation.ServiceTier;
import dev.serai.dialect.CodecException;
import dev.serai.dialect.JsonTree;
import dev.serai.dialect.ReplySource;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the response object: a whole reply, or what the last event of a stream says beyond the output. */
final class ResponsesReply {
    /** What the conversation holds, what repeats the request, and what every answer says of itself. */
    private static final Set<String> KNOWN = Set.of(
            "id",
            "object",
            "created_at",
            "completed_at",
            "status",
            "background",
            "error",
            "incomplete_details",
            "instructions",
            "max_output_tokens",
            "max_tool_calls",
            "model",
            "output",
            "output_text",
            "parallel_tool_calls",
            "previous_response_id",
            "prompt",
            "prompt_cache_key",
            "prompt_cache_options",
            "prompt_cache_retention",
            "conversation",
            "reasoning",
            "safety_identifier",
            "store",
            "temperature",
            "text",
            "tool_choice",
            "tools",
            "top_logprobs",
            "top_p",
            "truncation",
            "usage",
            "user",
            "metadata",
            "service_tier",
            "frequency_penalty",
            "presence_penalty",
            "billing");

    private static final Set<String> KNOWN_USAGE =
            Set.of("input_tokens", "input_tokens_details", "output_tokens", "output_tokens_details", "total_tokens");

    private ResponsesReply() {}

    static ChatReply decode(byte[] body, ReplySource source) throws CodecException {
        ObjectNode response = JsonTree.readObject(body, 0, body.length);
        if (response.path("error").isObject() || response.path("error").isTextual()) {
            throw new CodecException(OpenAiFailures.inStream(response).message(), null);
        }
        String status = response.path("status").asText("completed");
        switch (status) {
            case "failed", "cancelled", "queued", "in_progress" ->
                throw new CodecException("the response is " + status + " and holds no answer", "status");
            default -> {}
        }
        if (!response.path("output").isArray()) {
            throw new CodecException("missing: a response has a list of items", "output");
        }
        ReplyBuilder reply = new ReplyBuilder();
        new ResponsesStreamDecoder(source).whole(response, reply::on);
        return reply.reply();
    }

    static @Nullable Long createdEpochSeconds(JsonNode response) {
        JsonNode created = response.path("created_at");
        double seconds = created.isNumber() ? Math.floor(created.doubleValue()) : -1;
        return seconds >= 0 && seconds <= 1e15 ? (Long) (long) seconds : null;
    }

    static void usage(JsonNode response, UsageTotals totals, ResponsesEmission emission) {
        JsonNode usage = response.path("usage");
        if (usage.isObject() && !usage.isEmpty()) {
            emission.tell(new ChatEvent.UsageReported(
                    ResponsesUsage.read(usage, totals).withWebSearches(WebSearchCalls.in(response.path("output")))));
        }
    }

    /** Tells the tier, and the fields that have no place of their own. */
    static void rest(JsonNode response, ResponsesEmission emission) {
        JsonNode named = response.path("service_tier");
        ServiceTier tier = named.isTextual() ? ResponsesTiers.read(named.textValue()) : null;
        if (tier != null) {
            emission.tell(new ChatEvent.ServiceTierReported(tier));
        } else if (named.isTextual()) {
            extra("service_tier", named, emission);
        }
        for (Map.Entry<String, JsonNode> member : response.properties()) {
            if (!KNOWN.contains(member.getKey())) {
                extra(member.getKey(), member.getValue(), emission);
            }
        }
        for (Map.Entry<String, JsonNode> member : response.path("usage").properties()) {
            if (!KNOWN_USAGE.contains(member.getKey())) {
                extra("usage." + member.getKey(), member.getValue(), emission);
            }
        }
    }

    private static void extra(String name, JsonNode value, ResponsesEmission emission) {
        if (!value.isNull()) {
            emission.tell(new ChatEvent.ExtraReported(new Extra(OpenAiResponsesCodec.ID, name, JsonTree.raw(value))));
        }
    }
}
