package dev.serai.dialect;

import dev.serai.conversation.ChatRequest;

/**
 * For whom a reply is encoded.
 *
 * @param request      what the client asked, as its dialect's decoder read it: a reply in Responses repeats much of it, Chat shows usage
 *     in a stream only if it was asked for, and calls of custom tools and of tools in a namespace take their first form again
 * @param id           for a reply that has none: unique, letters and digits only; encoders put the prefix of their dialect before it
 * @param epochSeconds for a reply that does not say when it was made
 * @param framing      how a stream is written
 */
public record ReplyContext(ChatRequest request, String id, long epochSeconds, Framing framing) {
    /** How the events of a stream are told apart. */
    public enum Framing {
        /** As server-sent events. */
        SSE,
        /** As the elements of one JSON array: Gemini without {@code alt=sse}. */
        JSON_ARRAY
    }
}
