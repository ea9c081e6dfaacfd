package dev.serai.dialect.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.conversation.ChatEvent;
import dev.serai.conversation.ChatFailure;
import dev.serai.conversation.ChatReply;
import dev.serai.conversation.ChatRequest;
import dev.serai.conversation.ReplyBuilder;
import dev.serai.conversation.ReplyEvents;
import dev.serai.dialect.CodecException;
import dev.serai.dialect.Dropped;
import dev.serai.dialect.Encoded;
import dev.serai.dialect.EncodingTarget;
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
 * Walks {@code src/test/resources/codec/openai-chat}. {@code x.request.json}, {@code x.reply.json}, {@code x.sse} and {@code
 * x-<status>.error.json} are read as {@code x.read.txt} says; requests and replies are written again as {@code x.again.json} says. What
 * {@link ChatCases} builds is written as {@code written/x.json} and {@code written/x.sse} say, with what was dropped in {@code
 * written/x.dropped.txt}. With the system property {@code serai.golden=write} the expectations are written instead of compared.
 */
class ChatGoldenTest {
    private static final Path ROOT = Path.of("src/test/resources/codec/openai-chat");
    private static final boolean WRITE = "write".equals(System.getProperty("serai.golden"));

    @TestFactory
    Stream<DynamicTest> a_request_is_read_and_written_again_as_its_golden_files_say() {
        return files(".request.json")
                .map(file -> DynamicTest.dynamicTest(name(file), () -> {
                    ChatRequest request = ChatBench.request(text(file));
                    expect(sibling(file, ".request.json", ".read.txt"), Indented.of(request));
                    Encoded again = ChatBench.CODEC.encodeRequest(request, new EncodingTarget(request.model(), null));
                    expect(
                            sibling(file, ".request.json", ".again.json"),
                            pretty(again.body()) + comments(again.dropped()));
                }));
    }

    @TestFactory
    Stream<DynamicTest> a_reply_is_read_and_written_again_as_its_golden_files_say() {
        return files(".reply.json")
                .map(file -> DynamicTest.dynamicTest(name(file), () -> {
                    String read;
                    try {
                        ChatReply reply = ChatBench.reply(text(file));
                        read = Indented.of(reply);
                        Encoded again = ChatBench.CODEC.encodeReply(reply, ChatBench.context(ChatBench.ASKED));
                        expect(
                                sibling(file, ".reply.json", ".again.json"),
                                pretty(again.body()) + comments(again.dropped()));
                    } catch (CodecException e) {
                        read = "no answer: " + e.getMessage() + "\n";
                    }
                    expect(sibling(file, ".reply.json", ".read.txt"), read);
                }));
    }

    @TestFactory
    Stream<DynamicTest> a_stream_is_read_as_its_golden_file_says_however_it_is_cut() {
        return files(".sse")
                .filter(file -> !file.toString().contains("written"))
                .map(file -> DynamicTest.dynamicTest(name(file), () -> {
                    byte[] stream = text(file).getBytes(UTF_8);
                    List<ChatEvent> events = ChatBench.events(stream, ChatBench.SOURCE, stream.length);
                    for (int piece = 1; piece < stream.length; piece = piece * 2 + 1) {
                        assertThat(ChatBench.events(stream, ChatBench.SOURCE, piece))
                                .isEqualTo(events);
                    }
                    ReplyBuilder builder = new ReplyBuilder();
                    events.forEach(builder::on);
                    String read =
                            builder.failure() == null ? Indented.of(builder.reply()) : Indented.of(builder.failure());
                    expect(sibling(file, ".sse", ".read.txt"), read);
                }));
    }

    @TestFactory
    Stream<DynamicTest> an_error_is_read_as_its_golden_file_says() {
        return files(".error.json")
                .map(file -> DynamicTest.dynamicTest(name(file), () -> {
                    String status = name(file).replaceAll("^.*-(\\d{3})\\.error\\.json$", "$1");
                    ChatFailure failure = ChatBench.CODEC.decodeError(
                            Integer.parseInt(status), text(file).getBytes(UTF_8), null);
                    expect(sibling(file, ".error.json", ".read.txt"), Indented.of(failure));
                }));
    }

    @TestFactory
    Stream<DynamicTest> a_request_of_another_dialect_is_written_as_its_golden_file_says() {
        return ChatCases.requests().entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    ChatCases.Asked asked = entry.getValue();
                    Encoded encoded =
                            ChatBench.CODEC.encodeRequest(asked.request(), new EncodingTarget(asked.model(), null));
                    expect(
                            ROOT.resolve("written/" + entry.getKey() + ".request.txt"),
                            pretty(encoded.body()) + comments(encoded.dropped()));
                }));
    }

    @TestFactory
    Stream<DynamicTest> a_reply_of_another_dialect_is_written_as_its_golden_files_say() {
        return ChatCases.replies().entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    ChatCases.Answered answered = entry.getValue();
                    Encoded encoded =
                            ChatBench.CODEC.encodeReply(answered.reply(), ChatBench.context(answered.asked()));
                    expect(
                            ROOT.resolve("written/" + entry.getKey() + ".reply.txt"),
                            pretty(encoded.body()) + comments(encoded.dropped()));
                    byte[] stream =
                            ChatBench.stream(ReplyEvents.of(answered.reply()), ChatBench.context(answered.asked()));
                    expect(ROOT.resolve("written/" + entry.getKey() + ".stream.txt"), new String(stream, UTF_8));
                }));
    }

    private static String pretty(byte[] json) {
        return ChatRecordings.parsed(new String(json, UTF_8)).toPrettyString() + "\n";
    }

    private static String comments(List<Dropped> dropped) {
        StringBuilder comments = new StringBuilder();
        dropped.forEach(one -> comments.append("dropped ")
                .append(one.name())
                .append(": ")
                .append(one.reason())
                .append('\n'));
        return comments.toString();
    }

    private static void expect(Path file, String actual) throws IOException {
        if (WRITE) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, actual);
        }
        assertThat(actual).isEqualTo(text(file));
    }

    private static Stream<Path> files(String suffix) {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> all = Files.walk(ROOT)) {
            all.filter(file -> name(file).endsWith(suffix)).sorted().forEach(found::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(found).as("files *%s", suffix).isNotEmpty();
        return found.stream();
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private static Path sibling(Path file, String suffix, String other) {
        String name = name(file);
        return file.resolveSibling(name.substring(0, name.length() - suffix.length()) + other);
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file);
    }
}
