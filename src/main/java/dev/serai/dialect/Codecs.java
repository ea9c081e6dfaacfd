package dev.serai.dialect;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The codecs that this Serai has, by the id of their dialect. Immutable. */
public final class Codecs {
    private final Map<String, ChatCodec> chat = new LinkedHashMap<>();
    private final Map<String, EmbeddingCodec> embeddings = new LinkedHashMap<>();

    public Codecs(Collection<? extends ChatCodec> chat, Collection<? extends EmbeddingCodec> embeddings) {
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
    }

    /** The codec of a dialect of conversations; null if it has none. */
    public @Nullable ChatCodec chat(String dialect) {
        return chat.get(dialect);
    }

    /** The codec of a dialect of embeddings; null if it has none. */
    public @Nullable EmbeddingCodec embeddings(String dialect) {
        return embeddings.get(dialect);
    }
}
