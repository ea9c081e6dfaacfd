package dev.serai.dialect.openai;

import dev.serai.catalog.UsageTotals;
import dev.serai.dialect.Dialect;
import dev.serai.dialect.ModelRequest;
import dev.serai.dialect.NoStream;
import dev.serai.dialect.ReplyFacts;
import dev.serai.dialect.ReplyReading;
import dev.serai.dialect.RequestReading;
import dev.serai.dialect.StreamReading;
import dev.serai.dialect.UnusableReplyException;
import dev.serai.error.GatewayError;
import dev.serai.json.JsonDocument;
import dev.serai.json.JsonEdit;

/** Embeddings (https://platform.openai.com/docs/api-reference/embeddings). They are never streamed. */
public final class OpenAiEmbeddings implements Dialect {
    @Override
    public String id() {
        return "openai-embeddings";
    }

    @Override
    public ModelRequest readRequest(JsonDocument body) {
        return new ModelRequest(id(), RequestReading.models(body), false, true, body);
    }

    @Override
    public JsonEdit passThrough(ModelRequest request, String model) {
        return RequestReading.forward(request.body(), model);
    }

    @Override
    public ReplyFacts readReply(JsonDocument body, UsageTotals totals) throws UnusableReplyException {
        ReplyReading.expectArray(body, "data");
        return ReplyFacts.of(OpenAiUsage.ofEmbeddings(body.object("usage")));
    }

    /** A reading to which every event is an error. */
    @Override
    public StreamReading openStream(ModelRequest request, UsageTotals totals) {
        return new NoStream("embeddings are never streamed");
    }

    @Override
    public byte[] error(GatewayError error) {
        return OpenAiErrors.body(error);
    }

    @Override
    public byte[] errorEvent(GatewayError error) {
        return OpenAiErrors.event(error);
    }

    @Override
    public boolean isError(JsonDocument body) {
        return OpenAiErrors.isError(body);
    }
}
