package dev.serai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.catalog.Provider;
import dev.serai.testing.RawClient;
import dev.serai.testing.RawServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every shipped provider and preset, asked in every format it speaks: the request that reaches it is the one that its documentation
 * wants. The files in {@code provider-requests/} were written from the documents that they name, not from what Serai does. In each
 * case, {@code >} begins what the client sends, {@code <} what the client is told; between them stands what the provider gets.
 */
class ProviderRequestsTest {
    private static final Path CASES = Path.of("src/test/resources/provider-requests");

    /** What every provider gets, whoever it is. */
    private static final Set<String> ALWAYS =
            Set.of("accept-encoding", "content-length", "content-type", "host", "user-agent");

    /** Credentials where any format or provider would look for them. */
    private static final List<String> OF_THE_CLIENT = List.of(
            "x-api-key: of-the-client",
            "x-goog-api-key: of-the-client",
            "api-key: of-the-client",
            "Cookie: of-the-client");

    private static final Map<String, String> AZURE = Map.of(
            "azure-openai",
            azure("azure-openai", "/openai"),
            "azure-openai-v1",
            azure("azure-openai-v1", "/openai/v1"));

    @TempDir
    static Path home;

    private static ScriptedProviders providers;

    /** One case; headers in the order of their names. */
    private record Case(
            String title,
            String path,
            List<String> clientHeaders,
            String clientBody,
            List<String> head,
            String body,
            String dropped) {
        String format() {
            return path.replaceFirst("\\?.*", "")
                    .replaceFirst("^/v1beta/models/.*:", "")
                    .replaceFirst("^/v1/", "");
        }

        boolean isStreamed() {
            return clientBody.contains("\"stream\":true") || path.contains("streamGenerateContent");
        }
    }

    private static String azure(String id, String path) {
        return "id: %s\npreset: %s\nbaseUrl: https://my-resource.openai.azure.com%s\n".formatted(id, id, path);
    }

    @BeforeAll
    static void start() throws Exception {
        providers = new ScriptedProviders(home, AZURE);
    }

    @AfterAll
    static void stop() {
        providers.close();
    }

    @TestFactory
    Stream<DynamicContainer> a_provider_gets_what_its_documentation_wants() {
        return ScriptedProviders.shipped().stream()
                .map(id -> DynamicContainer.dynamicContainer(
                        id, cases(id).stream().map(one -> DynamicTest.dynamicTest(one.title, () -> check(one)))));
    }

    @Test
    void no_provider_and_no_format_of_it_is_left_out() {
        for (String id : ScriptedProviders.shipped()) {
            Provider provider = providers.serai().configuration().catalog().provider(id);
            assertThat(provider).as(id).isNotNull();
            Set<String> expected = new TreeSet<>();
            provider.dialects().keySet().forEach(dialect -> expected.addAll(ways(dialect)));
            Set<String> found = new TreeSet<>();
            cases(id).forEach(one -> found.add(one.format() + (one.isStreamed() ? ", streamed" : "")));
            assertThat(found).as(id).isEqualTo(expected);
        }
    }

    private static List<String> ways(String dialect) {
        return switch (dialect) {
            case "openai-chat" -> List.of("chat/completions", "chat/completions, streamed");
            case "openai-responses" -> List.of("responses", "responses, streamed");
            case "openai-embeddings" -> List.of("embeddings");
            case "anthropic-messages" -> List.of("messages", "messages, streamed");
            case "anthropic-count-tokens" -> List.of("messages/count_tokens");
            case "gemini" -> List.of("generateContent", "streamGenerateContent, streamed");
            case "gemini-count-tokens" -> List.of("countTokens");
            case "gemini-embeddings" -> List.of("batchEmbedContents");
            default -> throw new AssertionError("no case is known of " + dialect);
        };
    }

    private static void check(Case one) throws IOException {
        List<String> headers = new ArrayList<>(OF_THE_CLIENT);
        headers.addAll(one.clientHeaders);
        int before = providers.requests();
        RawClient.Response response =
                providers.send(one.path, one.clientBody, answer(one), headers.toArray(String[]::new));
        assertThat(response.status()).as(response.body()).isEqualTo(200);
        assertThat(providers.requests()).isEqualTo(before + 1);
        RawServer.Received request = providers.received();
        List<String> head = new ArrayList<>();
        head.add(request.head().split(" ", 2)[0] + " " + ScriptedProviders.url(request));
        head.addAll(ownHeaders(request));
        assertThat(String.join("\n", head) + "\n" + request.text())
                .isEqualTo(String.join("\n", one.head) + "\n" + one.body);
        assertThat(request.header("accept-encoding")).isEqualTo("identity");
        assertThat(request.header("content-type")).isEqualTo("application/json");
        assertThat(request.header("host")).isEqualTo(providers.host());
        assertThat(request.header("user-agent")).startsWith("serai/");
        assertThat(request.head() + request.text()).doesNotContain("of-the-client", RunningSerai.KEY);
        assertThat(response.header("x-serai-dropped-params")).isEqualTo(one.dropped);
    }

    private static List<String> ownHeaders(RawServer.Received request) {
        return request.head()
                .lines()
                .skip(1)
                .filter(line -> !line.isBlank())
                .map(line -> line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT)
                        + line.substring(line.indexOf(':')))
                .filter(line -> !ALWAYS.contains(line.substring(0, line.indexOf(':'))))
                .sorted()
                .toList();
    }

    private static List<Case> cases(String id) {
        try {
            String text = Files.readString(CASES.resolve(id + ".txt"));
            return Arrays.stream(text.split("(?m)^== ", -1))
                    .skip(1)
                    .map(ProviderRequestsTest::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Case read(String text) {
        List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
        List<String> sent = begun(lines, "> ");
        List<String> got = lines.stream()
                .skip(1 + sent.size())
                .filter(line -> !line.startsWith("< "))
                .map(ProviderRequestsTest::withValues)
                .toList();
        String dropped =
                begun(lines, "< x-serai-dropped-params: ").stream().findFirst().orElse("");
        return new Case(
                lines.get(0),
                sent.get(0).split(" ", 2)[1],
                sent.subList(1, sent.size() - 1),
                sent.get(sent.size() - 1),
                got.subList(0, got.size() - 1),
                got.get(got.size() - 1),
                dropped);
    }

    private static List<String> begun(List<String> lines, String prefix) {
        return lines.stream()
                .filter(line -> line.startsWith(prefix))
                .map(line -> line.substring(prefix.length()))
                .toList();
    }

    private static String withValues(String line) {
        return line.startsWith("{")
                ? line
                : Pattern.compile("\\$([A-Z_]+)")
                        .matcher(line)
                        .replaceAll(name -> Matcher.quoteReplacement(ScriptedProviders.valueOf(name.group(1))));
    }

    /** A right answer in the format that is asked for: what Serai sends is looked at here, not what it makes of the answer. */
    private static String answer(Case one) {
        String name =
                switch (one.format()) {
                    case "chat/completions" -> "chat/text";
                    case "embeddings" -> "embeddings/float";
                    case "generateContent",
                            "streamGenerateContent",
                            "countTokens",
                            "batchEmbedContents",
                            "messages/count_tokens" -> "";
                    default -> one.format() + "/text";
                };
        if (!name.isEmpty()) {
            return one.isStreamed() ? stream(resource(name + ".sse")) : RawServer.json(200, resource(name + ".json"));
        }
        return switch (one.format()) {
            case "messages/count_tokens" -> RawServer.json(200, "{\"input_tokens\":3}");
            case "countTokens" -> RawServer.json(200, "{\"totalTokens\":3}");
            case "batchEmbedContents" -> RawServer.json(200, "{\"embeddings\":[{\"values\":[0.5]}]}");
            case "generateContent" -> RawServer.json(200, CANDIDATE);
            default -> stream("data: " + CANDIDATE + "\r\n\r\n");
        };
    }

    private static final String CANDIDATE = """
            {"candidates":[{"content":{"parts":[{"text":"Hi"}],"role":"model"},"finishReason":"STOP","index":0}],\
            "usageMetadata":{"promptTokenCount":1,"candidatesTokenCount":1,"totalTokenCount":2}}""";

    private static String stream(String events) {
        return RawServer.streamHead() + RawServer.chunk(events) + RawServer.lastChunk();
    }

    private static String resource(String name) {
        try (InputStream in = ProviderRequestsTest.class.getResourceAsStream("/journeys/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
