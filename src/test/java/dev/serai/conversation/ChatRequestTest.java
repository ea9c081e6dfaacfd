package dev.serai.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ChatRequestTest {
    private static final String GEMINI = "gemini";

    @Property
    void a_request_is_the_same_after_a_way_through_its_builder(@ForAll("requests") ChatRequest request) {
        assertThat(request.toBuilder().build()).isEqualTo(request);
    }

    @Test
    void neighbours_of_one_role_and_name_are_joined_and_empty_messages_go() {
        Message anna = new Message(Role.USER, List.of(new Content.Text("a")), "anna");
        List<Message> joined = Message.joined(List.of(
                Message.of(Role.USER, "1"),
                new Message(Role.ASSISTANT, List.of()),
                Message.of(Role.USER, "2"),
                anna,
                Message.of(Role.SYSTEM, "3")));
        assertThat(joined)
                .containsExactly(
                        new Message(Role.USER, List.of(new Content.Text("1"), new Content.Text("2"))),
                        anna,
                        Message.of(Role.SYSTEM, "3"));
    }

    @Test
    void the_name_of_a_tool_is_found_by_the_id_of_its_call() {
        ChatRequest request = ChatRequest.builder("m")
                .add(new Message(Role.ASSISTANT, List.of(new Content.ToolCall("call_1", "weather", "{}"))))
                .build();
        assertThat(request.toolNames()).containsOnlyKeys("call_1").containsValue("weather");
    }

    @Test
    void a_custom_tool_is_known_by_its_name_and_a_function_is_none() {
        ChatRequest request = ChatRequest.builder("m")
                .add(new Tool.Custom("patch", null, null))
                .add(new Tool.Function("weather", null, null))
                .build();
        assertThat(request.hasCustomTool("patch")).isTrue();
        assertThat(request.hasCustomTool("weather")).isFalse();
    }

    @Test
    void signatures_of_other_models_go_and_the_words_stay() {
        Signature own = new Signature("a", GEMINI, "gemini-3");
        Signature unknown = new Signature("b", GEMINI, null);
        Signature foreign = new Signature("c", GEMINI, "gemini-2");
        Signature elsewhere = new Signature("d", "anthropic-messages", "gemini-3");
        List<Content> contents = List.of(
                new Content.Thinking("1", own),
                new Content.Thinking("2", unknown),
                new Content.Thinking("3", foreign),
                new Content.Thinking("", foreign),
                new Content.RedactedThinking(elsewhere),
                new Content.Text("4", List.of(), null, foreign),
                new Content.ToolCall("call_1", "f", Tool.Kind.FUNCTION, "{}", null, elsewhere));
        ChatRequest request = ChatRequest.builder("m")
                .add(new Message(Role.ASSISTANT, contents))
                .add(new Message(Role.ASSISTANT, List.of(new Content.RedactedThinking(foreign))))
                .build();
        assertThat(request.signedFor(GEMINI, "Gemini-3").messages())
                .containsExactly(new Message(
                        Role.ASSISTANT,
                        List.of(
                                new Content.Thinking("1", own),
                                new Content.Thinking("2", unknown),
                                new Content.Thinking("3", null),
                                new Content.Text("4"),
                                new Content.ToolCall("call_1", "f", "{}"))));
    }

    @Property(tries = 300)
    void a_request_that_is_signed_for_a_model_holds_no_signature_of_another(@ForAll("requests") ChatRequest request) {
        ChatRequest signed = request.signedFor(GEMINI, Conversations.MODEL);
        assertThat(signatures(signed)).allMatch(signature -> signature.isFor(GEMINI, Conversations.MODEL));
        assertThat(signed.signedFor(GEMINI, Conversations.MODEL)).isSameAs(signed);
    }

    private static List<Signature> signatures(ChatRequest request) {
        List<Signature> found = new ArrayList<>();
        for (Message message : request.messages()) {
            for (Content content : message.contents()) {
                if (content instanceof Content.Thinking thinking && thinking.signature() != null) {
                    found.add(thinking.signature());
                } else if (content instanceof Content.RedactedThinking redacted) {
                    found.add(redacted.signature());
                } else if (content instanceof Content.ToolCall call && call.signature() != null) {
                    found.add(call.signature());
                }
            }
        }
        return found;
    }

    @Test
    void no_half_built_value_gets_in() {
        assertThatThrownBy(() -> new RawJson(" ")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Content.ToolCall("", "f", "{}")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Signature("", GEMINI, null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Block.Whole(new Content.Text("x"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Citation.Range(2, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_list_that_changes_later_does_not_change_the_request() {
        List<Content> contents = new ArrayList<>(List.of(new Content.Text("1")));
        Message message = new Message(Role.USER, contents);
        contents.add(new Content.Text("2"));
        assertThat(message.contents()).hasSize(1);
    }

    @Provide
    Arbitrary<ChatRequest> requests() {
        return Conversations.chatRequests();
    }
}
