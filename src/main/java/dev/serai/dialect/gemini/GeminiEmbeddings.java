package dev.serai.dialect.gemini;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.serai.catalog.UsageTotals;
import dev.serai.dialect.Dialect;
import dev.serai.dialect.ModelRequest;
import dev.serai.dialect.ReplyFacts;
import dev.serai.dialect.ReplyReading;
import dev.serai.dialect.RequestTarget;
import dev.serai.dialect.StreamReading;
import dev.serai.dialect.UnusableReplyException;
import dev.serai.error.GatewayError;
import dev.serai.json.JsonDocument;
import dev.serai.json.JsonDocument.Kind;
import dev.serai.json.JsonEdit;
import java.io.ByteArrayOutputStream;

/** batchEmbedContents (https://ai.google.dev/api/embeddings), which Google's clients use for single texts too. */
public final class GeminiEmbeddings implements Dialect {
    static final String ID = "gemini-embeddings";
    private static final String REQUESTS = "requests";

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

    /** Each of the requests must name the same model. */
    @Override
    public JsonEdit passThrough(ModelRequest request, String model) {
        JsonDocument body = request.body();
        JsonEdit edit = GeminiPath.forward(body, model);
        if (body.kind(REQUESTS) == Kind.ARRAY) {
            edit.set(REQUESTS, requests(body, model));
        }
        return edit;
    }

    private static byte[] requests(JsonDocument body, String model) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(body.size());
        byte[] separator = "[".getBytes(US_ASCII);
        for (JsonDocument.Value element : body.elements(REQUESTS)) {
            out.writeBytes(separator);
            if (element.kind() == Kind.OBJECT) {
                out.writeBytes(GeminiPath.forward(body.object(element), model).toBytes());
            } else {
                int from = element.span().from();
                out.write(body.array(), from, element.span().to() - from);
            }
            separator = ",".getBytes(US_ASCII);
        }
        out.writeBytes(out.size() == 0 ? "[]".getBytes(US_ASCII) : "]".getBytes(US_ASCII));
        return out.toByteArray();
    }

    @Override
    public ReplyFacts readReply(JsonDocument body, UsageTotals totals) throws UnusableReplyException {
        ReplyReading.expectArray(body, "embeddings");
        return GeminiReply.facts(body, totals);
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
