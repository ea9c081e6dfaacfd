package dev.serai.steps;

import dev.serai.dialect.CodecException;
import dev.serai.dialect.Translation;
import dev.serai.upstream.Outcome;
import dev.serai.upstream.ReplyStream;
import dev.serai.upstream.UpstreamException;
import org.apache.camel.Message;
import org.apache.camel.spi.DataType;
import org.apache.camel.spi.Transformer;

/**
 * {@code serai:provider} to {@code serai:client}: the answer in the client's dialect. A stream is translated as it flows, by the reading
 * that {@link RequestTransformer} has opened; here it only says what it is.
 */
final class ReplyTransformer extends Transformer {
    private static final String CONTENT_TYPE = "Content-Type";

    @Override
    public void transform(Message message, DataType from, DataType to) throws UpstreamException {
        Translation translation = Variables.attempt(message.getExchange()).translation();
        if (Variables.goesOn(message.getExchange()) && !(message.getBody() instanceof ReplyStream)) {
            throw new UpstreamException(new Outcome.Unusable("answered without a stream to go on with"));
        }
        if (translation == null) {
            return;
        }
        if (message.getBody() instanceof ReplyStream) {
            message.setHeader(CONTENT_TYPE, "text/event-stream");
            return;
        }
        try {
            Translation.Reply reply = translation.reply(message.getBody(byte[].class));
            message.setBody(reply.encoded().body());
            message.setHeader(CONTENT_TYPE, reply.isStream() ? "text/event-stream" : "application/json");
        } catch (CodecException e) {
            throw new UpstreamException(new Outcome.Unusable("answered with what cannot be read: " + e.getMessage()));
        }
    }
}
