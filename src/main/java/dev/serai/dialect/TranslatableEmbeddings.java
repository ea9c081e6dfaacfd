package dev.serai.dialect;

import dev.serai.conversation.EmbeddingRequest;

/** A request for embeddings on its way between two dialects. */
record TranslatableEmbeddings(Codecs codecs, EmbeddingCodec client, EmbeddingRequest asked) implements Translatable {

    @Override
    public Translation to(String dialect, EncodingTarget target, ReplySource source) throws CodecException {
        EmbeddingCodec provider = codecs.embeddings(dialect);
        if (provider == null) {
            throw new IllegalArgumentException("there is no codec for embeddings in " + dialect);
        }
        return new Embeddings(client, provider, asked, provider.encodeRequest(asked, target), source);
    }

    private record Embeddings(
            EmbeddingCodec client, EmbeddingCodec provider, EmbeddingRequest asked, Encoded request, ReplySource source)
            implements Translation {

        @Override
        public Reply reply(byte[] body) throws CodecException {
            return new Reply(client.encodeReply(provider.decodeReply(body, source), asked), false);
        }

        @Override
        public StreamReading openStream() {
            return new NoStream("embeddings are never streamed");
        }
    }
}
