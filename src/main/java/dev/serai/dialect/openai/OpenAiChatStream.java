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
import dev.serai.sse.SseFrame;
import java.io.ByteArrayOutputStream;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** A stream of chat completion chunks. Usage, which Serai always asks for, is hidden from a client that did not. */
final class OpenAiChatStream extends JsonStreamReading {
    /** No provider serves as many choices; an index from the wire must not decide how much memory is taken. */
    private static final int MAX_CHOICES = 1024;

    private final boolean showsUsage;
    private final UsageTotals totals;
    private final BitSet choices = new BitSet();
    private final BitSet finished = new BitSet();
    private Usage usage = Usage.NONE;
    private boolean done;
    private @Nullable String stopReason;
    private @Nullable String serviceTier;

    // Of the chunk at hand.
    private @Nullable JsonSpan usageMember;
    private boolean statesUsage;
    private boolean hasChoice;

    OpenAiChatStream(boolean showsUsage, UsageTotals totals) {
        this.showsUsage = showsUsage;
        this.totals = totals;
    }

    @Override
    protected Kind read(SseEvent event, JsonCursor json) throws JsonException {
        usageMember = null;
        statesUsage = false;
        hasChoice = false;
        boolean error = false;
        boolean content = false;
        while (json.nextMember()) {
            switch (json.name()) {
                case "choices" -> content |= readChoices(event, json);
                case "usage" -> readUsage(event, json);
                case "service_tier" -> {
                    serviceTier = textOr(serviceTier, json);
                    json.skip();
                }
                case "error" -> error |= skipToError(event, json);
                default -> json.skip();
            }
        }
        if (!error && event.type().equals("error")) {
            failWith(event);
            error = true;
        }
        return error ? Kind.ERROR : content ? Kind.CONTENT : Kind.SILENT;
    }

    private boolean readChoices(SseEvent event, JsonCursor json) throws JsonException {
        if (!json.isArray()) {
            json.skip();
            return false;
        }
        boolean content = false;
        while (json.nextElement()) {
            hasChoice = true;
            content |= readChoice(event, json);
        }
        return content;
    }

    private boolean readChoice(SseEvent event, JsonCursor json) throws JsonException {
        if (!json.isObject()) {
            json.skip();
            return false;
        }
        long index = 0;
        boolean ends = false;
        boolean content = false;
        while (json.nextMember()) {
            switch (json.name()) {
                case "index" -> {
                    index = json.integer(0);
                    json.skip();
                }
                case "delta" -> content |= readDelta(event, json);
                case "finish_reason" -> {
                    stopReason = textOr(stopReason, json);
                    ends |= json.skipToContent();
                }
                case "usage" -> readTokens(event, json); // Moonshot puts it there
                default -> json.skip();
            }
        }
        int choice = (int) Math.max(0, Math.min(index, MAX_CHOICES));
        choices.set(choice);
        if (ends) {
            finished.set(choice);
        }
        return content || ends;
    }

    private boolean readDelta(SseEvent event, JsonCursor json) throws JsonException {
        boolean content = false;
        boolean thought = false;
        if (!json.isObject()) {
            json.skip();
            return false;
        }
        while (json.nextMember()) {
            switch (json.name()) {
                case "content", "refusal", "tool_calls", "function_call", "audio" -> content |= passText(event, json);
                // Some providers say the same under two of these names.
                case "reasoning", "reasoning_content", "reasoning_details" ->
                    thought |= thought ? json.skipToContent() : passText(event, json);
                default -> json.skip();
            }
        }
        return content || thought;
    }

    private static @Nullable String textOr(@Nullable String otherwise, JsonCursor json) throws JsonException {
        String text = json.string();
        return text == null ? otherwise : text;
    }

    private void readUsage(SseEvent event, JsonCursor json) throws JsonException {
        statesUsage = json.isObject();
        usageMember = readTokens(event, json);
    }

    private JsonSpan readTokens(SseEvent event, JsonCursor json) throws JsonException {
        boolean stated = json.isObject();
        JsonSpan span = json.skipToSpan();
        if (stated) {
            usage = OpenAiUsage.ofChat(JsonDocument.parse(event.data(), span.from(), span.to()), totals);
            tellUsage();
        }
        return span;
    }

    @Override
    protected Kind onDone() {
        done = true;
        return Kind.END;
    }

    @Override
    protected void write(SseEvent event, Kind kind, Sink out) {
        JsonSpan hidden = usageMember;
        if (showsUsage || hidden == null) {
            super.write(event, kind, out);
        } else if (hasChoice || !statesUsage || kind == Kind.ERROR) {
            writeWithout(hidden.withNameAndComma(event.data()), event, out);
        }
    }

    private static void writeWithout(JsonSpan cut, SseEvent event, Sink out) {
        if (event.data() == event.bytes()) {
            out.write(event.bytes(), event.from(), cut.from());
            out.write(event.bytes(), cut.to(), event.to());
        } else {
            // The data came in several lines and was joined: it is framed anew.
            ByteArrayOutputStream rest = new ByteArrayOutputStream(event.dataTo() - event.dataFrom());
            rest.write(event.data(), event.dataFrom(), cut.from() - event.dataFrom());
            rest.write(event.data(), cut.to(), event.dataTo() - cut.to());
            byte[] framed = SseFrame.of(event.type(), rest.toByteArray());
            out.write(framed, 0, framed.length);
        }
    }

    @Override
    public boolean isComplete() {
        return done || (!choices.isEmpty() && choices.equals(finished));
    }

    @Override
    public ReplyFacts facts() {
        return new ReplyFacts(usage, false, stopReason, serviceTier);
    }
}
