package dev.serai.dialect.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.serai.conversation.ChatEvent;
import dev.serai.conversation.ChatReply;
import dev.serai.conversation.ChatRequest;
import dev.serai.conversation.EventGrammar;
import dev.serai.dialect.CodecException;
import dev.serai.dialect.Dropped;
import dev.serai.dialect.Encoded;
import dev.serai.dialect.EncodingTarget;
import dev.serai.dialect.ReplyContext;
import dev.serai.dialect.ReplySource;
import dev.serai.json.JsonDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Walks {@code src/test/resources/codec/openai-responses}. The request {@code requests/x.json} is read as {@code x.neutral.txt} and written
 * as {@code x.encoded.json}, and so is a reply; the stream {@code streams/x.sse} is read as {@code x.events.txt}. What {@link
 * ResponsesWritten} holds is written as the files in {@code written} say. What was dropped stands in the last lines. What came out instead
 * is left in {@code target/codec-responses}.
 */
class ResponsesGoldenTest {
    private static final Path ROOT = Path.of("src/test/resources/codec/openai-responses");
    private static final Path ACTUAL = Path.of("target/codec-responses");
    private static final OpenAiResponsesCodec CODEC = new OpenAiResponsesCodec();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectWriter PRETTY = JSON.writer(new DefaultPrettyPrinter()
            .withObjectIndenter(new DefaultIndenter("  ", "\n"))
            .withArrayIndenter(new DefaultIndenter("  ", "\n")));

    @TestFactory
    Stream<DynamicTest> a_request_is_read_and_written_as_its_golden_files_say() {
        return files("requests", ".json", file -> {
            JsonDocument body = JsonDocument.parse(Files.readAllBytes(file));
            ChatRequest request = CODEC.decodeRequest(new OpenAiResponses().readRequest(body));
            expect(file, ".json", ".neutral.txt", ResponsesRendering.of(request));
            expect(file, ".json", ".encoded.json", text(encode(request)));
        });
    }

    @TestFactory
    Stream<DynamicTest> a_reply_is_read_and_written_as_its_golden_files_say() {
        return files("replies", ".json", file -> {
            expect(file, ".json", ".neutral.txt", reply(Files.readAllBytes(file)));
        });
    }

    private static String reply(byte[] body) {
        try {
            ChatReply reply = CODEC.decodeReply(body, ReplySource.of("asked-for", OpenAiResponsesCodec.ID));
            return ResponsesRendering.of(reply);
        } catch (CodecException e) {
            return "refused: " + e.getMessage() + "\n";
        }
    }

    @TestFactory
    Stream<DynamicTest> a_stream_is_read_as_its_golden_file_says_however_it_is_cut() {
        return files("streams", ".sse", file -> {
            byte[] stream = Files.readAllBytes(file);
            List<ChatEvent> events = ResponsesStreams.decode(stream);
            EventGrammar.check(events);
            expect(file, ".sse", ".events.txt", lines(events));
            for (int chunk : List.of(1, 2, 3, 7, 100)) {
                assertThat(ResponsesStreams.decode(stream, chunk)).isEqualTo(events);
            }
        });
    }

    private static String lines(List<ChatEvent> events) {
        StringBuilder lines = new StringBuilder();
        events.forEach(
                event -> lines.append(event.toString().replace("\n", "\\n")).append('\n'));
        return lines.toString();
    }

    @TestFactory
    Stream<DynamicTest> what_others_say_is_written_as_a_request() {
        return ResponsesWritten.requests().entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(
                        entry.getKey(),
                        () -> expect(
                                ROOT.resolve("written").resolve(entry.getKey()),
                                "",
                                ".request.json",
                                text(encode(entry.getValue())))));
    }

    @TestFactory
    Stream<DynamicTest> what_others_answer_is_written_as_a_stream_whose_last_event_is_the_reply() {
        return ResponsesWritten.answers().entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    List<ChatEvent> events = entry.getValue().events();
                    EventGrammar.check(events);
                    ReplyContext context = new ReplyContext(
                            entry.getValue().request(), "abc", 1_700_000_000, ReplyContext.Framing.SSE);
                    expect(
                            ROOT.resolve("written").resolve(entry.getKey()),
                            "",
                            ".sse",
                            new String(ResponsesStreams.encode(events, context), UTF_8));
                }));
    }

    private static Encoded encode(ChatRequest request) {
        return CODEC.encodeRequest(request, new EncodingTarget("provider-model", null));
    }

    private static String text(Encoded encoded) {
        try {
            StringBuilder text = new StringBuilder(PRETTY.writeValueAsString(JSON.readTree(encoded.body())));
            text.append('\n');
            for (Dropped dropped : encoded.dropped()) {
                text.append("dropped ")
                        .append(dropped.name())
                        .append(": ")
                        .append(dropped.reason())
                        .append('\n');
            }
            return text.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Check {
        void run(Path file) throws Exception;
    }

    private static Stream<DynamicTest> files(String folder, String suffix, Check check) {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> all = Files.list(ROOT.resolve(folder))) {
            all.filter(file ->
                            file.toString().endsWith(suffix) && !file.toString().contains(".encoded."))
                    .sorted()
                    .forEach(found::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(found).isNotEmpty();
        return found.stream()
                .map(file -> DynamicTest.dynamicTest(String.valueOf(file.getFileName()), () -> check.run(file)));
    }

    private static void expect(Path file, String suffix, String other, String actual) throws IOException {
        String name = String.valueOf(file.getFileName());
        Path golden = file.resolveSibling(name.substring(0, name.length() - suffix.length()) + other);
        Path written = ACTUAL.resolve(ROOT.relativize(golden));
        String expected = Files.exists(golden) ? Files.readString(golden) : "";
        if (!actual.equals(expected)) {
            Files.createDirectories(written.getParent());
            Files.writeString(written, actual);
        }
        assertThat(actual).as("%s; what came out is %s", golden, written).isEqualTo(expected);
    }
}
