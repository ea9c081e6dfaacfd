package dev.serai.dialect.gemini;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.serai.catalog.UsageTotals;
import dev.serai.dialect.Dialect;
import dev.serai.dialect.ModelRequest;
import dev.serai.dialect.OutputLimit;
import dev.serai.dialect.ReplyContext.Framing;
import dev.serai.dialect.ReplyFacts;
import dev.serai.dialect.RequestNeeds;
import dev.serai.dialect.RequestTarget;
import dev.serai.dialect.StreamReading;
import dev.serai.dialect.UnusableReplyException;
import dev.serai.error.GatewayError;
import dev.serai.json.JsonDocument;
import dev.serai.json.JsonEdit;
import dev.serai.sse.SseFrame;
import java.util.List;

/**
 * generateContent and streamGenerateContent (https://ai.google.dev/api/generate-content). The path names the model and whether to
 * stream; a stream is of server-sent events with {@code alt=sse}, otherwise one JSON array. Providers are always asked for events.
 */
public final class Gemini implements Dialect {
    static final String ID = "gemini";
    private static final RequestNeeds.Reader NEEDS = new GeminiNeeds();

    /** In both spellings that Google takes. */
    private static final List<String> CONFIG = List.of("generationConfig", "generation_config");

    private static final List<String> MAX_OUTPUT = List.of("maxOutputTokens", "max_output_tokens");

    @Override
    public String id() {
        return ID;
    }

    /** For a body that says in {@code model} what the path would: no stream. */
    @Override
    public ModelRequest readRequest(JsonDocument body) {
        return new ModelRequest(ID, GeminiPath.models(null, body), false, true, body);
    }

    @Override
    public ModelRequest readRequest(JsonDocument body, RequestTarget target) {
        GeminiPath path = GeminiPath.parse(target.path());
        boolean stream = path != null && path.method().equals("streamGenerateContent");
        Framing framing = "sse".equals(target.alt()) ? Framing.SSE : Framing.JSON_ARRAY;
        return new ModelRequest(ID, GeminiPath.models(path, body), stream, true, body, stream ? framing : Framing.SSE);
    }

    @Override
    public RequestNeeds.Reader needs() {
        return NEEDS;
    }

    @Override
    public JsonEdit passThrough(ModelRequest request, String model) {
        return GeminiPath.forward(request.body(), model);
    }

    @Override
    public List<String> limitOutput(JsonEdit body, long tokens) {
        boolean said = false;
        for (String name : CONFIG) {
            JsonEdit config = body.object(name);
            if (config != null) {
                limit(config, tokens);
                said = true;
            }
        }
        if (!said) {
            body.set(CONFIG.get(0), ("{\"" + MAX_OUTPUT.get(0) + "\":" + tokens + "}").getBytes(US_ASCII));
        }
        return List.of();
    }

    private static void limit(JsonEdit config, long tokens) {
        boolean snake = OutputLimit.isSaid(config, MAX_OUTPUT.get(1));
        if (snake) {
            OutputLimit.keep(config, MAX_OUTPUT.get(1), tokens);
        }
        if (!snake || OutputLimit.isSaid(config, MAX_OUTPUT.get(0))) {
            OutputLimit.keep(config, MAX_OUTPUT.get(0), tokens);
        }
    }

    @Override
    public ReplyFacts readReply(JsonDocument body, UsageTotals totals) throws UnusableReplyException {
        return GeminiReply.readAnswer(body, totals);
    }

    @Override
    public StreamReading openStream(ModelRequest request, UsageTotals totals) {
        GeminiStream events = new GeminiStream(totals);
        return request.framing() == Framing.JSON_ARRAY ? new ArrayStream(events) : events;
    }

    @Override
    public byte[] error(GatewayError error) {
        return GeminiErrors.body(error);
    }

    @Override
    public byte[] errorEvent(GatewayError error) {
        return SseFrame.of("", GeminiErrors.body(error));
    }

    @Override
    public byte[] errorElement(GatewayError error) {
        return ArrayStream.lastElement(GeminiErrors.body(error));
    }

    @Override
    public boolean isError(JsonDocument body) {
        return GeminiErrors.isError(body);
    }
}
