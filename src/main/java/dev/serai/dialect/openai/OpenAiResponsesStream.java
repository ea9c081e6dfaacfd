package dev.serai.dialect.openai;

import dev.serai.catalog.UsageTotals;
import dev.serai.conversation.Usage;
import dev.serai.dialect.JsonStreamReading;
import dev.serai.dialect.ReplyFacts;
import dev.serai.json.JsonCursor;
import dev.serai.json.JsonDocument;
import dev.serai.json.JsonException;
import dev.serai.json.JsonSpan;
import dev.serai.sse.SseEvent;
import org.jspecify.annotations.Nullable;

/** A stream of response events. What an event is stands in its JSON; the {@code event} line may be missing. */
final class OpenAiResponsesStream extends JsonStreamReading {
    private final UsageTotals totals;
    private Usage usage = Usage.NONE;
    private long searchesSeen;
    private long searchesListed;
    private @Nullable String stopReason;
    private @Nullable String incomplete;
    private @Nullable String serviceTier;
    private boolean complete;

    OpenAiResponsesStream(UsageTotals totals) {
        this.totals = totals;
    }

    @Override
    protected Kind read(SseEvent event, JsonCursor json) throws JsonException {
        String type = event.type();
        boolean explained = false;
        while (json.nextMember()) {
            switch (json.name()) {
                case "type" -> type = typeOr(type, json);
                case "response" -> explained |= readResponse(event, json);
                case "delta" -> readDelta(type, event, json);
                case "item" -> readItem(type, json);
                case "error" -> explained |= skipToError(event, json);
                default -> json.skip();
            }
        }
        Kind kind = kind(type, explained);
        if (kind == Kind.ERROR && !explained) {
            failWith(event);
        }
        complete |= kind == Kind.END;
        return kind;
    }

    /** Sound is no text, however it is written. */
    private void readDelta(String type, SseEvent event, JsonCursor json) throws JsonException {
        if (type.endsWith("audio.delta")) {
            json.skip();
        } else {
            passText(event, json);
        }
    }

    private void readItem(String type, JsonCursor json) throws JsonException {
        boolean isSearch = WebSearchCalls.isAt(json);
        searchesSeen += isSearch && type.equals("response.output_item.done") ? 1 : 0;
    }

    private void readOutput(JsonCursor json) throws JsonException {
        searchesListed = 0;
        if (!json.isArray()) {
            json.skip();
            return;
        }
        while (json.nextElement()) {
            searchesListed += WebSearchCalls.isAt(json) ? 1 : 0;
        }
    }

    /** Why it is incomplete, if it is, says more than that it is. */
    private void readIncomplete(JsonCursor json) throws JsonException {
        if (!json.isObject()) {
            json.skip();
            return;
        }
        while (json.nextMember()) {
            if (json.name().equals("reason")) {
                incomplete = json.string();
            }
            json.skip();
        }
    }

    private static String typeOr(String otherwise, JsonCursor json) throws JsonException {
        String type = json.string();
        json.skip();
        return type == null ? otherwise : type;
    }

    /** @return whether the response carries an error */
    private boolean readResponse(SseEvent event, JsonCursor json) throws JsonException {
        boolean error = false;
        if (!json.isObject()) {
            json.skip();
            return false;
        }
        while (json.nextMember()) {
            switch (json.name()) {
                case "usage" -> readUsage(event, json);
                case "output" -> readOutput(json);
                case "status" -> {
                    stopReason = json.string();
                    json.skip();
                }
                case "incomplete_details" -> readIncomplete(json);
                case "service_tier" -> {
                    serviceTier = json.string();
                    json.skip();
                }
                case "error" -> error |= skipToError(event, json);
                default -> json.skip();
            }
        }
        return error;
    }

    private void readUsage(SseEvent event, JsonCursor json) throws JsonException {
        if (!json.isObject()) {
            json.skip();
            return;
        }
        JsonSpan span = json.skipToSpan();
        usage = OpenAiUsage.ofResponse(JsonDocument.parse(event.data(), span.from(), span.to()), totals);
        tellUsage();
    }

    /** An event about the output that is not known by name counts as content: the provider is at work on the answer. */
    private static Kind kind(String type, boolean carriesError) {
        return switch (type) {
            case "response.created",
                    "response.in_progress",
                    "response.queued",
                    "response.output_item.added",
                    "response.content_part.added",
                    "response.reasoning_summary_part.added" -> Kind.SILENT;
            case "response.completed", "response.incomplete" -> Kind.END;
            case "response.failed", "error" -> Kind.ERROR;
            default -> type.startsWith("response.") ? Kind.CONTENT : carriesError ? Kind.ERROR : Kind.SILENT;
        };
    }

    @Override
    public boolean isComplete() {
        return complete;
    }

    @Override
    public ReplyFacts facts() {
        Usage used = usage.withWebSearches(Math.max(searchesSeen, searchesListed));
        String reason = incomplete != null ? incomplete : complete ? stopReason : null;
        return new ReplyFacts(used, false, reason, serviceTier);
    }
}
