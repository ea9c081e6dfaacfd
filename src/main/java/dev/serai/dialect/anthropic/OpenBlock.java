package dev.serai.dialect.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.Block;
import dev.serai.conversation.ChatEvent;
import dev.serai.conversation.Content;
import dev.serai.dialect.JsonTree;
import dev.serai.dialect.WholeCharacters;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A block of a stream that has begun and not ended. Not thread-safe. */
sealed interface OpenBlock {
    /** Says what is left to say, and ends the block. */
    void close(Consumer<ChatEvent> out);

    /** Words: told at once, as far as their characters are whole. */
    record Text(int number, WholeCharacters characters) implements OpenBlock {
        Text(int number) {
            this(number, new WholeCharacters());
        }

        void say(String words, Consumer<ChatEvent> out) {
            tell(characters.next(words), out);
        }

        private void tell(String words, Consumer<ChatEvent> out) {
            if (!words.isEmpty()) {
                out.accept(new ChatEvent.TextDelta(0, number, words));
            }
        }

        @Override
        public void close(Consumer<ChatEvent> out) {
            tell(characters.rest(), out);
            out.accept(new ChatEvent.BlockEnded(0, number));
        }
    }

    /** Thinking: told at once; the signature, of which the last statement holds, at the end. */
    final class Thinking implements OpenBlock {
        private final int number;
        private final @Nullable String signer;
        private final WholeCharacters characters = new WholeCharacters();
        private String signature = "";

        Thinking(int number, @Nullable String signer) {
            this.number = number;
            this.signer = signer;
        }

        void say(String words, Consumer<ChatEvent> out) {
            tell(characters.next(words), out);
        }

        private void tell(String words, Consumer<ChatEvent> out) {
            if (!words.isEmpty()) {
                out.accept(new ChatEvent.ThinkingDelta(0, number, words));
            }
        }

        void sign(String text) {
            signature = text.isEmpty() ? signature : text;
        }

        @Override
        public void close(Consumer<ChatEvent> out) {
            tell(characters.rest(), out);
            if (!signature.isEmpty()) {
                out.accept(new ChatEvent.SignatureAdded(0, number, BlockDecoder.signature(signature, signer)));
            }
            out.accept(new ChatEvent.BlockEnded(0, number));
        }
    }

    /** A call: its arguments are told at once, or at the end if they came with the beginning only. */
    final class Call implements OpenBlock {
        private final int number;
        private final WholeCharacters characters = new WholeCharacters();
        private String beginning;

        Call(int number, JsonNode input) {
            this.number = number;
            this.beginning = input.isObject() && !input.isEmpty() ? JsonTree.text(input) : "";
        }

        void add(String arguments, Consumer<ChatEvent> out) {
            if (!arguments.isEmpty()) {
                beginning = "";
                tell(characters.next(arguments), out);
            }
        }

        private void tell(String arguments, Consumer<ChatEvent> out) {
            if (!arguments.isEmpty()) {
                out.accept(new ChatEvent.ToolArgumentsDelta(0, number, arguments));
            }
        }

        @Override
        public void close(Consumer<ChatEvent> out) {
            add(beginning, out);
            tell(characters.rest(), out);
            out.accept(new ChatEvent.BlockEnded(0, number));
        }
    }

    /** What only Anthropic knows: gathered, and told as a whole. */
    final class Gathering implements OpenBlock {
        private final ObjectNode json;
        private final Numbers numbers;
        private final @Nullable String signer;
        private final StringBuilder input = new StringBuilder();

        Gathering(ObjectNode json, Numbers numbers, @Nullable String signer) {
            this.json = json;
            this.numbers = numbers;
            this.signer = signer;
        }

        void add(ObjectNode delta) {
            if (delta.path("partial_json").isTextual()) {
                input.append(delta.path("partial_json").textValue());
                return;
            }
            for (Map.Entry<String, JsonNode> member : delta.properties()) {
                String name = member.getKey();
                JsonNode value = member.getValue();
                if (!name.equals("type")) {
                    boolean joins = value.isTextual() && json.path(name).isTextual();
                    json.set(name, joins ? Json.text(json.path(name).textValue() + value.textValue()) : value);
                }
            }
        }

        @Override
        public void close(Consumer<ChatEvent> out) {
            if (!input.isEmpty()) {
                JsonNode parsed = Json.parse(input.toString());
                json.set("input", parsed == null ? Json.text(input.toString()) : parsed);
            }
            int number = numbers.next();
            out.accept(new ChatEvent.BlockStarted(0, number, new Block.Whole(content())));
            out.accept(new ChatEvent.BlockEnded(0, number));
        }

        private Content content() {
            String type = Json.text(json, "type");
            String data = Json.text(json, "data");
            return type.equals("redacted_thinking") && !data.isEmpty()
                    ? new Content.RedactedThinking(BlockDecoder.signature(data, signer))
                    : new Content.Opaque(AnthropicMessagesCodec.DIALECT, type, JsonTree.raw(json));
        }
    }

    /** Counts the blocks of the answer as they open. */
    final class Numbers {
        private int next;

        int next() {
            return next++;
        }
    }
}
