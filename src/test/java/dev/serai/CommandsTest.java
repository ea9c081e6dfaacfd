package dev.serai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.refresh.LocalServer;
import dev.serai.testing.RawServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands as a person meets them: what is typed, and all that comes back. */
@Timeout(60)
class CommandsTest {
    private static final Path GIVEN = Path.of("src/test/resources/commands");
    private static final String KEY = "credential-of-the-workshop";

    @TempDir
    Path folder;

    private final List<RawServer> servers = new ArrayList<>();

    @AfterEach
    void stop() {
        servers.forEach(RawServer::close);
    }

    private RawServer server(RawServer.Script script) {
        RawServer server = RawServer.start(script);
        servers.add(server);
        return server;
    }

    private RawServer saying(String answer) {
        RawServer server = RawServer.answering(answer);
        servers.add(server);
        return server;
    }

    /** Serves the files of {@code lists}, and some addresses where something is wrong. */
    private RawServer lists() {
        return server(connection -> {
            while (connection.hasRequest()) {
                String path = connection.request().head().split("[ ?]", 3)[1];
                connection.write(answer(path));
                if (path.equals("/cut")) {
                    connection.close();
                    return;
                }
            }
        });
    }

    private static String answer(String path) throws IOException {
        return switch (path) {
            case "/v1/models" -> RawServer.json(200, list("own.json"));
            case "/api.json" -> RawServer.json(200, list("api.json"));
            case "/moved" -> "HTTP/1.1 302 Found\r\nLocation: /api.json\r\nContent-Length: 0\r\n\r\n";
            case "/page" -> RawServer.response(200, "text/html", "<html>Welcome</html>");
            case "/cut" -> "HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n{\"data\":";
            default -> RawServer.json(500, "{\"error\":\"" + path + "\"}");
        };
    }

    private static String list(String name) throws IOException {
        return Files.readString(GIVEN.resolve("lists").resolve(name));
    }

    private Path config() throws IOException {
        return copy(GIVEN.resolve("config"), folder.resolve("config"));
    }

    private static Path copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return to;
    }

    private static Map<String, String> content(Path folder) throws IOException {
        Map<String, String> content = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                content.put(folder.relativize(file).toString(), Files.readString(file));
            }
        }
        return content;
    }

    private Terminal terminal(RawServer lists) throws IOException {
        Path empty = Files.createDirectories(folder.resolve("empty"));
        return new Terminal()
                .word("CONFIG", config())
                .word("EMPTY", empty)
                .word("LISTS", GIVEN.resolve("lists"))
                .word("SERVER", lists.url())
                .with("WORKSHOP_PORT", lists.port());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"catalog-list", "catalog-show", "catalog-refresh", "providers-list", "presets-list", "help"})
    void a_session_goes_as_its_transcript_says(String name) throws IOException {
        terminal(lists()).play(name);
    }

    @Test
    void lists_are_fetched_with_the_providers_key_and_told_from_pages() throws IOException {
        RawServer lists = lists();
        terminal(lists).with("WORKSHOP_API_KEY", KEY).play("catalog-refresh-fetching");
        assertThat(lists.received())
                .filteredOn(request -> request.head().startsWith("GET /v1/models HTTP/1.1\r\n"))
                .hasSize(2)
                .allSatisfy(request -> {
                    assertThat(request.header("authorization")).isEqualTo("Bearer " + KEY);
                    assertThat(request.header("x-team")).isEqualTo("blue");
                    assertThat(request.header("accept")).isEqualTo("application/json");
                    assertThat(request.header("user-agent")).startsWith("serai/");
                });
        assertThat(lists.received())
                .filteredOn(request -> !request.head().startsWith("GET /v1/models "))
                .hasSize(5)
                .allSatisfy(request -> assertThat(request.head()).doesNotContain(KEY));
    }

    @Test
    void servers_on_this_machine_become_provider_files() throws IOException {
        RawServer ollama =
                saying(RawServer.json(200, "{\"data\":[{\"id\":\"llama3.2:1b\",\"owned_by\":\"library\"}]}"));
        RawServer vllm = saying(RawServer.json(
                200, "{\"data\":[{\"id\":\"Qwen/Qwen3-8B\",\"owned_by\":\"vllm\",\"max_model_len\":32768}]}"));
        RawServer studio = saying(RawServer.json(401, "{\"error\":\"a key, please\"}"));
        RawServer other = saying(RawServer.json(200, "{\"data\":[{\"id\":\"gguf\",\"owned_by\":\"llamacpp\"}]}"));
        RawServer loudspeaker = saying(RawServer.response(403, "text/plain", ""));
        RawServer page = saying(RawServer.response(200, "text/html", "<html>"));
        RawServer serai = saying("HTTP/1.1 401 Unauthorized\r\nx-serai-request-id: r-1\r\nContent-Length: 0\r\n\r\n");
        RawServer gone = saying("");
        gone.close();
        terminal(lists())
                .word("PORT1", ollama.port())
                .word("PORT2", vllm.port())
                .word("PORT3", studio.port())
                .word("PORT4", other.port())
                .kind(new LocalServer("ollama", "Ollama", ollama.port(), "ollama", "library"))
                .kind(new LocalServer("vllm", "vLLM", vllm.port(), "vllm", "vllm"))
                .kind(new LocalServer("lm-studio", "LM Studio", studio.port(), "lm-studio", null))
                .kind(new LocalServer("local-ai", "LocalAI", other.port(), null, null))
                .kind(new LocalServer("llama-cpp", "llama.cpp", other.port(), null, "llamacpp"))
                .kind(new LocalServer("jan", "Jan", loudspeaker.port(), null, null))
                .kind(new LocalServer("sglang", "SGLang", page.port(), null, null))
                .kind(new LocalServer("gpt4all", "GPT4All", serai.port(), null, null))
                .kind(new LocalServer("koboldcpp", "KoboldCpp", gone.port(), null, null))
                .play("providers-discover");
    }

    @Test
    void a_server_that_stalls_is_given_up() throws IOException {
        RawServer silent = server(RawServer.Connection::waitUntilClientLeaves);
        RawServer trickle = server(connection -> {
            connection.hasRequest();
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{");
            connection.waitUntilClientLeaves();
        });
        terminal(silent)
                .kind(new LocalServer("ollama", "Ollama", silent.port(), "ollama", null))
                .kind(new LocalServer("vllm", "vLLM", trickle.port(), "vllm", null))
                .play("providers-discover-nothing");
    }

    @Test
    void no_command_writes_over_a_file_that_is_shipped_or_the_users() throws IOException {
        Path everything = copy(Path.of("config"), folder.resolve("everything"));
        copy(GIVEN.resolve("config"), everything);
        Map<String, String> before = content(everything);
        RawServer vllm = saying(RawServer.json(200, "{\"data\":[{\"id\":\"Qwen/Qwen3-8B\",\"owned_by\":\"vllm\"}]}"));
        RawServer lists = lists();
        Terminal terminal = terminal(lists)
                .word("EVERYTHING", everything)
                .with("WORKSHOP_API_KEY", KEY)
                .kind(new LocalServer("vllm", "vLLM", vllm.port(), "vllm", "vllm"));
        terminal.play("writing");
        Map<String, String> after = content(everything);
        assertThat(after.get("overlays/workshop.yaml")).isNotEqualTo(before.remove("overlays/workshop.yaml"));
        assertThat(after).containsAllEntriesOf(before);
        after.keySet().removeAll(before.keySet());
        assertThat(after.keySet())
                .containsExactly("overlays/groq.yaml", "overlays/workshop.yaml", "providers/vllm.yaml");
    }

    @Test
    void the_store_is_made_looked_at_and_copied() throws IOException {
        new Terminal().word("HOME", folder).with("SERAI_HOME", folder).play("store");
    }

    @Test
    void a_master_key_of_the_environment_is_exchanged_there() throws IOException {
        new Terminal()
                .word("HOME", folder)
                .with("SERAI_HOME", folder)
                .with(
                        "SERAI_MASTER_KEY",
                        "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=, ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=")
                .play("secrets");
    }

    @Test
    void a_database_url_that_is_none_is_refused_without_being_shown() throws IOException {
        new Terminal()
                .with("SERAI_HOME", folder)
                .with("SERAI_DATABASE_URL", "mysql://ada:hunter2@db.example/serai")
                .play("store-elsewhere");
    }
}
