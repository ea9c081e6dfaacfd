package dev.serai.dialect.anthropic;

import dev.serai.conversation.ChatFailure;
import dev.serai.conversation.ChatReply;
import dev.serai.conversation.ChatRequest;
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

/** Translates Messages (https://docs.anthropic.com/en/api/messages). */
public final class AnthropicMessagesCodec implements ChatCodec {
    static final String DIALECT = "anthropic-messages";

    @Override
    public String dialect() {
        return DIALECT;
    }

    @Override
    public ChatRequest decodeRequest(ModelRequest request) throws CodecException {
        return RequestDecoder.decode(request);
    }

    @Override
    public Encoded encodeRequest(ChatRequest request, EncodingTarget target) throws CodecException {
        return RequestEncoder.encode(request, target);
    }

    @Override
    public ToolNameRule toolNames() {
        return new ToolNameRule(128, true);
    }

    @Override
    public ChatReply decodeReply(byte[] body, ReplySource source) throws CodecException {
        return ReplyDecoder.decode(body, source);
    }

    @Override
    public Encoded encodeReply(ChatReply reply, ReplyContext context) {
        return ReplyEncoder.encode(reply, context);
    }

    @Override
    public StreamDecoder openDecoder(ReplySource source) {
        return new MessageStreamDecoder(source);
    }

    @Override
    public StreamEncoder openEncoder(ReplyContext context) {
        return new MessageStreamEncoder(context);
    }

    @Override
    public ChatFailure decodeError(int status, byte[] body, @Nullable Duration retryAfter) {
        return FailureDecoder.decode(status, body, retryAfter);
    }

    @Override
    public EncodedError encodeError(ChatFailure failure, String requestId) {
        return FailureEncoder.encode(failure, requestId);
    }
}
