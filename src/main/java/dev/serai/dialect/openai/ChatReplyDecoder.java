package dev.serai.dialect.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.ChatFailure;
import dev.serai.conversation.ChatReply;
import dev.serai.conversation.ReplyBuilder;
import dev.serai.conversation.Usage;
import dev.serai.dialect.CodecException;
import dev.serai.dialect.JsonMembers;
import dev.serai.dialect.JsonTree;
import dev.serai.dialect.ReplySource;
import java.util.List;

/** Reads a complete chat completion, as a stream of one chunk. */
final class ChatReplyDecoder {
    private ChatReplyDecoder() {}

    static ChatReply decode(byte[] body, ReplySource source) throws CodecException {
        ObjectNode reply = JsonTree.readObject(body);
        ReplyBuilder builder = new ReplyBuilder();
        ChatAnswer answer = new ChatAnswer(source, builder::on);
        if (!reply.hasNonNull("error")) {
            expectChoices(reply);
            if (reply.path("choices").isEmpty()) {
                return withoutChoices(reply, source);
            }
        }
        answer.on(reply, "");
        answer.done();
        ChatFailure failure = builder.failure();
        if (failure != null) {
            throw new CodecException(failure.message(), null);
        }
        return builder.reply();
    }

    private static ChatReply withoutChoices(ObjectNode reply, ReplySource source) throws CodecException {
        JsonMembers stated = JsonMembers.ofReply(reply, "").object("usage");
        return new ChatReply(
                reply.path("id").asText(""),
                reply.path("model").asText(""),
                null,
                List.of(),
                stated == null
                        ? Usage.NONE
                        : ChatUsage.read(stated, source.totals()).usage(),
                null,
                List.of());
    }

    private static void expectChoices(ObjectNode reply) throws CodecException {
        if (!reply.path("choices").isArray()) {
            throw new CodecException("the provider's reply has no \"choices\" list", null);
        }
    }
}
