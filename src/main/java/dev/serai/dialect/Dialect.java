package dev.serai.dialect;

import dev.serai.catalog.UsageTotals;
import dev.serai.error.GatewayError;
import dev.serai.json.JsonDocument;
import dev.serai.json.JsonEdit;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One wire format. Stateless and thread-safe; what belongs to one stream lives in the {@link StreamReading} it opens.
 * Where client and provider speak the same dialect nothing is translated: the JSON is edited where it must be, and
 * every byte that need not change survives.
 */
public interface Dialect {
    /** The name used in provider files and routes, such as {@code openai-chat}. */
    String id();

    /**
     * Reads what routing needs and leaves the rest for the provider to judge.
     *
     * @throws dev.serai.error.GatewayException {@code invalid_request_body} if the model or another field that routing
     *     needs has the wrong type or is missing
     */
    ModelRequest readRequest(JsonDocument body);

    /** As {@link #readRequest(JsonDocument)}, for dialects that say a part of it in the request line. */
    default ModelRequest readRequest(JsonDocument body, RequestTarget target) {
        return readRequest(body);
    }

    /** Whether Serai answers a request of this dialect by itself, with an estimate, if nobody who was named answers such requests. */
    default boolean hasEstimate() {
        return false;
    }

    /** How a request of this dialect says what it asks of a model. */
    default RequestNeeds.Reader needs() {
        return RequestNeeds.Reader.NONE;
    }

    /**
     * The body for a provider that speaks this dialect: {@code model} set, the list of fallbacks removed, usage asked
     * for in a stream; everything else byte for byte as the client sent it. Not written yet, so that a provider's rules
     * can be applied to it.
     */
    JsonEdit passThrough(ModelRequest request, String model);

    /**
     * Sees to it that the answer has so many tokens at most: a request that allows more, or does not say, allows so many now. In a
     * dialect whose answers have no length, nothing changes.
     *
     * @param body a request of this dialect that is about to be sent
     * @return what the request cannot have with so short an answer, as this dialect calls it
     */
    default List<String> limitOutput(JsonEdit body, long tokens) {
        return List.of();
    }

    /**
     * Reads a complete reply (one that was not streamed).
     *
     * @param totals what its totals contain
     * @return what it says of itself; its usage is {@link dev.serai.conversation.Usage#NONE} if it states none
     * @throws UnusableReplyException if the body is no answer of this dialect: an error object under status 200, say
     */
    ReplyFacts readReply(JsonDocument body, UsageTotals totals) throws UnusableReplyException;

    /** Opens the reading of one streamed reply to {@code request}, in which the totals contain what {@code totals} says. */
    StreamReading openStream(ModelRequest request, UsageTotals totals);

    /** The error as the JSON body of this dialect. */
    byte[] error(GatewayError error);

    /** The error as the last event of a stream of this dialect, framed as SSE. */
    byte[] errorEvent(GatewayError error);

    /** The error as the last element of a stream that is one JSON array, comma and closing bracket included. */
    default byte[] errorElement(GatewayError error) {
        throw new UnsupportedOperationException(id() + " has no streams that are JSON arrays");
    }

    /** What may stand anywhere between the events of a stream of this dialect, framed as SSE, and says that it goes on. */
    default byte[] keepAlive() {
        return ": keep-alive\n\n".getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Whether this JSON, which came with an error status, is an error envelope of this dialect and may be shown as it
     * is.
     */
    boolean isError(JsonDocument body);
}
