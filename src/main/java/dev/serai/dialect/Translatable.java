package dev.serai.dialect;

import dev.serai.conversation.Source;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A client's request, decoded: to be encoded for every provider of another dialect that is tried. Immutable. */
public interface Translatable {
    /**
     * Opens the translation for one attempt.
     *
     * @param dialect what the provider speaks; one to which the request {@linkplain Translator#canTranslate can be translated}
     * @throws CodecException if the request cannot be said in that dialect
     */
    Translation to(String dialect, EncodingTarget target, ReplySource source) throws CodecException;

    /**
     * The URLs whose bytes a provider must be sent, because its dialect has no place for a URL there or it fetches nothing itself.
     *
     * @param dialect what the provider speaks; also the client's own
     * @param all     whether it fetches nothing at all
     */
    default List<MediaUrl> wanted(String dialect, boolean all) {
        return List.of();
    }

    /** The same with bytes in the place of URLs. */
    default Translatable with(Map<MediaUrl, Source.Base64> fetched) {
        return this;
    }

    /** For a streamed answer that several providers may tell, one after the other; null if only one can. */
    default @Nullable Splice splice() {
        return null;
    }

    /**
     * Reads the stream of the provider that tells now.
     *
     * @param splice  of this request
     * @param dialect what the provider speaks; also the client's own
     */
    default StreamReading next(Splice splice, String dialect, ReplySource source) {
        throw new IllegalStateException("there is no splice for this");
    }

    /**
     * The same question with the beginning of its answer, for a provider that goes on from there.
     *
     * @param beginning empty to begin anew
     */
    default Translatable after(String beginning) {
        return this;
    }

    /** The same with an answer of so many tokens at most. What has no answer of its own length stays as it is. */
    default Translatable within(long outputTokens) {
        return this;
    }

    /** The same, whose answer somebody else keeps: the provider is not asked to store it, and the client reads that it is stored. */
    default Translatable kept() {
        return this;
    }
}
