package dev.serai.dialect.openai;

import static java.nio.charset.StandardCharsets.US_ASCII;

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
import dev.serai.json.JsonDocument.Kind;
import dev.serai.json.JsonEdit;
import java.util.List;

/** Chat completions (https://platform.openai.com/docs/api-reference/chat). */
public final class OpenAiChat implements Dialect {
    private static final RequestNeeds.Reader NEEDS = new OpenAiChatNeeds();
    private static final String STREAM_OPTIONS = "stream_options";
    private static final String MAX_TOKENS = "max_tokens";
    private static final String MAX_COMPLETION_TOKENS = "max_completion_tokens";
    private static final String INCLUDE_USAGE = "include_usage";
    private static final byte[] TRUE = "true".getBytes(US_ASCII);
    private static final byte[] USAGE_ASKED_FOR = "{\"include_usage\":true}".getBytes(US_ASCII);

    @Override
    public String id() {
        return "openai-chat";
    }

    @Override
    public ModelRequest readRequest(JsonDocument body) {
        JsonDocument options = body.object(STREAM_OPTIONS);
        boolean wantsUsage = options != null && options.isTrue(INCLUDE_USAGE);
        return new ModelRequest(id(), RequestReading.models(body), RequestReading.stream(body), wantsUsage, body);
    }

    @Override
    public RequestNeeds.Reader needs() {
        return NEEDS;
    }

    @Override
    public JsonEdit passThrough(ModelRequest request, String model) {
        JsonEdit edit = RequestReading.forward(request.body(), model);
        if (request.stream() && !request.wantsUsage()) {
            askForUsage(request.body(), edit);
        }
        return edit;
    }

    /** Two names for one thing, and servers differ in which one they heed: what the request says is kept within the limit in both. */
    @Override
    public List<String> limitOutput(JsonEdit body, long tokens) {
        boolean saysNew = OutputLimit.isSaid(body, MAX_COMPLETION_TOKENS);
        if (saysNew) {
            OutputLimit.keep(body, MAX_COMPLETION_TOKENS, tokens);
        }
        if (!saysNew || OutputLimit.isSaid(body, MAX_TOKENS)) {
            OutputLimit.keep(body, MAX_TOKENS, tokens); // the rules of a provider rename it where it must be
        }
        return List.of();
    }

    /** Options of another type than an object are the client's mistake, which the provider shall judge. */
    private static void askForUsage(JsonDocument body, JsonEdit edit) {
        JsonDocument options = body.object(STREAM_OPTIONS);
        Kind kind = body.kind(STREAM_OPTIONS);
        if (options != null) {
            edit.set(STREAM_OPTIONS, options.edit().set(INCLUDE_USAGE, TRUE).toBytes());
        } else if (kind == null || kind == Kind.NULL) {
            edit.set(STREAM_OPTIONS, USAGE_ASKED_FOR);
        }
    }

    @Override
    public ReplyFacts readReply(JsonDocument body, UsageTotals totals) throws UnusableReplyException {
        ReplyReading.expectArray(body, "choices");
        Usage usage = OpenAiUsage.ofChat(body.object("usage"), totals);
        return new ReplyFacts(usage, false, body.lastString("choices", "finish_reason"), body.string("service_tier"));
    }

    @Override
    public StreamReading openStream(ModelRequest request, UsageTotals totals) {
        return new OpenAiChatStream(request.wantsUsage(), totals);
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
