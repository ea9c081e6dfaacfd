package dev.serai.dialect;

import dev.serai.conversation.EmbeddingReply;
import dev.serai.conversation.EmbeddingRequest;

/** Translates one dialect of embeddings to and from the neutral form. As {@link ChatCodec}, without streams. */
public interface EmbeddingCodec {
    /** The id of its dialect, such as {@code openai-embeddings}: the same as {@link Dialect#id}. */
    String dialect();

    /**
     * Reads a request of a client.
     *
     * @throws CodecException if the body is no request of this dialect
     */
    EmbeddingRequest decodeRequest(ModelRequest request) throws CodecException;

    /**
     * Writes a request for a provider.
     *
     * @throws CodecException if the dialect cannot say it at all: tokens instead of text, to a provider that takes only text
     */
    Encoded encodeRequest(EmbeddingRequest request, EncodingTarget target) throws CodecException;

    /**
     * Reads the reply of a provider.
     *
     * @throws CodecException if the body is no answer of this dialect
     */
    EmbeddingReply decodeReply(byte[] body, ReplySource source) throws CodecException;

    /** Writes the reply to {@code request} for its client, in the encoding that it asked for. */
    Encoded encodeReply(EmbeddingReply reply, EmbeddingRequest request);
}
