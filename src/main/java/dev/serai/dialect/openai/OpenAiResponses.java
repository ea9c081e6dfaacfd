package dev.serai.dialect.openai;

import dev.serai.catalog.UsageTotals;
import dev.serai.conversation.Usage;
import dev.serai.dialect.Dialect;
import dev.serai.dialect.ModelRequest;
import dev.serai.dialect.OutputLimit;
import dev.serai.dialect.ReplyFacts;
import dev.serai.dialect.ReplyReading;
import dev.serai.dialect.RequestNeeds;
import dev.serai.dialect.RequestReading;
import dev.serai.dialect.StreamReading;
import dev.serai.dialect.UnusableReplyException;
import dev.serai.error.GatewayError;
import dev.serai.json.JsonDocument;
import dev.serai.json.JsonEdit;
import java.util.List;

/** Responses (https://platform.openai.com/docs/api-reference/responses). Their streams always end with the usage. */
public final class OpenAiResponses implements Dialect {
    private static final RequestNeeds.Reader NEEDS = new OpenAiResponsesNeeds();

    @Override
    public String id() {
        return "openai-responses";
    }

    @Override
    public ModelRequest readRequest(JsonDocument body) {
        return new ModelRequest(id(), RequestReading.models(body), RequestReading.stream(body), true, body);
    }

    @Override
    public RequestNeeds.Reader needs() {
        return NEEDS;
    }

    @Override
    public JsonEdit passThrough(ModelRequest request, String model) {
        return RequestReading.forward(request.body(), model);
    }

    @Override
    public List<String> limitOutput(JsonEdit body, long tokens) {
        OutputLimit.keep(body, "max_output_tokens", tokens);
        return List.of();
    }

    @Override
    public ReplyFacts readReply(JsonDocument body, UsageTotals totals) throws UnusableReplyException {
        ReplyReading.expectArray(body, "output");
        ReplyReading.expectNothingBut("response", body, "object");
        if ("failed".equals(body.string("status"))) {
            throw new UnusableReplyException("the provider says that the response failed, and not why");
        }
        Usage usage = OpenAiUsage.ofResponse(body.object("usage"), totals);
        String stopReason = body.string("status");
        JsonDocument incomplete = body.object("incomplete_details");
        if (incomplete != null && incomplete.string("reason") != null) {
            stopReason = incomplete.string("reason");
        }
        return new ReplyFacts(
                usage.withWebSearches(WebSearchCalls.in(body)), false, stopReason, body.string("service_tier"));
    }

    @Override
    public StreamReading openStream(ModelRequest request, UsageTotals totals) {
        return new OpenAiResponsesStream(totals);
    }

    @Override
    public byte[] error(GatewayError error) {
        return OpenAiErrors.body(error);
    }

    @Override
    public byte[] errorEvent(GatewayError error) {
        return OpenAiErrors.responsesEvent(error);
    }

    @Override
    public boolean isError(JsonDocument body) {
        return OpenAiErrors.isError(body);
    }
}
