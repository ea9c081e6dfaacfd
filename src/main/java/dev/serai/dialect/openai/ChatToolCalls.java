package dev.serai.dialect.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.conversation.Block;
import dev.serai.conversation.ChatEvent;
import dev.serai.conversation.Signature;
import dev.serai.conversation.Tool;
import dev.serai.dialect.JsonMembers;
import dev.serai.dialect.JsonTree;
import dev.serai.dialect.WholeCharacters;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one choice, as they grow. Providers say which call a piece belongs to by its index, by its id, by both, or by neither;
 * some give every call the index 0, some a new id to every piece. A call opens when its id and its name are known; a call without an
 * id gets one as soon as it has to be told.
 */
final class ChatToolCalls {
    /** No model calls as many tools at once; a provider's indexes must not decide how much memory is taken. */
    private static final int MAX_CALLS = 1024;

    private final int choice;
    private final IntSupplier nextBlock;
    private final Supplier<String> madeUpIds;
    private final List<Call> calls = new ArrayList<>();

    /** What is known of a call. */
    private static final class Call {
        private final @Nullable Long index;
        private final WholeCharacters characters = new WholeCharacters();
        private final StringBuilder waiting = new StringBuilder();
        private Tool.Kind kind = Tool.Kind.FUNCTION;
        private String id = "";
        private String name = "";
        private @Nullable Signature signature;
        private int block = -1;

        private Call(@Nullable Long index) {
            this.index = index;
        }

        private boolean isOpen() {
            return block >= 0;
        }
    }

    /** @param madeUpIds for calls without one, unique in the conversation */
    ChatToolCalls(int choice, IntSupplier nextBlock, Supplier<String> madeUpIds) {
        this.choice = choice;
        this.nextBlock = nextBlock;
        this.madeUpIds = madeUpIds;
    }

    /** Whether a call was told, or waits to be. */
    boolean any() {
        return calls.stream().anyMatch(call -> !call.name.isEmpty());
    }

    /** Whether something was called that has no name, and so cannot be. */
    boolean anyNameless() {
        return calls.stream().anyMatch(call -> call.name.isEmpty() && !call.waiting.isEmpty());
    }

    /** Whether one more call would be one too many. */
    boolean isFull() {
        return calls.size() >= MAX_CALLS;
    }

    /** Takes the next piece of a call: an element of {@code tool_calls}. */
    void on(JsonMembers element, @Nullable String model, Consumer<ChatEvent> out) {
        element.ignore("index", "id", "type", "function", "custom");
        JsonNode piece = element.node();
        boolean custom =
                piece.path("custom").isObject() || piece.path("type").asText("").equals("custom");
        JsonNode body = piece.path(custom ? "custom" : "function");
        String id = id(piece.path("id"));
        String name = body.path("name").asText("");
        Call call = find(piece.path("index"), id, name);
        call.kind = custom ? Tool.Kind.CUSTOM : call.kind;
        call.id = call.id.isEmpty() ? id : call.id;
        call.name = call.name.isEmpty() ? name : call.name;
        sign(call, element, model);
        add(call, arguments(body.path(call.kind == Tool.Kind.CUSTOM ? "input" : "arguments")), out);
    }

    /** Takes the next piece of the old {@code function_call}, of which there is one and which has no id. */
    void onFunctionCall(JsonNode piece, Consumer<ChatEvent> out) {
        String name = piece.path("name").asText("");
        Call call = calls.isEmpty() ? opened(null) : calls.get(0);
        call.name = call.name.isEmpty() ? name : call.name;
        add(call, arguments(piece.path("arguments")), out);
    }

    /** Tells what still waits, and closes all calls. Those without a name are left out. */
    void close(Consumer<ChatEvent> out) {
        for (Call call : calls) {
            if (!call.name.isEmpty()) {
                open(call, out);
                tell(call, call.characters.rest(), out);
                if (call.signature != null) {
                    out.accept(new ChatEvent.SignatureAdded(choice, call.block, call.signature));
                }
                out.accept(new ChatEvent.BlockEnded(choice, call.block));
            }
        }
    }

    /** Mistral has written a missing id as the word null. */
    private static String id(JsonNode id) {
        String text = id.asText("");
        return text.equals("null") ? "" : text;
    }

    private Call find(JsonNode indexNode, String id, String name) {
        Long index = indexNode.canConvertToLong() ? indexNode.longValue() : null;
        Call found = index == null ? byId(id, name) : byIndex(index);
        // Another id and a name of its own under an index that is taken: a provider that does not count.
        boolean other =
                found != null && !id.isEmpty() && !name.isEmpty() && !found.id.isEmpty() && !found.id.equals(id);
        return found == null || other ? opened(index) : found;
    }

    private @Nullable Call byIndex(Long index) {
        for (int i = calls.size() - 1; i >= 0; i--) {
            if (index.equals(calls.get(i).index)) {
                return calls.get(i);
            }
        }
        return null;
    }

    /** A piece with neither index nor id goes to the last call, unless it names a tool: then it begins the next one. */
    private @Nullable Call byId(String id, String name) {
        for (Call call : calls) {
            if (!id.isEmpty() && call.id.equals(id)) {
                return call;
            }
        }
        boolean begins = !name.isEmpty() || calls.isEmpty();
        Call last = begins ? null : calls.get(calls.size() - 1);
        return last != null && last.name.isEmpty() && !id.isEmpty() && !last.id.isEmpty() ? null : last;
    }

    private Call opened(@Nullable Long index) {
        Call call = new Call(index);
        calls.add(call);
        return call;
    }

    /** Google signs calls here. */
    private static void sign(Call call, JsonMembers element, @Nullable String model) {
        JsonNode extra = element.peek("extra_content");
        String signature = extra == null
                ? ""
                : extra.path("google").path("thought_signature").asText("");
        if (!signature.isEmpty()) {
            element.ignore("extra_content");
            call.signature = new Signature(signature, OpenAiChatCodec.DIALECT, model);
        }
    }

    /** Some providers send arguments as the object that they are. */
    private static String arguments(JsonNode arguments) {
        if (arguments.isTextual()) {
            return arguments.textValue();
        }
        return arguments.isMissingNode() || arguments.isNull() ? "" : JsonTree.text(arguments);
    }

    private void add(Call call, String piece, Consumer<ChatEvent> out) {
        String whole = call.characters.next(piece);
        boolean known = !call.name.isEmpty() && (!call.id.isEmpty() || !whole.isEmpty());
        if (call.isOpen() || known) {
            open(call, out);
            tell(call, whole, out);
        } else {
            call.waiting.append(whole);
        }
    }

    private void open(Call call, Consumer<ChatEvent> out) {
        if (call.isOpen()) {
            return;
        }
        call.block = nextBlock.getAsInt();
        if (call.id.isEmpty()) {
            call.id = madeUpIds.get();
        }
        out.accept(new ChatEvent.BlockStarted(choice, call.block, new Block.ToolCall(call.id, call.name, call.kind)));
        tell(call, call.waiting.toString(), out);
        call.waiting.setLength(0);
    }

    private void tell(Call call, String text, Consumer<ChatEvent> out) {
        if (!text.isEmpty()) {
            out.accept(new ChatEvent.ToolArgumentsDelta(choice, call.block, text));
        }
    }
}
