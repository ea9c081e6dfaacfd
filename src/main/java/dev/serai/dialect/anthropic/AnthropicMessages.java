package dev.serai.dialect.anthropic;

import dev.serai.catalog.UsageTotals;
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
import dev.serai.sse.SseFrame;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Messages (https://docs.anthropic.com/en/api/messages). Their streams always state the usage. */
public final class AnthropicMessages implements Dialect {
    private static final RequestNeeds.Reader NEEDS = new AnthropicMessagesNeeds();

    @Override
    public String id() {
        return "anthropic-messages";
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
        OutputLimit.keep(body, "max_tokens", tokens);
        return ThinkingBudget.keepBelow(body, tokens);
    }

    @Override
    public ReplyFacts readReply(JsonDocument body, UsageTotals totals) throws UnusableReplyException {
        ReplyReading.expectArray(body, "content");
        ReplyReading.expectNothingBut("message", body, "type");
        AnthropicUsage usage = new AnthropicUsage(totals);
        JsonDocument stated = body.object("usage");
        usage.update(stated);
        return new ReplyFacts(
                usage.toUsage(),
                false,
                body.string("stop_reason"),
                stated == null ? null : stated.string("service_tier"));
    }

    @Override
    public StreamReading openStream(ModelRequest request, UsageTotals totals) {
        return new AnthropicMessagesStream(totals);
    }

    @Override
    public byte[] error(GatewayError error) {
        return AnthropicErrors.body(error);
    }

    @Override
    public byte[] errorEvent(GatewayError error) {
        return SseFrame.of("error", AnthropicErrors.body(error));
    }

    /** An event of the dialect itself, which its clients know from Anthropic. */
    @Override
    public byte[] keepAlive() {
        return SseFrame.of("ping", "{\"type\": \"ping\"}".getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public boolean isError(JsonDocument body) {
        return AnthropicErrors.isError(body);
    }
}
