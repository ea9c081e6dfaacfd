package dev.serai.dialect.openai;

import dev.serai.conversation.ChatEvent;
import dev.serai.conversation.ChatFailure;
import dev.serai.dialect.CodecException;
import dev.serai.dialect.JsonTree;
import dev.serai.dialect.ReplySource;
import dev.serai.dialect.StreamDecoder;
import dev.serai.sse.SseEvent;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads a stream of chat completion chunks. */
final class ChatStreamDecoder implements StreamDecoder {
    private static final String DONE = "[DONE]";
    private static final ChatFailure CUT_OFF =
            new ChatFailure(ChatFailure.Kind.SERVER_ERROR, "the provider ended its stream before the answer was whole");

    private final ChatAnswer answer;
    private Consumer<ChatEvent> out = event -> {};

    ChatStreamDecoder(ReplySource source) {
        answer = new ChatAnswer(source, event -> out.accept(event));
    }

    @Override
    public void on(SseEvent event, Consumer<ChatEvent> to) {
        if (!event.hasData()) {
            return;
        }
        out = to;
        if (event.dataIs(DONE)) {
            answer.done();
            return;
        }
        try {
            answer.on(JsonTree.readObject(event.data(), event.dataFrom(), event.dataTo()), event.type());
        } catch (CodecException e) {
            answer.fail(new ChatFailure(
                    ChatFailure.Kind.SERVER_ERROR,
                    "the provider sent an event that cannot be read: " + e.getMessage()));
        }
    }

    @Override
    public void end(@Nullable ChatFailure why, Consumer<ChatEvent> to) {
        out = to;
        answer.end(why == null ? CUT_OFF : why);
    }
}
