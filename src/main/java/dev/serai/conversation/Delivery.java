package dev.serai.conversation;

import org.jspecify.annotations.Nullable;

/**
 * How the answer is brought, and what is kept of it. Null means that the client did not say.
 *
 * @param stream             Chat, Responses and Messages: {@code stream}. Gemini: the method's name
 * @param includeUsage       whether usage is shown in a stream. Chat: {@code stream_options.include_usage}; elsewhere it always is
 * @param serviceTier        Chat, Responses and Messages: {@code service_tier}
 * @param store              Chat and Responses: {@code store}
 * @param previousResponseId Responses: the conversation goes on from an answer that was stored
 */
public record Delivery(
        boolean stream,
        @Nullable Boolean includeUsage,
        @Nullable ServiceTier serviceTier,
        @Nullable Boolean store,
        @Nullable String previousResponseId) {

    /** Nothing was said: no stream. */
    public static final Delivery UNSAID = new Delivery(false, null, null, null, null);

    /** A stream, and nothing else said. */
    public static final Delivery STREAM = new Delivery(true, null, null, null, null);
}
