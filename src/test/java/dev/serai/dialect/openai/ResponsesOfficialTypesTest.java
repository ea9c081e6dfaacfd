package dev.serai.dialect.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.openai.core.ObjectMappers;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseStreamEvent;
import dev.serai.conversation.ChatReply;
import dev.serai.conversation.ChatRequest;
import dev.serai.conversation.Content;
import dev.serai.conversation.Conversations;
import dev.serai.conversation.Message;
import dev.serai.dialect.ReplyContext;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** What the codec writes is what OpenAI's own library for Java takes for valid, member by member. */
class ResponsesOfficialTypesTest {
    private static final OpenAiResponsesCodec CODEC = new OpenAiResponsesCodec();

    @Test
    void the_events_and_answers_of_other_dialects_are_valid() throws Exception {
        int events = 0;
        for (Map.Entry<String, ResponsesWritten.Answer> entry :
                ResponsesWritten.answers().entrySet()) {
            ReplyContext context = new ReplyContext(entry.getValue().request(), "abc", 1, ReplyContext.Framing.SSE);
            byte[] stream = ResponsesStreams.encode(entry.getValue().events(), context);
            for (JsonNode payload : ResponsesStreams.payloads(stream)) {
                if (payload.path("type").asText().equals("response.failed")) {
                    continue; // OpenAI says more codes of errors than this library knows
                }
                ResponseStreamEvent event =
                        ObjectMappers.jsonMapper().readValue(payload.toString(), ResponseStreamEvent.class);
                event.validate();
                events++;
            }
        }
        assertThat(events).isGreaterThan(150);
    }

    @Property(seed = "1", tries = 200, edgeCases = EdgeCasesMode.NONE)
    void any_reply_is_valid(@ForAll("replies") ChatReply reply, @ForAll("requests") ChatRequest request)
            throws Exception {
        ReplyContext context = new ReplyContext(request, "abc", 1, ReplyContext.Framing.SSE);
        byte[] body = CODEC.encodeReply(reply, context).body();
        Response response = ObjectMappers.jsonMapper().readValue(body, Response.class);
        response.validate();
        assertThat(new String(body, UTF_8)).contains(response.id());
    }

    /** What only this dialect knows is written as it came, valid or not. */
    @Provide
    Arbitrary<ChatRequest> requests() {
        return Conversations.chatRequests().map(request -> request.toBuilder()
                .messages(request.messages().stream()
                        .map(message -> new Message(
                                message.role(),
                                message.contents().stream()
                                        .filter(content -> !(content instanceof Content.Opaque))
                                        .toList(),
                                message.name()))
                        .toList())
                .tools(request.tools().stream()
                        .filter(tool -> !(tool instanceof dev.serai.conversation.Tool.BuiltIn))
                        .toList())
                .build());
    }

    @Provide
    Arbitrary<ChatReply> replies() {
        return Conversations.chatReplies().filter(ResponsesOfficialTypesTest::hasNothingOpaque);
    }

    private static boolean hasNothingOpaque(ChatReply reply) {
        return reply.choices().stream()
                .flatMap(choice -> choice.contents().stream())
                .noneMatch(content -> content instanceof Content.Opaque
                        || (content instanceof Content.Text text
                                && text.citations().stream()
                                        .anyMatch(dev.serai.conversation.Citation.Opaque.class::isInstance)));
    }
}
