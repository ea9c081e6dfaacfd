package dev.serai.dialect.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.anthropic.core.ObjectMappers;
import com.anthropic.helpers.BetaMessageAccumulator;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.beta.messages.BetaRawMessageStreamEvent;
import com.anthropic.models.beta.messages.MessageCreateParams;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.serai.conversation.ChatEvent;
import dev.serai.conversation.ReplyBuilder;
import dev.serai.dialect.Encoded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What the codec writes is what Anthropic's own Java client knows, by its own validation. */
class OfficialSdkTest {
    private static final JsonMapper MAPPER = ObjectMappers.jsonMapper();

    @TestFactory
    Stream<DynamicTest> a_request_is_one_that_the_client_could_have_sent() {
        return WrittenRequests.all().entrySet().stream()
                .map(written -> DynamicTest.dynamicTest(written.getKey(), () -> {
                    Encoded encoded = Wire.CODEC.encodeRequest(
                            written.getValue().request(), written.getValue().target());
                    MessageCreateParams.Body body = MAPPER.readValue(encoded.body(), MessageCreateParams.Body.class);
                    assertThatCode(body::validate).doesNotThrowAnyException();
                    // What the client has deprecated, sampling, it keeps there too.
                    assertThat(body._additionalProperties()).doesNotContainKeys("thinking", "output_config", "tools");
                }));
    }

    @TestFactory
    Stream<DynamicTest> a_reply_is_one_that_the_client_can_read() {
        return WrittenAnswers.replies().entrySet().stream()
                .map(reply -> DynamicTest.dynamicTest(reply.getKey(), () -> {
                    Message message =
                            MAPPER.readValue(Wire.encode(reply.getValue()).body(), Message.class);
                    assertThatCode(message::validate).doesNotThrowAnyException();
                }));
    }

    @TestFactory
    Stream<DynamicTest> a_stream_is_put_together_by_the_client_to_what_it_says() {
        return WrittenAnswers.streams().entrySet().stream()
                .filter(stream -> !(last(stream) instanceof ChatEvent.Failed))
                .map(stream -> DynamicTest.dynamicTest(stream.getKey(), () -> {
                    MessageAccumulator accumulator = MessageAccumulator.create();
                    for (String payload : data(Wire.stream(stream.getValue()))) {
                        RawMessageStreamEvent event = MAPPER.readValue(payload, RawMessageStreamEvent.class);
                        event.validate();
                        accumulator.accumulate(event);
                    }
                    JsonNode put = Wire.tree(MAPPER.writeValueAsString(accumulator.message()));
                    JsonNode whole = Wire.tree(Wire.text(Wire.encode(ReplyBuilder.collect(stream.getValue()))));
                    Accepted accepted = new Accepted(new HashMap<>());
                    assertThat(Accepted.differences("", accepted.reply(whole), accepted.reply(put)))
                            .isEmpty();
                }));
    }

    @TestFactory
    Stream<DynamicTest> a_stream_from_anthropic_is_put_together_by_the_client_after_it_was_read_and_written()
            throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(Path.of("src/test/resources/codec/anthropic-messages/streams"))) {
            files = all.filter(file -> file.toString().endsWith(".encoded.sse"))
                    .sorted()
                    .toList();
        }
        return files.stream()
                .map(file -> DynamicTest.dynamicTest(String.valueOf(file.getFileName()), () -> {
                    List<String> payloads = data(Files.readString(file));
                    assumeThat(payloads.get(payloads.size() - 1)).contains("message_stop");
                    BetaMessageAccumulator accumulator = BetaMessageAccumulator.create();
                    for (String payload : payloads) {
                        accumulator.accumulate(MAPPER.readValue(payload, BetaRawMessageStreamEvent.class));
                    }
                    assertThat(accumulator.message().stopReason()).isPresent();
                }));
    }

    private static ChatEvent last(Map.Entry<String, List<ChatEvent>> stream) {
        return stream.getValue().get(stream.getValue().size() - 1);
    }

    private static List<String> data(String sse) {
        return sse.lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> line.substring("data: ".length()))
                .toList();
    }
}
