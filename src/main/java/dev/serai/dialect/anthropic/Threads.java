package dev.serai.dialect.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.dialect.CodecException;
import dev.serai.dialect.JsonMembers;
import dev.serai.error.GatewayError;

/**
 * Threads: conversations that Anthropic holds for its clients, who then send only what is new. No other provider holds one. A request
 * that begins a thread is whole, so that the wish for one can be dropped; one that goes on with a thread is not, and is refused in
 * words by which Anthropic's own clients know that they must send the whole conversation again.
 */
final class Threads {
    private static final String THREAD = "thread";
    private static final String PREVIOUS = THREAD + ".previous_message_id";

    /** {@code error.details.error_code} of a thread that the server does not hold. */
    static final String NOT_FOUND = "thread_not_found";

    private Threads() {}

    /** Leaves the wish for a thread unread. */
    static void refuseToGoOn(JsonMembers body) throws CodecException {
        JsonNode thread = body.peek(THREAD);
        if (thread != null && "continue".equals(thread.path("type").textValue())) {
            throw new CodecException("this model's provider holds no threads: send the whole conversation", PREVIOUS);
        }
    }

    /** Whether a request was refused because of its thread. */
    static boolean isCauseOf(GatewayError error) {
        return PREVIOUS.equals(error.param());
    }
}
