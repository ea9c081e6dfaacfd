package dev.serai.dialect;

import dev.serai.json.JsonCursor;
import dev.serai.json.JsonException;
import dev.serai.json.JsonSpan;
import dev.serai.sse.SseEvent;

/**
 * What the streams of all dialects have in common: events whose data is one JSON object, events without data, and the
 * closing {@code [DONE]} of OpenAI, which some providers put behind streams of other dialects too. An error that the
 * provider reports is written as it came, so the client has then been told.
 */
public abstract class JsonStreamReading implements StreamReading {
    private static final String DONE = "[DONE]";
    private static final String NO_JSON = "the provider sent an event that is no JSON";

    private final PassedTokens passed = new PassedTokens();
    private String failure = "";
    private boolean told;

    @Override
    public final Kind on(SseEvent event, Sink out) {
        if (!event.hasData()) {
            pass(event, out);
            return Kind.SILENT;
        }
        if (event.dataIs(DONE)) {
            pass(event, out);
            return onDone();
        }
        try (JsonCursor json = JsonCursor.open(event.data(), event.dataFrom(), event.dataTo())) {
            Kind kind = read(event, json);
            json.expectEnd();
            tellPassed();
            write(event, kind, out);
            return kind;
        } catch (JsonException e) {
            failure = NO_JSON;
            return Kind.ERROR;
        }
    }

    @Override
    public final String failure() {
        return failure;
    }

    @Override
    public final long untoldTokens() {
        return passed.untold(isComplete());
    }

    private void tellPassed() {
        if (told) {
            told = false;
            passed.told(usage());
        }
    }

    /** The event at hand states the usage of the answer so far, its own text included. */
    protected final void tellUsage() {
        told = true;
    }

    /** The usage that is stated before the first text has so many tokens of output already. */
    protected final void tellOutputAtFirst(long tokens) {
        passed.covered(tokens);
    }

    /**
     * Leaves a value behind, counts the text in it as a part of the answer, and says whether it holds anything: see {@link
     * JsonCursor#skipToContent}.
     */
    protected final boolean passText(SseEvent event, JsonCursor json) throws JsonException {
        boolean holds = false;
        if (json.isObject()) {
            while (json.nextMember()) {
                holds = true;
                if (isText(json.name())) {
                    passText(event, json);
                } else {
                    json.skip();
                }
            }
            return holds;
        }
        if (json.isArray()) {
            while (json.nextElement()) {
                holds = true;
                passText(event, json);
            }
            return holds;
        }
        int from = json.stringFrom();
        if (from >= 0) {
            passed.string(event.data(), from, event.dataTo());
        }
        return json.skipToContent();
    }

    /** What is no text of the model: names that providers give, signatures, and files. */
    private static boolean isText(String name) {
        return switch (name) {
            case "id",
                    "type",
                    "format",
                    "signature",
                    "thoughtSignature",
                    "thought_signature",
                    "encrypted_content",
                    "data",
                    "mimeType",
                    "mime_type" -> false;
            default -> true;
        };
    }

    /** Looks through the event's object, to its end, and says what the event means. */
    protected abstract Kind read(SseEvent event, JsonCursor json) throws JsonException;

    /** What {@code [DONE]} means in this dialect. */
    protected Kind onDone() {
        return Kind.SILENT;
    }

    /** Writes what the client shall see of an event that has been read. */
    protected void write(SseEvent event, Kind kind, Sink out) {
        pass(event, out);
    }

    /**
     * Leaves the value of an {@code error} member behind, and says whether it holds an error: it is kept for {@link
     * #failure}.
     */
    protected final boolean skipToError(SseEvent event, JsonCursor json) throws JsonException {
        if (json.isNull()) {
            return false;
        }
        JsonSpan error = json.skipToSpan();
        failure = ProviderMessage.of(event.data(), error);
        return true;
    }

    /** For an event that is itself the error. */
    protected final void failWith(SseEvent event) {
        failure = ProviderMessage.ofObject(event.data(), event.dataFrom(), event.dataTo());
    }

    private static void pass(SseEvent event, Sink out) {
        out.write(event.bytes(), event.from(), event.to());
    }
}
