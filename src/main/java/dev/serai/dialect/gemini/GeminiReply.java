package dev.serai.dialect.gemini;

import dev.serai.catalog.UsageTotals;
import dev.serai.dialect.ReplyFacts;
import dev.serai.dialect.ReplyReading;
import dev.serai.dialect.UnusableReplyException;
import dev.serai.json.JsonDocument;

/** What routing needs to know of a complete reply. */
final class GeminiReply {
    private GeminiReply() {}

    /**
     * What an answer says of itself. One without candidates is an answer if it says why the prompt was blocked.
     *
     * @throws UnusableReplyException if the body is none
     */
    static ReplyFacts readAnswer(JsonDocument body, UsageTotals totals) throws UnusableReplyException {
        if (body.kind("promptFeedback") == null || body.kind("error") != null) {
            ReplyReading.expectArray(body, "candidates");
        }
        return facts(body, totals);
    }

    static ReplyFacts facts(JsonDocument body, UsageTotals totals) {
        GeminiUsage usage = new GeminiUsage(totals);
        JsonDocument stated = body.object("usageMetadata");
        if (stated != null) {
            byte[] bytes = stated.bytes();
            usage.update(Json.parse(bytes, 0, bytes.length));
        }
        JsonDocument feedback = body.object("promptFeedback");
        String blocked = feedback == null ? null : feedback.string("blockReason");
        return new ReplyFacts(
                usage.toUsage(),
                false,
                blocked == null ? body.lastString("candidates", "finishReason") : blocked,
                usage.tier());
    }
}
