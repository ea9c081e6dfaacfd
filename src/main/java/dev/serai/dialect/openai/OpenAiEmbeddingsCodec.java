package dev.serai.dialect.openai;

import dev.serai.conversation.EmbeddingReply;
import dev.serai.conversation.EmbeddingRequest;
import dev.serai.dialect.CodecException;
import dev.serai.dialect.EmbeddingCodec;
import dev.serai.dialect.Encoded;
import dev.serai.dialect.EncodingTarget;
import dev.serai.dialect.ModelRequest;
import dev.serai.dialect.ReplySource;

/** Embeddings (https://platform.openai.com/docs/api-reference/embeddings), as OpenAI has them and as its imitators do. */
public final class OpenAiEmbeddingsCodec implements EmbeddingCodec {
    static final String DIALECT = "openai-embeddings";

    @Override
    public String dialect() {
        return DIALECT;
    }

    @Override
    public EmbeddingRequest decodeRequest(ModelRequest request) throws CodecException {
        return EmbeddingRequests.decode(request);
    }

    @Override
    public Encoded encodeRequest(EmbeddingRequest request, EncodingTarget target) throws CodecException {
        return EmbeddingRequests.encode(request, target);
    }

    @Override
    public EmbeddingReply decodeReply(byte[] body, ReplySource source) throws CodecException {
        return EmbeddingReplies.decode(body);
    }

    @Override
    public Encoded encodeReply(EmbeddingReply reply, EmbeddingRequest request) {
        return EmbeddingReplies.encode(reply, request);
    }
}
