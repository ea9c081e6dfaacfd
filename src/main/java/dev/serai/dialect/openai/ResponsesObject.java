package dev.serai.dialect.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.ChatFailure;
import dev.serai.conversation.ChatRequest;
import dev.serai.conversation.Content;
import dev.serai.conversation.Delivery;
import dev.serai.conversation.Effort;
import dev.serai.conversation.Extra;
import dev.serai.conversation.Message;
import dev.serai.conversation.OutputFormat;
import dev.serai.conversation.Reasoning;
import dev.serai.conversation.ServiceTier;
import dev.serai.conversation.Usage;
import dev.serai.dialect.Dropped;
import dev.serai.dialect.JsonTree;
import dev.serai.dialect.ReplyContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The response object: of what the client asked it repeats most, with the values that count where the client said nothing. Written
 * several times in a stream, with another status each time. Not thread-safe.
 */
final class ResponsesObject {
    private static final String USAGE = "usage.";

    private final ReplyContext context;
    private final String echo;
    private final List<Extra> extras = new ArrayList<>();
    private String id;
    private String model;
    private long createdEpochSeconds;
    private @Nullable Usage usage;
    private @Nullable ServiceTier serviceTier;

    ResponsesObject(ReplyContext context) {
        this.context = context;
        this.id = "resp_" + context.id();
        this.model = context.request().model();
        this.createdEpochSeconds = context.epochSeconds();
        this.echo = echo(context.request());
    }

    /** What the provider says of itself; empty and null for what it does not say. */
    void identify(String givenId, String givenModel, @Nullable Long created) {
        id = givenId.isEmpty() ? id : givenId;
        model = givenModel.isEmpty() ? model : givenModel;
        createdEpochSeconds = created == null ? createdEpochSeconds : created;
    }

    /** For the ids of items. */
    String base() {
        return context.id();
    }

    void use(Usage stated) {
        usage = stated;
    }

    void serve(ServiceTier tier) {
        serviceTier = tier;
    }

    void add(Extra extra, Collection<Dropped> dropped) {
        if (extra.dialect().equals(OpenAiResponsesCodec.ID)) {
            extras.add(extra);
        } else {
            dropped.add(Dropped.of(extra));
        }
    }

    String begun() {
        return text("in_progress", head("in_progress"), JsonTree.NODES.arrayNode());
    }

    String ended(ResponsesFinish finish, ArrayNode output) {
        ObjectNode head = head(finish.status());
        if (finish.reason() != null) {
            head.putObject("incomplete_details").put("reason", finish.reason());
        }
        return text(finish.status(), head, output);
    }

    String failed(ChatFailure failure, String code, ArrayNode output) {
        ObjectNode head = head("failed");
        head.putObject("error").put("code", code).put("message", failure.message());
        return text("failed", head, output);
    }

    private ObjectNode head(String status) {
        return JsonTree.NODES
                .objectNode()
                .put("id", id)
                .put("object", "response")
                .put("created_at", createdEpochSeconds)
                .put("status", status)
                .putNull("error")
                .putNull("incomplete_details")
                .put("model", model);
    }

    private String text(String status, ObjectNode head, ArrayNode output) {
        head.set("output", output);
        if (status.equals("in_progress") || usage == null) {
            head.putNull("usage");
        } else {
            head.set("usage", ResponsesUsage.write(usage));
        }
        String tier = serviceTier == null ? null : ResponsesTiers.write(serviceTier);
        if (tier != null) {
            head.put("service_tier", tier);
        }
        extras.forEach(extra -> add(extra, head));
        String begun = JsonTree.text(head);
        return begun.substring(0, begun.length() - 1) + "," + echo;
    }

    private static void add(Extra extra, ObjectNode head) {
        String name = extra.name();
        JsonNode parent = name.startsWith(USAGE) ? head.path("usage") : head;
        String member = name.startsWith(USAGE) ? name.substring(USAGE.length()) : name;
        if (parent instanceof ObjectNode object && !object.has(member)) {
            object.set(member, JsonTree.leaf(extra.value()));
        }
    }

    /** The members that the request decides, and the brace that closes the object. */
    private static String echo(ChatRequest request) {
        List<Dropped> unused = new ArrayList<>();
        ObjectNode echo = JsonTree.NODES.objectNode().put("background", false);
        echo.put("instructions", instructions(request))
                .put("max_output_tokens", request.limits().maxOutputTokens())
                .putNull("max_tool_calls")
                .put("parallel_tool_calls", !Boolean.FALSE.equals(request.parallelToolCalls()))
                .put("temperature", orOne(request.sampling().temperature()))
                .put("top_p", orOne(request.sampling().topP()))
                .put("top_logprobs", orNone(request.output().topLogprobs()));
        reasoning(request.reasoning(), echo.putObject("reasoning"));
        text(request, echo.putObject("text"));
        JsonNode choice =
                request.toolChoice() == null ? null : ResponsesToolChoice.write(request.toolChoice(), request, unused);
        echo.set("tool_choice", choice == null ? echo.textNode("auto") : choice);
        echo.set("tools", ResponsesTools.write(request.tools(), unused));
        delivery(request, echo);
        String text = JsonTree.text(echo);
        return text.substring(1);
    }

    private static @Nullable String instructions(ChatRequest request) {
        Message first = request.messages().isEmpty() ? null : request.messages().get(0);
        return first != null && ResponsesTurns.isInstructions(first.role(), first.contents())
                ? ((Content.Text) first.contents().get(0)).text()
                : null;
    }

    private static double orOne(@Nullable Double value) {
        return value == null ? 1 : value;
    }

    private static int orNone(@Nullable Integer value) {
        return value == null ? 0 : value;
    }

    private static void reasoning(Reasoning reasoning, ObjectNode echo) {
        Effort effort = reasoning.effortOrEquivalent();
        Reasoning.Summary summary = reasoning.summary();
        echo.put("effort", effort == null ? null : ResponsesReasoning.word(effort))
                .put("summary", summary == null ? null : ResponsesReasoning.word(summary));
    }

    private static void text(ChatRequest request, ObjectNode echo) {
        OutputFormat format = request.output().format();
        ResponsesRequestEncoder.format(
                format == null ? new OutputFormat.PlainText() : format, echo.putObject("format"), new ArrayList<>());
        if (request.output().verbosity() != null) {
            echo.put("verbosity", request.output().verbosity().name().toLowerCase(Locale.ROOT));
        }
    }

    /** Nothing is stored by whoever answers in the place of OpenAI, unless the client asked for it and was not refused. */
    private static void delivery(ChatRequest request, ObjectNode echo) {
        Delivery delivery = request.delivery();
        echo.put("store", Boolean.TRUE.equals(delivery.store()))
                .put("previous_response_id", delivery.previousResponseId())
                .put("truncation", "disabled")
                .put("prompt_cache_key", request.cache().key())
                .put("prompt_cache_retention", request.cache().retention())
                .put("safety_identifier", request.labels().safetyIdentifier())
                .put("user", request.labels().user());
        ObjectNode metadata = echo.putObject("metadata");
        request.labels().metadata().forEach(metadata::put);
    }
}
