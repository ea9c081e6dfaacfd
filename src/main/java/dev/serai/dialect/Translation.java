package dev.serai.dialect;

/** One attempt between a client and a provider of different dialects. */
public interface Translation {
    /** The request for the provider. */
    Encoded request();

    /**
     * Translates a complete reply.
     *
     * @throws CodecException if it is no answer of the provider's dialect
     */
    Reply reply(byte[] body) throws CodecException;

    /** Opens the translation of a streamed reply. */
    StreamReading openStream();

    /**
     * A reply as the client gets it.
     *
     * @param encoded    the body
     * @param isStream   whether the body is a whole stream, because the client asked for one and the provider sent none
     */
    record Reply(Encoded encoded, boolean isStream) {}
}
