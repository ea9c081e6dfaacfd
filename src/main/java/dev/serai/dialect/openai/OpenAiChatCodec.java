package dev.serai.dialect.openai;

import dev.serai.conversation.ChatFailure;
import dev.serai.conversation.ChatReply;
import dev.serai.conversation.ChatRequest;
import dev.serai.conversation.Content;
import dev.serai.conversation.Source;
import dev.serai.dialect.ChatCodec;
import dev.serai.dialect.CodecException;
import dev.serai.dialect.Encoded;
import dev.serai.dialect.EncodingTarget;
import dev.serai.dialect.ModelRequest;
import dev.serai.dialect.ReplyContext;
import dev.serai.dialect.ReplySource;
import dev.serai.dialect.StreamDecoder;
import dev.serai.dialect.StreamEncoder;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Chat completions (https://platform.openai.com/docs/api-reference/chat), as OpenAI has them and as its many imitators do. What is read is what
 * any of them writes; what is written is what most of them take.
 */
public final class OpenAiChatCodec implements ChatCodec {
    static final String DIALECT = "openai-chat";

    @Override
    public String dialect() {
        return DIALECT;
    }

    @Override
    public ChatRequest decodeRequest(ModelRequest request) throws CodecException {
        return ChatRequestDecoder.decode(request);
    }

    /** Images and films have URLs; the data of a file and of a recording must be there. */
    @Override
    public boolean wantsBytes(Content content) {
        return content instanceof Content.Audio
                || (content instanceof Content.Document document
                        && !(document.source() instanceof Source.Url url && ChatMedia.isVideo(url.mediaType())));
    }

    @Override
    public Encoded encodeRequest(ChatRequest request, EncodingTarget target) throws CodecException {
        return ChatRequestEncoder.encode(request, target);
    }

    @Override
    public ChatReply decodeReply(byte[] body, ReplySource source) throws CodecException {
        return ChatReplyDecoder.decode(body, source);
    }

    @Override
    public Encoded encodeReply(ChatReply reply, ReplyContext context) {
        return ChatReplyEncoder.encode(reply, context);
    }

    @Override
    public StreamDecoder openDecoder(ReplySource source) {
        return new ChatStreamDecoder(source);
    }

    @Override
    public StreamEncoder openEncoder(ReplyContext context) {
        return new ChatStreamEncoder(context);
    }

    @Override
    public ChatFailure decodeError(int status, byte[] body, @Nullable Duration retryAfter) {
        return OpenAiFailures.decode(status, body, retryAfter);
    }

    @Override
    public EncodedError encodeError(ChatFailure failure, String requestId) {
        return OpenAiFailures.encode(failure, requestId);
    }
}
