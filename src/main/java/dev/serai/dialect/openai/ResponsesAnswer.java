package dev.serai.dialect.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.Block;
import dev.serai.conversation.ChatEvent;
import dev.serai.conversation.ChatFailure;
import dev.serai.conversation.FinishReason;
import dev.serai.dialect.Dropped;
import dev.serai.dialect.Feature;
import dev.serai.dialect.JsonTree;
import dev.serai.dialect.ReplyContext;
import dev.serai.dialect.StreamReading;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes an answer from its events, as a stream and as a whole: the last event of a stream is the whole answer, and an answer that is
 * wanted whole is a stream of which only that is looked at. Keeps the answer, because its last event repeats it. Not thread-safe.
 */
final class ResponsesAnswer implements ChatEvent.Visitor {
    private enum State {
        BEFORE,
        WITHIN,
        OVER
    }

    private final ResponsesFrames frames = new ResponsesFrames();
    private final Collection<Dropped> dropped = new LinkedHashSet<>();
    private final ResponsesObject response;
    private final ResponsesOutput output;
    private final ResponsesBlocks blocks;
    private State state = State.BEFORE;
    private FinishReason reason = FinishReason.STOP;
    private boolean refuses;

    ResponsesAnswer(ReplyContext context) {
        this.response = new ResponsesObject(context);
        this.output = new ResponsesOutput(frames, response.base());
        this.blocks = new ResponsesBlocks(output, context.request(), dropped);
    }

    /** @param out null if only the whole answer is wanted */
    void on(ChatEvent event, StreamReading.@Nullable Sink out) {
        if (state != State.OVER) {
            frames.to(out);
            event.accept(this);
            frames.to(null);
        }
    }

    /** The response object, as far as it has come. */
    String whole() {
        return response.ended(finish(), output.done());
    }

    private ResponsesFinish finish() {
        return ResponsesFinish.of(reason, refuses);
    }

    Collection<Dropped> dropped() {
        return dropped;
    }

    /** Responses have one answer. */
    private boolean isTheAnswer(ChatEvent.OfChoice event) {
        if (event.choice() == 0) {
            return true;
        }
        dropped.add(Dropped.of(Feature.N, "responses have one answer"));
        return false;
    }

    @Override
    public void started(ChatEvent.Started event) {
        state = State.WITHIN;
        response.identify(event.id(), event.model(), event.createdEpochSeconds());
        if (event.usage() != null) {
            response.use(event.usage());
        }
        if (frames.isWanted()) {
            String begun = response.begun();
            response("response.created", begun);
            response("response.in_progress", begun);
        }
    }

    private void response(String type, String json) {
        frames.begin(type).raw("response", json).end(type);
    }

    @Override
    public void blockStarted(ChatEvent.BlockStarted event) {
        if (isTheAnswer(event)) {
            refuses |= event.kind() instanceof Block.Refusal;
            blocks.start(event.block(), event.kind());
        }
    }

    private void text(ChatEvent.OfBlock event, String text) {
        if (isTheAnswer(event)) {
            blocks.text(event.block(), text);
        }
    }

    @Override
    public void textDelta(ChatEvent.TextDelta event) {
        text(event, event.text());
    }

    @Override
    public void thinkingDelta(ChatEvent.ThinkingDelta event) {
        text(event, event.text());
    }

    @Override
    public void toolArgumentsDelta(ChatEvent.ToolArgumentsDelta event) {
        text(event, event.text());
    }

    @Override
    public void refusalDelta(ChatEvent.RefusalDelta event) {
        text(event, event.text());
    }

    @Override
    public void audioDelta(ChatEvent.AudioDelta event) {
        if (!event.transcript().isEmpty()) {
            text(event, event.transcript());
        }
    }

    @Override
    public void signatureAdded(ChatEvent.SignatureAdded event) {
        if (isTheAnswer(event)) {
            blocks.sign(event.block(), event.signature());
        }
    }

    @Override
    public void citationAdded(ChatEvent.CitationAdded event) {
        if (isTheAnswer(event)) {
            blocks.cite(event.block(), event.citation());
        }
    }

    @Override
    public void blockEnded(ChatEvent.BlockEnded event) {
        if (isTheAnswer(event)) {
            blocks.end(event.block());
        }
    }

    @Override
    public void logprobsAdded(ChatEvent.LogprobsAdded event) {
        if (isTheAnswer(event)) {
            blocks.add(event.logprobs());
        }
    }

    @Override
    public void finished(ChatEvent.Finished event) {
        if (isTheAnswer(event)) {
            reason = event.reason();
            blocks.finish(reason);
        }
    }

    @Override
    public void usageReported(ChatEvent.UsageReported event) {
        response.use(event.usage());
    }

    @Override
    public void serviceTierReported(ChatEvent.ServiceTierReported event) {
        response.serve(event.serviceTier());
    }

    @Override
    public void extraReported(ChatEvent.ExtraReported event) {
        response.add(event.extra(), dropped);
    }

    /**
     * Two events, as OpenAI sends them: most clients raise an error for the first, Codex looks for the second. The first has its details
     * twice, beside its type as documented, and in {@code error}, where the official clients look.
     */
    @Override
    public void failed(ChatEvent.Failed event) {
        state = State.OVER;
        if (!frames.isWanted()) {
            return;
        }
        ChatFailure failure = event.failure();
        ObjectNode details = JsonTree.NODES
                .objectNode()
                .put("type", OpenAiFailures.type(failure.kind()))
                .put("code", code(failure))
                .put("message", failure.message())
                .put("param", failure.param());
        frames.begin("error");
        for (String name : List.of("code", "message", "param")) {
            frames.raw(name, JsonTree.text(details.get(name)));
        }
        frames.raw("error", JsonTree.text(details)).end("error");
        response("response.failed", response.failed(failure, code(failure), output.done()));
    }

    /** A stream has no status: the code alone says what went wrong. */
    private static String code(ChatFailure failure) {
        String given = failure.code();
        return switch (failure.kind()) {
            case INVALID_REQUEST -> given == null ? "invalid_request" : given;
            case NOT_FOUND -> given == null ? "not_found" : given;
            case AUTHENTICATION -> "invalid_api_key";
            case PERMISSION -> "permission_denied";
            case REQUEST_TOO_LARGE -> "request_too_large";
            case CONTEXT_TOO_LONG -> "context_length_exceeded";
            case RATE_LIMITED -> "rate_limit_exceeded";
            case QUOTA_EXHAUSTED -> "insufficient_quota";
            case CONTENT_FILTER -> "content_filter";
            case OVERLOADED -> "server_is_overloaded";
            case SERVER_ERROR -> "server_error";
            case TIMED_OUT -> "timeout";
        };
    }

    @Override
    public void ended(ChatEvent.Ended event) {
        state = State.OVER;
        if (frames.isWanted()) {
            boolean complete = finish().isComplete();
            response(complete ? "response.completed" : "response.incomplete", whole());
        }
    }
}
