package dev.serai.dialect.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.conversation.ChatEvent;
import dev.serai.conversation.ChatReply;
import dev.serai.conversation.ChatRequest;
import dev.serai.conversation.EventGrammar;
import dev.serai.dialect.CodecException;
import dev.serai.dialect.Encoded;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Walks {@code src/test/resources/codec/anthropic-messages}. A client's request {@code requests/x.json} is read as {@code x.neutral.txt}
 * and written for a provider as {@code x.encoded.json}; a provider's reply in {@code replies} is read and written for a client likewise;
 * the stream {@code streams/x.sse} is read as {@code x.events.txt}, whole and cut at every byte, and written as {@code x.encoded.sse}. What
 * {@link WrittenRequests} and {@link WrittenAnswers} hold is written as the files in {@code written} say.
 * The last line of what was written names what was dropped, if anything was. What came out instead is left in {@code
 * target/codec-golden}.
 */
class GoldenCodecTest {
    private static final Path ROOT = Path.of("src/test/resources/codec/anthropic-messages");
    private static final Path ACTUAL = Path.of("target/codec-golden");

    @TestFactory
    Stream<DynamicTest> a_request_is_read_and_written_as_its_golden_files_say() {
        return cases("requests", ".json", (file, name) -> {
            ChatRequest request = Wire.request(Files.readString(file));
            check(name, Map.of(".neutral.txt", Rendering.of(request), ".encoded.json", text(Wire.encode(request))));
        });
    }

    @TestFactory
    Stream<DynamicTest> a_reply_is_read_and_written_as_its_golden_files_say() {
        return cases("replies", ".json", (file, name) -> {
            ChatReply reply = Wire.reply(Files.readString(file));
            check(name, Map.of(".neutral.txt", Rendering.of(reply), ".encoded.json", text(Wire.encode(reply))));
        });
    }

    @TestFactory
    Stream<DynamicTest> a_stream_is_read_and_written_as_its_golden_files_say() {
        return cases("streams", ".sse", (file, name) -> {
            byte[] stream = Files.readAllBytes(file);
            List<ChatEvent> events = Wire.events(stream, stream.length);
            EventGrammar.check(events);
            check(name, Map.of(".events.txt", Rendering.of(events), ".encoded.sse", Wire.stream(events)));
            for (int piece : List.of(1, 2, 3, 7, 100)) {
                assertThat(Wire.events(stream, piece)).isEqualTo(events);
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> a_request_from_another_dialect_is_written_as_its_golden_file_says() {
        return WrittenRequests.all().entrySet().stream()
                .map(written -> dynamicTest("written", written.getKey(), name -> {
                    Encoded encoded = Wire.CODEC.encodeRequest(
                            written.getValue().request(), written.getValue().target());
                    check(name, Map.of(".request.json", text(encoded)));
                }));
    }

    @TestFactory
    Stream<DynamicTest> a_reply_from_another_dialect_is_written_as_its_golden_file_says() {
        return WrittenAnswers.replies().entrySet().stream()
                .map(written -> dynamicTest(
                        "written",
                        written.getKey(),
                        name -> check(name, Map.of(".reply.json", text(Wire.encode(written.getValue()))))));
    }

    @TestFactory
    Stream<DynamicTest> a_stream_from_another_dialect_is_written_as_its_golden_file_says() {
        return WrittenAnswers.streams().entrySet().stream()
                .map(written -> dynamicTest("written", written.getKey(), name -> {
                    EventGrammar.check(written.getValue());
                    check(name, Map.of(".stream.sse", Wire.stream(written.getValue())));
                }));
    }

    private interface Body {
        void run(String name) throws IOException, CodecException;
    }

    private static DynamicTest dynamicTest(String folder, String title, Body body) {
        String name = folder + "/" + title.replaceAll("[^A-Za-z]+", "-");
        return DynamicTest.dynamicTest(title, () -> body.run(name));
    }

    private static String text(Encoded encoded) {
        String text = Wire.text(encoded) + "\n";
        return encoded.dropped().isEmpty()
                ? text
                : text + "dropped: " + String.join(", ", Wire.dropped(encoded)) + "\n";
    }

    private interface Case {
        void run(Path file, String name) throws IOException, CodecException;
    }

    private static Stream<DynamicTest> cases(String folder, String suffix, Case body) {
        List<Path> files;
        try (Stream<Path> all = Files.list(ROOT.resolve(folder))) {
            files = all.filter(file ->
                            file.toString().endsWith(suffix) && !file.toString().endsWith(".encoded" + suffix))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(files).isNotEmpty();
        return files.stream().map(file -> {
            String path = ROOT.relativize(file).toString();
            String name = path.substring(0, path.length() - suffix.length());
            return DynamicTest.dynamicTest(name.replace('-', ' '), () -> body.run(file, name));
        });
    }

    private static void check(String name, Map<String, String> actual) throws IOException {
        Map<String, String> expected = new HashMap<>();
        for (Map.Entry<String, String> file : actual.entrySet()) {
            Path golden = ROOT.resolve(name + file.getKey());
            expected.put(file.getKey(), Files.exists(golden) ? Files.readString(golden) : "");
            if (!file.getValue().equals(expected.get(file.getKey()))) {
                Path left = ACTUAL.resolve(name + file.getKey());
                Files.createDirectories(left.getParent());
                Files.write(left, file.getValue().getBytes(UTF_8));
            }
        }
        assertThat(actual).isEqualTo(expected);
    }
}
