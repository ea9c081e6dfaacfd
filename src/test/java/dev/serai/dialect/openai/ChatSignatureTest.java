package dev.serai.dialect.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.conversation.ChatReply;
import dev.serai.conversation.ChatRequest;
import dev.serai.conversation.Choice;
import dev.serai.conversation.Content;
import dev.serai.conversation.Conversations;
import dev.serai.conversation.FinishReason;
import dev.serai.conversation.Message;
import dev.serai.conversation.ReplyEvents;
import dev.serai.conversation.Role;
import dev.serai.conversation.Signature;
import dev.serai.conversation.Tool;
import dev.serai.conversation.Usage;
import dev.serai.dialect.CodecException;
import dev.serai.dialect.Encoded;
import dev.serai.dialect.EncodingTarget;
import dev.serai.dialect.JsonTree;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Signatures that a client of Chat keeps and sends back, and those that a provider of Chat gives and wants back. */
class ChatSignatureTest {
    /** What signed answers of other dialects hold; their texts are not empty, as those of models never are. */
    @Provide
    Arbitrary<List<Content>> signed() {
        Arbitrary<Signature> foreign = Conversations.signatures()
                .filter(signature -> !signature.dialect().equals("openai-chat"));
        Arbitrary<Content> thinking = Combinators.combine(Conversations.words(), Arbitraries.of(true, false), foreign)
                .as(Content.Thinking::new);
        Arbitrary<Content> redacted = foreign.map(Content.RedactedThinking::new);
        Arbitrary<List<Content>> thoughts =
                Arbitraries.oneOf(thinking, redacted).list().ofMinSize(1).ofMaxSize(3);
        Arbitrary<Content> calls = foreign.map(
                signature -> new Content.ToolCall("call_1", "f", Tool.Kind.FUNCTION, "{}", null, signature));
        return Combinators.combine(thoughts, calls.list().ofMaxSize(1)).as((first, then) -> {
            List<Content> all = new ArrayList<>(first);
            all.addAll(then);
            return all;
        });
    }

    @Property(seed = "1", tries = 300)
    void a_client_that_sends_a_message_back_brings_its_signatures_back(@ForAll("signed") List<Content> contents)
            throws CodecException {
        Encoded reply = ChatBench.CODEC.encodeReply(reply(contents), ChatBench.context(ChatBench.ASKED));
        JsonNode message = ChatRecordings.parsed(new String(reply.body(), UTF_8))
                .path("choices")
                .path(0)
                .path("message");
        assertThat(sentBack(message)).isEqualTo(contents);
    }

    @Property(seed = "1", tries = 300)
    void a_client_that_puts_a_stream_together_brings_its_signatures_back(@ForAll("signed") List<Content> contents)
            throws CodecException {
        byte[] stream = ChatBench.stream(ReplyEvents.of(reply(contents)), ChatBench.context(ChatBench.ASKED));
        assertThat(sentBack(accumulated(new String(stream, UTF_8)))).isEqualTo(contents);
    }

    private static ChatReply reply(List<Content> contents) {
        boolean calls = contents.stream().anyMatch(Content.ToolCall.class::isInstance);
        Choice choice = new Choice(0, contents, calls ? FinishReason.TOOL_CALLS : FinishReason.STOP);
        return new ChatReply("c", "m", 7L, List.of(choice), Usage.NONE, null, List.of());
    }

    private static List<Content> sentBack(JsonNode message) throws CodecException {
        ObjectNode body = JsonTree.NODES.objectNode();
        body.put("model", "m");
        body.putArray("messages").add(message);
        return ChatBench.request(body.toString()).messages().get(0).contents();
    }

    /** As OpenAI's clients do: texts are joined, lists grow, calls are merged by their index. */
    private static ObjectNode accumulated(String stream) {
        ObjectNode message = JsonTree.NODES.objectNode();
        for (String line : stream.split("\n", -1)) {
            if (line.startsWith("data: {")) {
                JsonNode delta = ChatRecordings.parsed(line.substring("data: ".length()))
                        .path("choices")
                        .path(0)
                        .path("delta");
                delta.properties().forEach(member -> accumulate(message, member.getKey(), member.getValue()));
            }
        }
        return message;
    }

    private static void accumulate(ObjectNode into, String name, JsonNode value) {
        JsonNode before = into.path(name);
        if (before.isTextual() && value.isTextual() && !name.equals("role")) {
            into.put(name, before.textValue() + value.textValue());
        } else if (before instanceof ArrayNode list && value.isArray()) {
            value.forEach(element -> accumulate(list, element));
        } else if (before instanceof ObjectNode object && value.isObject()) {
            value.properties().forEach(member -> accumulate(object, member.getKey(), member.getValue()));
        } else {
            into.set(name, value.deepCopy());
        }
    }

    private static void accumulate(ArrayNode list, JsonNode element) {
        for (JsonNode known : list) {
            if (known instanceof ObjectNode object && known.path("index").equals(element.path("index"))) {
                element.properties().forEach(member -> {
                    if (!member.getKey().equals("index")) {
                        accumulate(object, member.getKey(), member.getValue());
                    }
                });
                return;
            }
        }
        list.add(element.deepCopy());
    }

    @Example
    void thinking_goes_back_into_the_field_it_came_in_and_to_no_other_model() throws CodecException {
        for (String field : List.of("reasoning_content", "reasoning")) {
            ChatReply reply =
                    ChatBench.reply("{\"choices\":[{\"message\":{\"content\":\"Hi\",\"" + field + "\":\"Hm\"}}]}");
            ChatRequest next = ChatRequest.builder("m")
                    .add(new Message(Role.ASSISTANT, reply.choices().get(0).contents()))
                    .build();
            assertThat(written(next, ChatBench.MODEL)).contains("\"" + field + "\":\"Hm\"");
            assertThat(written(next, "model-2")).doesNotContain("Hm");
        }
    }

    private static String written(ChatRequest request, String model) throws CodecException {
        return new String(
                ChatBench.CODEC
                        .encodeRequest(request, new EncodingTarget(model, null))
                        .body(),
                UTF_8);
    }
}
