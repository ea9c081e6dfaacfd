package dev.serai.dialect.gemini;

import dev.serai.catalog.UsageTotals;
import dev.serai.dialect.JsonStreamReading;
import dev.serai.dialect.ReplyFacts;
import dev.serai.json.JsonCursor;
import dev.serai.json.JsonException;
import dev.serai.json.JsonSpan;
import dev.serai.sse.SseEvent;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * A stream of pieces of a reply. It has no terminal event: it is whole when every candidate that was seen has a finish reason, or the
 * prompt was blocked.
 */
final class GeminiStream extends JsonStreamReading {
    /** Candidates are counted from 0, and nobody asks for more. */
    private static final int MAX_CANDIDATES = 256;

    private final GeminiUsage usage;
    private final BitSet unfinished = new BitSet();
    private final BitSet finished = new BitSet();
    private boolean blocked;
    private @Nullable String stopReason;

    // Of the event at hand.
    private boolean content;

    GeminiStream(UsageTotals totals) {
        usage = new GeminiUsage(totals);
    }

    @Override
    protected Kind read(SseEvent event, JsonCursor json) throws JsonException {
        content = false;
        boolean failed = false;
        while (json.nextMember()) {
            switch (json.name()) {
                case "candidates" -> readCandidates(event, json);
                case "promptFeedback" -> readFeedback(json);
                case "usageMetadata" -> readUsage(event, json);
                case "error" -> failed |= skipToError(event, json);
                default -> json.skip();
            }
        }
        if (failed) {
            return Kind.ERROR;
        }
        return content ? Kind.CONTENT : Kind.SILENT;
    }

    private void readCandidates(SseEvent event, JsonCursor json) throws JsonException {
        if (!json.isArray()) {
            json.skip();
            return;
        }
        while (json.nextElement()) {
            if (json.isObject()) {
                readCandidate(event, json);
            } else {
                json.skip();
            }
        }
    }

    private void readCandidate(SseEvent event, JsonCursor json) throws JsonException {
        long index = 0;
        boolean ends = false;
        while (json.nextMember()) {
            switch (json.name()) {
                case "index" -> {
                    index = json.integer(0);
                    json.skip();
                }
                case "content" -> readContent(event, json);
                case "finishReason" -> {
                    stopReason = json.string();
                    ends |= json.skipToContent();
                }
                default -> json.skip();
            }
        }
        int candidate = (int) Math.max(0, Math.min(index, MAX_CANDIDATES));
        finished.set(candidate, ends || finished.get(candidate));
        unfinished.set(candidate, !finished.get(candidate));
        content |= ends;
    }

    private void readContent(SseEvent event, JsonCursor json) throws JsonException {
        if (!json.isObject()) {
            json.skip();
            return;
        }
        while (json.nextMember()) {
            if (json.name().equals("parts")) {
                content |= passText(event, json);
            } else {
                json.skip();
            }
        }
    }

    private void readFeedback(JsonCursor json) throws JsonException {
        if (!json.isObject()) {
            json.skip();
            return;
        }
        while (json.nextMember()) {
            if (json.name().equals("blockReason")) {
                stopReason = json.string();
                blocked |= json.skipToContent();
            } else {
                json.skip();
            }
        }
        content |= blocked;
    }

    private void readUsage(SseEvent event, JsonCursor json) throws JsonException {
        if (!json.isObject()) {
            json.skip();
            return;
        }
        JsonSpan span = json.skipToSpan();
        usage.update(Json.parse(event.data(), span.from(), span.to()));
        tellUsage();
    }

    @Override
    public boolean isComplete() {
        return blocked || (unfinished.isEmpty() && !finished.isEmpty());
    }

    @Override
    public ReplyFacts facts() {
        return new ReplyFacts(usage.toUsage(), false, stopReason, usage.tier());
    }
}
