package dev.serai.dialect.gemini;

import dev.serai.catalog.UsageTotals;
import dev.serai.dialect.Dialect;
import dev.serai.dialect.ModelRequest;
import dev.serai.dialect.ReplyFacts;
import dev.serai.dialect.RequestTarget;
import dev.serai.dialect.StreamReading;
import dev.serai.dialect.UnusableReplyException;
import dev.serai.error.GatewayError;
import dev.serai.json.JsonDocument;
import dev.serai.json.JsonEdit;

/** countTokens (https://ai.google.dev/api/tokens): a request as for an answer, and a number instead. Uses no tokens itself. */
public final class GeminiCountTokens implements Dialect {
    static final String ID = "gemini-count-tokens";
    static final String REQUEST = "generateContentRequest";

    private final Gemini gemini = new Gemini();

    @Override
    public String id() {
        return ID;
    }

    @Override
    public ModelRequest readRequest(JsonDocument body) {
        return new ModelRequest(ID, GeminiPath.models(null, body), false, true, body);
    }

    @Override
    public ModelRequest readRequest(JsonDocument body, RequestTarget target) {
        return new ModelRequest(ID, GeminiPath.models(GeminiPath.parse(target.path()), body), false, true, body);
    }

    @Override
    public boolean hasEstimate() {
        return true;
    }

    /** The request within the request must name the same model. */
    @Override
    public JsonEdit passThrough(ModelRequest request, String model) {
        JsonEdit edit = GeminiPath.forward(request.body(), model);
        JsonDocument within = request.body().object(REQUEST);
        if (within != null) {
            edit.set(REQUEST, GeminiPath.forward(within, model).toBytes());
        }
        return edit;
    }

    @Override
    public ReplyFacts readReply(JsonDocument body, UsageTotals totals) throws UnusableReplyException {
        if (body.kind("totalTokens") != JsonDocument.Kind.NUMBER) {
            throw new UnusableReplyException("the provider's reply has no \"totalTokens\"");
        }
        return ReplyFacts.NONE;
    }

    @Override
    public StreamReading openStream(ModelRequest request, UsageTotals totals) {
        return gemini.openStream(request, totals);
    }

    @Override
    public byte[] error(GatewayError error) {
        return gemini.error(error);
    }

    @Override
    public byte[] errorEvent(GatewayError error) {
        return gemini.errorEvent(error);
    }

    @Override
    public boolean isError(JsonDocument body) {
        return gemini.isError(body);
    }
}
