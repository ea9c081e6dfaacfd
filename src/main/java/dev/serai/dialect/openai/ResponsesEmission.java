package dev.serai.dialect.openai;

import dev.serai.conversation.Block;
import dev.serai.conversation.ChatEvent;
import dev.serai.conversation.Content;
import dev.serai.conversation.FinishReason;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The events of the one answer of a response: numbers its blocks, and remembers what decides how the answer ended. Not thread-safe. */
final class ResponsesEmission {
    private @Nullable Consumer<ChatEvent> out;
    private int next;
    private @Nullable ResponsesGrowingBlock last;
    private boolean calls;
    private boolean refuses;

    void to(@Nullable Consumer<ChatEvent> consumer) {
        out = consumer;
    }

    void tell(ChatEvent event) {
        if (out != null) {
            out.accept(event);
        }
    }

    /** Opens a block; text, thinking or a refusal that is open is suspended. */
    int open(Block kind, @Nullable ResponsesGrowingBlock growing) {
        if (last != null && !last.equals(growing)) {
            last.suspend();
        }
        boolean call = kind instanceof Block.ToolCall;
        last = call ? null : growing;
        calls |= call;
        refuses |= kind instanceof Block.Refusal;
        int block = next++;
        tell(new ChatEvent.BlockStarted(0, block, kind));
        return block;
    }

    void close(int block) {
        tell(new ChatEvent.BlockEnded(0, block));
    }

    void whole(Content content) {
        close(open(new Block.Whole(content), null));
    }

    FinishReason reason(String status, @Nullable String incomplete) {
        return ResponsesFinish.read(status, incomplete, calls, refuses);
    }
}
