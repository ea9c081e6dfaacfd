package dev.serai.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.catalog.UsageTotals;
import dev.serai.dialect.anthropic.AnthropicMessages;
import dev.serai.dialect.openai.OpenAiChat;
import dev.serai.dialect.openai.OpenAiEmbeddings;
import dev.serai.dialect.openai.OpenAiResponses;
import dev.serai.error.GatewayError;
import dev.serai.json.JsonDocument;
import dev.serai.json.JsonException;
import dev.serai.sse.SseException;
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
 * Walks {@code src/test/resources/dialect/<dialect>}. {@code x.request.json} becomes {@code x.forwarded.json}; {@code
 * x.reply.json} is read as {@code x.reply.txt} says; the stream {@code x.sse} becomes {@code x.client.sse}, whole and
 * in single bytes, with what {@code x.outcome.txt} says; errors come out as {@code error-<status>.json} and {@code
 * .sse}.
 */
class GoldenTest {
    private static final Path ROOT = Path.of("src/test/resources/dialect");
    private static final String PROVIDER_MODEL = "provider-model";

    private static final Dialects DIALECTS = new Dialects(
            List.of(new OpenAiChat(), new OpenAiResponses(), new OpenAiEmbeddings(), new AnthropicMessages()));

    @TestFactory
    Stream<DynamicTest> a_request_is_forwarded_as_its_golden_file_says() {
        return files(".request.json")
                .map(file -> named(file, dialect -> {
                    JsonDocument body = JsonDocument.parse(Files.readAllBytes(file));
                    byte[] forwarded = dialect.passThrough(dialect.readRequest(body), PROVIDER_MODEL)
                            .toBytes();
                    assertThat(forwarded)
                            .asString(UTF_8)
                            .isEqualTo(text(sibling(file, ".request.json", ".forwarded.json")));
                }));
    }

    @TestFactory
    Stream<DynamicTest> a_reply_is_read_as_its_golden_file_says() {
        return files(".reply.json")
                .map(file -> named(file, dialect -> {
                    JsonDocument body = JsonDocument.parse(Files.readAllBytes(file));
                    assertThat(reply(dialect, body)).isEqualTo(text(sibling(file, ".reply.json", ".reply.txt")));
                }));
    }

    @TestFactory
    Stream<DynamicTest> a_stream_reaches_the_client_as_its_golden_file_says() {
        return streams()
                .map(file -> named(file, dialect -> {
                    String outcome = text(sibling(file, ".sse", ".outcome.txt"));
                    boolean asked = outcome.startsWith("usage asked for: true\n");
                    byte[] stream = Files.readAllBytes(file);
                    for (int chunk : List.of(stream.length, 1, 7)) {
                        StreamRun run = StreamRun.of(dialect, asked, stream, chunk);
                        assertThat(run.client()).asString(UTF_8).isEqualTo(text(sibling(file, ".sse", ".client.sse")));
                        assertThat("usage asked for: " + asked + "\n" + run.outcome())
                                .isEqualTo(outcome);
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> an_error_is_written_as_its_golden_file_says() {
        return files(".error.json")
                .map(file -> named(file, dialect -> {
                    int status = Integer.parseInt(name(file).split("\\.", 2)[0]);
                    GatewayError error = new GatewayError(
                            status, "some_code", "What \"happened\"\nand \ud800 what to do.", "model", "req_1");
                    assertThat(new String(dialect.error(error), UTF_8) + "\n").isEqualTo(text(file));
                    assertThat(dialect.isError(JsonDocument.parse(dialect.error(error))))
                            .isTrue();
                    assertThat(new String(dialect.errorEvent(error), UTF_8))
                            .isEqualTo(text(sibling(file, ".json", ".sse")));
                }));
    }

    private static String reply(Dialect dialect, JsonDocument body) {
        try {
            return dialect.readReply(body, UsageTotals.of(dialect.id())).usage() + "\n";
        } catch (UnusableReplyException e) {
            return "unusable: " + e.getMessage() + "\n";
        }
    }

    private static Stream<Path> streams() {
        return files(".sse").filter(f -> !name(f).endsWith(".client.sse") && !name(f).endsWith(".error.sse"));
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

    private interface Check {
        void run(Dialect dialect) throws IOException, JsonException, SseException;
    }

    private static DynamicTest named(Path file, Check check) {
        Dialect dialect = DIALECTS.get(ROOT.relativize(file).getName(0).toString());
        return DynamicTest.dynamicTest(ROOT.relativize(file).toString(), () -> check.run(dialect));
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
