package dev.serai.dialect.openai;

import dev.serai.conversation.ChatEvent;
import dev.serai.conversation.ChatFailure;
import dev.serai.conversation.ChatReply;
import dev.serai.conversation.ChatRequest;
import dev.serai.conversation.Content;
import dev.serai.conversation.ReplyEvents;
import dev.serai.dialect.ChatCodec;
import dev.serai.dialect.CodecException;
import dev.serai.dialect.Encoded;
import dev.serai.dialect.EncodingTarget;
import dev.serai.dialect.ModelRequest;
import dev.serai.dialect.ReplyContext;
import dev.serai.dialect.ReplySource;
import dev.serai.dialect.StreamDecoder;
import dev.serai.dialect.StreamEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Responses (https://platform.openai.com/docs/api-reference/responses). Thread-safe. */
public final class OpenAiResponsesCodec implements ChatCodec {
    static final String ID = "openai-responses";

    @Override
    public String dialect() {
        return ID;
    }

    @Override
    public ChatRequest decodeRequest(ModelRequest request) throws CodecException {
        return ResponsesRequestDecoder.decode(request);
    }

    /** Images and files have URLs; the data of a recording must be there. */
    @Override
    public boolean wantsBytes(Content content) {
        return content instanceof Content.Audio;
    }

    @Override
    public Encoded encodeRequest(ChatRequest request, EncodingTarget target) {
        return ResponsesRequestEncoder.encode(request, target);
    }

    @Override
    public ChatReply decodeReply(byte[] body, ReplySource source) throws CodecException {
        return ResponsesReply.decode(body, source);
    }

    @Override
    public Encoded encodeReply(ChatReply reply, ReplyContext context) {
        ResponsesAnswer answer = new ResponsesAnswer(context);
        for (ChatEvent event : events(reply)) {
            answer.on(event, null);
        }
        return new Encoded(answer.whole().getBytes(StandardCharsets.UTF_8), List.copyOf(answer.dropped()));
    }

    /** A reply without an answer is one without items. */
    private static List<ChatEvent> events(ChatReply reply) {
        return reply.choices().isEmpty()
                ? List.of(new ChatEvent.Started(reply.id(), reply.model(), reply.createdEpochSeconds(), reply.usage()))
                : ReplyEvents.of(reply);
    }

    @Override
    public StreamDecoder openDecoder(ReplySource source) {
        return new ResponsesStreamDecoder(source);
    }

    @Override
    public StreamEncoder openEncoder(ReplyContext context) {
        ResponsesAnswer answer = new ResponsesAnswer(context);
        return answer::on;
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
