package dev.serai.dialect.gemini;

import dev.serai.conversation.ChatFailure;
import dev.serai.conversation.ChatReply;
import dev.serai.conversation.ChatRequest;
import dev.serai.conversation.Content;
import dev.serai.dialect.ChatCodec;
import dev.serai.dialect.CodecException;
import dev.serai.dialect.Encoded;
import dev.serai.dialect.EncodingTarget;
import dev.serai.dialect.ModelRequest;
import dev.serai.dialect.ReplyContext;
import dev.serai.dialect.ReplySource;
import dev.serai.dialect.StreamDecoder;
import dev.serai.dialect.StreamEncoder;
import dev.serai.dialect.ToolNameRule;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Translates generateContent and streamGenerateContent (https://ai.google.dev/api/generate-content). */
public final class GeminiCodec implements ChatCodec {
    @Override
    public String dialect() {
        return Gemini.ID;
    }

    @Override
    public ChatRequest decodeRequest(ModelRequest request) throws CodecException {
        return new RequestDecoder(request).decode();
    }

    /** A file of Google's own is named by its URL, and so is a film of YouTube; the rest of the web is not looked at by every model. */
    @Override
    public boolean wantsBytes(Content content) {
        return !MediaTypes.isKnownToGoogle(content);
    }

    @Override
    public Encoded encodeRequest(ChatRequest request, EncodingTarget target) throws CodecException {
        return new RequestEncoder(request, target).encode();
    }

    /** Longer ones are refused; others than Google allows are escaped in a way that a reply undoes by itself. */
    @Override
    public ToolNameRule toolNames() {
        return new ToolNameRule(64, false);
    }

    @Override
    public ChatReply decodeReply(byte[] body, ReplySource source) throws CodecException {
        return new ReplyDecoder(body, source).decode();
    }

    @Override
    public Encoded encodeReply(ChatReply reply, ReplyContext context) {
        return new ReplyEncoder(reply, context).encode();
    }

    @Override
    public StreamDecoder openDecoder(ReplySource source) {
        return new GeminiStreamDecoder(source);
    }

    @Override
    public StreamEncoder openEncoder(ReplyContext context) {
        return new GeminiStreamEncoder(context);
    }

    @Override
    public ChatFailure decodeError(int status, byte[] body, @Nullable Duration retryAfter) {
        return ErrorDecoder.decode(status, body, retryAfter);
    }

    @Override
    public EncodedError encodeError(ChatFailure failure, String requestId) {
        return new EncodedError(
                ErrorEncoder.status(failure.kind()), Json.bytes(ErrorEncoder.encode(failure, requestId)));
    }
}
