package dev.serai.dialect.anthropic;

import dev.serai.catalog.UsageTotals;
import dev.serai.dialect.Dialect;
import dev.serai.dialect.ModelRequest;
import dev.serai.dialect.ReplyFacts;
import dev.serai.dialect.RequestReading;
import dev.serai.dialect.StreamReading;
import dev.serai.dialect.UnusableReplyException;
import dev.serai.error.GatewayError;
import dev.serai.json.JsonDocument;
import dev.serai.json.JsonEdit;

/**
 * count_tokens (https://docs.anthropic.com/en/api/messages-count-tokens): a request as for a message, and a number instead. Uses no
 * tokens itself.
 */
public final class AnthropicCountTokens implements Dialect {
    static final String ID = "anthropic-count-tokens";
    static final String TOKENS = "input_tokens";

    private final AnthropicMessages messages = new AnthropicMessages();

    @Override
    public String id() {
        return ID;
    }

    @Override
    public ModelRequest readRequest(JsonDocument body) {
        return new ModelRequest(ID, RequestReading.models(body), false, true, body);
    }

    @Override
    public boolean hasEstimate() {
        return true;
    }

    @Override
    public JsonEdit passThrough(ModelRequest request, String model) {
        return RequestReading.forward(request.body(), model);
    }

    @Override
    public ReplyFacts readReply(JsonDocument body, UsageTotals totals) throws UnusableReplyException {
        if (body.kind(TOKENS) != JsonDocument.Kind.NUMBER) {
            throw new UnusableReplyException("the provider's reply has no \"" + TOKENS + "\"");
        }
        return ReplyFacts.NONE;
    }

    @Override
    public StreamReading openStream(ModelRequest request, UsageTotals totals) {
        return messages.openStream(request, totals);
    }

    @Override
    public byte[] error(GatewayError error) {
        return messages.error(error);
    }

    @Override
    public byte[] errorEvent(GatewayError error) {
        return messages.errorEvent(error);
    }

    @Override
    public boolean isError(JsonDocument body) {
        return messages.isError(body);
    }
}
