package dev.serai.dialect;

import dev.serai.conversation.ChatRequest;

/**
 * Translates one dialect in which the tokens of a conversation are counted. As {@link ChatCodec}, but the answer is a number. Stateless
 * and thread-safe.
 */
public interface CountCodec {
    /** The id of its dialect, such as {@code anthropic-count-tokens}: the same as {@link Dialect#id}. */
    String dialect();

    /** The dialect of the conversations that are counted, such as {@code anthropic-messages}: errors look as they do there. */
    String conversation();

    /**
     * Reads a question of a client.
     *
     * @throws CodecException if the body is no request of this dialect
     */
    ChatRequest decodeRequest(ModelRequest request) throws CodecException;

    /**
     * Writes a question for a provider.
     *
     * @throws CodecException as {@link ChatCodec#encodeRequest}
     */
    Encoded encodeRequest(ChatRequest request, EncodingTarget target) throws CodecException;

    /**
     * Reads the number of tokens.
     *
     * @throws CodecException if the body does not state it
     */
    long decodeReply(byte[] body) throws CodecException;

    /** Writes the number of tokens for a client. */
    byte[] encodeReply(long tokens);
}
