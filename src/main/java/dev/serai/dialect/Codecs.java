package dev.serai.dialect;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The codecs that this Serai has, by the id of their dialect. Immutable. */
public final class Codecs {
    private final Map<String, ChatCodec> chat = new LinkedHashMap<>();
    private final Map<String, EmbeddingCodec> embeddings = new LinkedHashMap<>();
    private final Map<String, CountCodec> counts = new LinkedHashMap<>();

    public Codecs(Collection<? extends ChatCodec> chat, Collection<? extends EmbeddingCodec> embeddings) {
        this(chat, embeddings, List.of());
    }

    public Codecs(
            Collection<? extends ChatCodec> chat,
            Collection<? extends EmbeddingCodec> embeddings,
            Collection<? extends CountCodec> counts) {
        for (ChatCodec codec : chat) {
            if (this.chat.putIfAbsent(codec.dialect(), codec) != null) {
                throw new IllegalArgumentException("two codecs are called " + codec.dialect());
            }
        }
        for (EmbeddingCodec codec : embeddings) {
            if (this.embeddings.putIfAbsent(codec.dialect(), codec) != null) {
                throw new IllegalArgumentException("two codecs are called " + codec.dialect());
            }
        }
        for (CountCodec codec : counts) {
            if (this.counts.putIfAbsent(codec.dialect(), codec) != null) {
                throw new IllegalArgumentException("two codecs are called " + codec.dialect());
            }
        }
    }

    /** The codec of a dialect of conversations; null if it has none. */
    public @Nullable ChatCodec chat(String dialect) {
        return chat.get(dialect);
    }

    /** The codec of a dialect of embeddings; null if it has none. */
    public @Nullable EmbeddingCodec embeddings(String dialect) {
        return embeddings.get(dialect);
    }

    /** The codec of a dialect in which tokens are counted; null if it has none. */
    public @Nullable CountCodec counts(String dialect) {
        return counts.get(dialect);
    }

    /** The codec that knows the errors of a dialect; null if it has none, or its errors are not translated. */
    @Nullable
    ChatCodec errors(String dialect) {
        CountCodec counting = counts.get(dialect);
        return chat.get(counting == null ? dialect : counting.conversation());
    }
}
