package dev.serai.dialect;

import dev.serai.conversation.ChatFailure;
import dev.serai.conversation.ChatReply;
import dev.serai.conversation.ChatRequest;
import dev.serai.conversation.Content;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Translates one dialect to and from the neutral conversation. With one codec for each dialect every client reaches every provider:
 * the request is decoded by the client's codec and encoded by the provider's, the reply the other way round. Where both speak the
 * same dialect no codec is asked: see {@link Dialect#passThrough}.
 *
 * <p>Stateless and thread-safe; what belongs to one stream lives in the decoder or encoder that is opened for it. Whatever the input, a
 * codec throws {@link CodecException} and nothing else.
 */
public interface ChatCodec {
    /** The id of its dialect, such as {@code openai-chat}: the same as {@link Dialect#id}. */
    String dialect();

    /**
     * Reads a request of a client. Fields that the model has no place for become {@link dev.serai.conversation.Extra}s. Signatures of
     * other dialects are recognised ({@link ForeignSignature}).
     *
     * @param request as {@link Dialect#readRequest} gave it: its first model and whether to stream count, wherever the dialect
     *     puts them; Serai's own {@code models} is no field of the dialect and no extra
     * @throws CodecException if the body is no request of this dialect
     */
    ChatRequest decodeRequest(ModelRequest request) throws CodecException;

    /**
     * Whether the dialect has no place for the URL of this image, document or recording, so that a provider must be sent the bytes.
     * Asked only of content with a URL of http or https.
     */
    default boolean wantsBytes(Content content) {
        return false;
    }

    /**
     * Writes a request for a provider. Usage is asked for in a stream, whatever the client said. Signatures of other models are removed
     * ({@link ChatRequest#signedFor}) and named. What the dialect cannot say is left out and named.
     *
     * @throws CodecException if what is left would mean something else: the conversation that {@code previous_response_id} stands
     *     for, in a dialect that has no such thing
     */
    Encoded encodeRequest(ChatRequest request, EncodingTarget target) throws CodecException;

    /** What names of tools have to be like in a request. Whoever asks this codec to write one has renamed them. */
    default ToolNameRule toolNames() {
        return ToolNameRule.OPENAI;
    }

    /**
     * Reads a complete reply of a provider that came with a success status.
     *
     * @throws CodecException if the body is no answer of this dialect: an error object, say; with the provider's message
     */
    ChatReply decodeReply(byte[] body, ReplySource source) throws CodecException;

    /** Writes a complete reply for a client. Choices that the dialect has no place for are left out and named. */
    Encoded encodeReply(ChatReply reply, ReplyContext context);

    /** Opens the reading of one streamed reply. */
    StreamDecoder openDecoder(ReplySource source);

    /** Opens the writing of one streamed reply. */
    StreamEncoder openEncoder(ReplyContext context);

    /**
     * Reads what a provider sent with an error status. Anything can stand there: what is not this dialect's envelope is judged by its
     * status, with a message that says so.
     *
     * @param status     300 to 599
     * @param retryAfter from the answer's headers; null if there was none. A body may say it too
     */
    ChatFailure decodeError(int status, byte[] body, @Nullable Duration retryAfter);

    /** Writes a failure as this dialect's own error. */
    EncodedError encodeError(ChatFailure failure, String requestId);

    /**
     * An error as a client of the dialect sees it.
     *
     * @param status 400 to 599, as this dialect has it for this kind of failure: an overload is 529 in Messages and 503 elsewhere
     * @param body   the JSON envelope; not copied, and not to be changed
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on to be written, never compared
    record EncodedError(int status, byte[] body) {}
}
