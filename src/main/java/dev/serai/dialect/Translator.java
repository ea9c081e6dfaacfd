package dev.serai.dialect;

import dev.serai.conversation.ChatFailure;
import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Opens translations between dialects that have a codec of the same sort. Immutable and thread-safe. */
public final class Translator {
    private final Codecs codecs;

    public Translator(Codecs codecs) {
        this.codecs = codecs;
    }

    /** Whether a client of one dialect can be served by a provider of the other. The same dialect needs no translation. */
    public boolean canTranslate(String clientDialect, String providerDialect) {
        return !clientDialect.equals(providerDialect)
                && (both(codecs.chat(clientDialect), codecs.chat(providerDialect))
                        || both(codecs.embeddings(clientDialect), codecs.embeddings(providerDialect))
                        || both(codecs.counts(clientDialect), codecs.counts(providerDialect)));
    }

    private static boolean both(@Nullable Object one, @Nullable Object other) {
        return one != null && other != null;
    }

    /** Whether requests of this dialect can be read at all. */
    public boolean canTranslate(String dialect) {
        return codecs.chat(dialect) != null || codecs.embeddings(dialect) != null || codecs.counts(dialect) != null;
    }

    /**
     * Reads a request, once for all the providers that may be tried.
     *
     * @param request  of a dialect for which {@link #canTranslate} is true
     * @param identity what the answer is called where the provider does not say
     * @throws CodecException if it is no request of its dialect
     */
    public Translatable decode(ModelRequest request, ReplyIdentity identity) throws CodecException {
        ChatCodec chat = codecs.chat(request.dialect());
        if (chat != null) {
            return new TranslatableChat(codecs, chat, chat.decodeRequest(request), request.stream(), identity, false);
        }
        EmbeddingCodec embeddings = codecs.embeddings(request.dialect());
        if (embeddings != null) {
            return new TranslatableEmbeddings(codecs, embeddings, embeddings.decodeRequest(request));
        }
        CountCodec counts = codecs.counts(request.dialect());
        if (counts != null) {
            return new TranslatableCount(codecs, counts, counts.decodeRequest(request));
        }
        throw new IllegalArgumentException("there is no codec for " + request.dialect());
    }

    /**
     * The answer to a question for a number of tokens that nobody counts: an estimate, in the client's dialect.
     *
     * @param request of a dialect that {@linkplain Dialect#hasEstimate can be estimated}
     * @throws CodecException if it is no request of its dialect
     */
    public byte[] estimate(ModelRequest request) throws CodecException {
        CountCodec counts = codecs.counts(request.dialect());
        if (counts == null) {
            throw new IllegalArgumentException("nothing is counted in " + request.dialect());
        }
        return counts.encodeReply(TokenEstimate.of(counts.decodeRequest(request)));
    }

    /**
     * About how many tokens of input a conversation has, pictures and files included.
     *
     * @return empty if it is no conversation, or cannot be read
     */
    public OptionalLong inputTokens(ModelRequest request) {
        ChatCodec chat = codecs.chat(request.dialect());
        try {
            return chat == null ? OptionalLong.empty() : OptionalLong.of(TokenEstimate.of(chat.decodeRequest(request)));
        } catch (CodecException e) {
            return OptionalLong.empty();
        }
    }

    /**
     * About how many tokens of output a complete reply has that does not say it.
     *
     * @param dialect that of the reply
     * @return 0 if it is no conversation, or cannot be read
     */
    public long outputTokens(String dialect, byte[] reply) {
        ChatCodec chat = codecs.chat(dialect);
        try {
            return chat == null ? 0 : TokenEstimate.of(chat.decodeReply(reply, ReplySource.of("", dialect)));
        } catch (CodecException e) {
            return 0;
        }
    }

    /**
     * What a provider sent with an error status, read by its own dialect's codec.
     *
     * @param status     300 to 599
     * @param retryAfter from the answer's headers; null if there was none
     * @return null if the dialect has no codec that reads errors
     */
    public @Nullable ChatFailure failure(
            String providerDialect, int status, byte[] body, @Nullable Duration retryAfter) {
        ChatCodec provider = codecs.errors(providerDialect);
        return provider == null ? null : provider.decodeError(status, body, retryAfter);
    }

    /**
     * What a provider sent with an error status, in the client's dialect.
     *
     * @param status     400 to 599
     * @param retryAfter from the answer's headers; null if there was none
     * @return null if the two speak the same dialect, or one of them has no errors that could be translated
     */
    public ChatCodec.@Nullable EncodedError error(
            String clientDialect,
            String providerDialect,
            int status,
            byte[] body,
            @Nullable Duration retryAfter,
            String requestId) {
        ChatCodec client = codecs.errors(clientDialect);
        ChatCodec provider = codecs.errors(providerDialect);
        return client == null || provider == null || client == provider
                ? null
                : client.encodeError(provider.decodeError(status, body, retryAfter), requestId);
    }
}
