package dev.serai.dialect;

/** A client's request, decoded: to be encoded for every provider of another dialect that is tried. Immutable. */
public interface Translatable {
    /**
     * Opens the translation for one attempt.
     *
     * @param dialect what the provider speaks; one to which the request {@linkplain Translator#canTranslate can be translated}
     * @throws CodecException if the request cannot be said in that dialect
     */
    Translation to(String dialect, EncodingTarget target, ReplySource source) throws CodecException;
}
