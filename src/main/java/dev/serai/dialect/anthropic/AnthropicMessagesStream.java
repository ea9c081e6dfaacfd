package dev.serai.dialect.anthropic;

import dev.serai.catalog.UsageTotals;
import dev.serai.dialect.JsonStreamReading;
import dev.serai.dialect.ReplyFacts;
import dev.serai.json.JsonCursor;
import dev.serai.json.JsonDocument;
import dev.serai.json.JsonException;
import dev.serai.json.JsonSpan;
import dev.serai.sse.SseEvent;
import org.jspecify.annotations.Nullable;

/** A stream of message events (https://docs.anthropic.com/en/docs/build-with-claude/streaming). */
final class AnthropicMessagesStream extends JsonStreamReading {
    private final AnthropicUsage usage;
    private @Nullable String stopReason;
    private @Nullable String serviceTier;
    private boolean complete;

    // Of the event at hand.
    private boolean opensContent;
    private boolean stops;

    AnthropicMessagesStream(UsageTotals totals) {
        usage = new AnthropicUsage(totals);
    }

    @Override
    protected Kind read(SseEvent event, JsonCursor json) throws JsonException {
        opensContent = false;
        stops = false;
        String type = event.type();
        boolean explained = false;
        while (json.nextMember()) {
            switch (json.name()) {
                case "type" -> type = textOr(type, json);
                case "message" -> readMessage(event, json);
                case "usage" -> {
                    readUsage(event, json);
                    tellUsage();
                }
                case "delta" -> readDelta(event, json);
                case "content_block" -> readBlock(event, json);
                case "error" -> explained |= skipToError(event, json);
                default -> json.skip();
            }
        }
        Kind kind = explained ? Kind.ERROR : kind(type);
        if (kind == Kind.ERROR && !explained) {
            failWith(event);
        }
        complete |= kind == Kind.END || (stops && type.equals("message_delta"));
        return kind;
    }

    private Kind kind(String type) {
        return switch (type) {
            case "content_block_start" -> opensContent ? Kind.CONTENT : Kind.SILENT;
            case "content_block_delta", "message_delta" -> Kind.CONTENT;
            case "message_stop" -> Kind.END;
            case "error" -> Kind.ERROR;
            default -> Kind.SILENT;
        };
    }

    private void readMessage(SseEvent event, JsonCursor json) throws JsonException {
        if (!json.isObject()) {
            json.skip();
            return;
        }
        while (json.nextMember()) {
            if (json.name().equals("usage")) {
                readUsage(event, json);
                tellOutputAtFirst(usage().totalOutput());
            } else {
                json.skip();
            }
        }
    }

    private void readUsage(SseEvent event, JsonCursor json) throws JsonException {
        if (!json.isObject()) {
            json.skip();
            return;
        }
        JsonSpan span = json.skipToSpan();
        JsonDocument stated = JsonDocument.parse(event.data(), span.from(), span.to());
        usage.update(stated);
        String tier = stated.string("service_tier");
        serviceTier = tier == null ? serviceTier : tier;
    }

    private void readDelta(SseEvent event, JsonCursor json) throws JsonException {
        if (!json.isObject()) {
            json.skip();
            return;
        }
        while (json.nextMember()) {
            switch (json.name()) {
                case "stop_reason" -> {
                    stopReason = json.string();
                    stops |= json.skipToContent();
                }
                case "text", "thinking", "partial_json" -> passText(event, json);
                default -> json.skip();
            }
        }
    }

    /** A block of text or thinking opens empty and says nothing yet; any other block is content by being there. */
    private void readBlock(SseEvent event, JsonCursor json) throws JsonException {
        if (!json.isObject()) {
            json.skip();
            return;
        }
        String type = "";
        while (json.nextMember()) {
            switch (json.name()) {
                case "type" -> type = textOr(type, json);
                case "text", "thinking" -> opensContent |= passText(event, json);
                case "name" -> passText(event, json);
                default -> json.skip();
            }
        }
        opensContent |= !type.equals("text") && !type.equals("thinking");
    }

    private static String textOr(String otherwise, JsonCursor json) throws JsonException {
        String text = json.string();
        json.skip();
        return text == null ? otherwise : text;
    }

    @Override
    public boolean isComplete() {
        return complete;
    }

    @Override
    public ReplyFacts facts() {
        return new ReplyFacts(usage.toUsage(), false, stopReason, serviceTier);
    }
}
