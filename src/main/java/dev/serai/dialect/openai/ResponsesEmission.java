package dev.serai.dialect.openai;

import dev.serai.conversation.Block;
import dev.serai.conversation.ChatEvent;
import dev.serai.conversation.Content;
import dev.serai.conversation.FinishReason;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The events of the one answer of a response: numbers its blocks, and remembers what decides how the answer ended. Not thread-safe. */
final class ResponsesEmission {
    private final List<ResponsesGrowingBlock> growing = new ArrayList<>();
    private @Nullable Consumer<ChatEvent> out;
    private int next;
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

    int open(Block kind) {
        calls |= kind instanceof Block.ToolCall;
        refuses |= kind instanceof Block.Refusal;
        int block = next++;
        tell(new ChatEvent.BlockStarted(0, block, kind));
        return block;
    }

    void grows(ResponsesGrowingBlock block) {
        growing.add(block);
    }

    void isOver(ResponsesGrowingBlock block) {
        growing.remove(block);
    }

    /** Ends what is still open: a provider may begin something in an item that it had called done. */
    void endAll() {
        List.copyOf(growing).forEach(ResponsesGrowingBlock::end);
    }

    void close(int block) {
        tell(new ChatEvent.BlockEnded(0, block));
    }

    void whole(Content content) {
        close(open(new Block.Whole(content)));
    }

    FinishReason reason(String status, @Nullable String incomplete) {
        return ResponsesFinish.read(status, incomplete, calls, refuses);
    }
}
