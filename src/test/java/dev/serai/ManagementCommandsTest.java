package dev.serai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.testing.FreePort;
import dev.serai.testing.RawServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands of the management API, typed at a terminal beside a Serai that runs, and all that comes back. */
@Timeout(120)
class ManagementCommandsTest {
    private static final String OPERATOR = "operator-key-of-the-tests-0123456789";
    private static final String CANARY = "sk-canary-0123456789abcdefghijklmnop-tail";
    private static final Path DECLARED = Path.of("src/test/resources/commands/declared");

    @TempDir
    Path home;

    private final Map<String, Integer> ports = new HashMap<>();

    private RunningSerai serai(String name) throws Exception {
        int port = FreePort.find();
        ports.put(name, port);
        return RunningSerai.in(Files.createDirectories(home.resolve(name)))
                .with("CAMEL_MANAGEMENT_ENABLED", "true")
                .with("SERAI_BOOTSTRAP_API_KEY", OPERATOR)
                .with("SERAI_ADMIN_PORT", Integer.toString(port))
                .start();
    }

    private Terminal terminal(String name) throws IOException {
        Files.writeString(home.resolve("value.txt"), CANARY + "\n");
        return new Terminal()
                .word("FILES", DECLARED)
                .word("FOLDER", home)
                .word("ADMIN", "http://127.0.0.1:" + ports.get(name))
                .with("SERAI_API_URL", "http://127.0.0.1:" + ports.get(name))
                .with("SERAI_API_KEY", OPERATOR)
                .with("OPENAI_VALUE", CANARY)
                .learning("TOKEN", "(serai-a(?:k|pi)-[0-9A-Za-z]{10}-[0-9A-Za-z]{32})")
                .learning("KEY", "serai-a(?:k|pi)-([0-9A-Za-z]{10})-[0-9A-Za-z]{32}")
                .learning("TRANSACTION", "(txn_\\d{12}_\\d{4})")
                .learning("LOT", "(lot_\\d{12}_\\d{4})")
                .learning("OBJECT", "((?:cfg|pk|prov|acct|aud)_[0-9A-Za-z]{20})");
    }

    @ParameterizedTest
    @ValueSource(strings = {"api-keys-and-scopes", "api-providers", "api-credits"})
    void a_session_goes_as_its_transcript_says(String name) throws Exception {
        try (RawServer house = RawServer.answering(
                        RawServer.json(200, "{\"data\":[{\"id\":\"lantern-1\"},{\"id\":\"lantern-2\"}]}"));
                RunningSerai serai = serai("one")) {
            assertThat(serai.configuration()).isNotNull();
            Terminal terminal = terminal("one").word("HOUSE", house.url()).piping(CANARY);
            terminal.play(name);
            assertThat(terminal.said()).isNotEmpty().doesNotContain(CANARY, OPERATOR);
        }
    }

    @Test
    void an_account_becomes_what_a_file_declares() throws Exception {
        try (RunningSerai serai = serai("one")) {
            assertThat(serai.configuration()).isNotNull();
            Terminal terminal = terminal("one").with("OPENAI_MAIN", CANARY);
            terminal.play("apply");
            assertThat(terminal.said()).isNotEmpty().doesNotContain(CANARY, OPERATOR);
        }
    }

    @Test
    void what_is_exported_makes_an_empty_gateway_the_same_again() throws Exception {
        Path first = home.resolve("first.yaml");
        try (RunningSerai serai = serai("one")) {
            assertThat(serai.configuration()).isNotNull();
            run("one", 0, "apply -f " + DECLARED.resolve("serai.yaml"));
            Files.writeString(first, run("one", 0, "export"));
            run("one", 0, "apply --dry-run --prune -f " + first);
        }
        try (RunningSerai serai = serai("two")) {
            assertThat(serai.configuration()).isNotNull();
            run("two", 3, "apply --dry-run -f " + first);
            run("two", 0, "apply -f " + first);
            assertThat(run("two", 0, "export")).isEqualTo(Files.readString(first));
        }
    }

    private String run(String name, int code, String line) {
        StringWriter said = new StringWriter();
        int exit = Serai.commandLine(
                        Map.of(
                                "SERAI_API_URL", "http://127.0.0.1:" + ports.get(name),
                                "SERAI_API_KEY", OPERATOR,
                                "OPENAI_MAIN", CANARY),
                        Clock.systemUTC(),
                        List.of(),
                        InputStream.nullInputStream())
                .setOut(new PrintWriter(said, true))
                .setErr(new PrintWriter(said, true))
                .execute(line.split(" ", -1));
        assertThat(exit).as("%s: %s", line, said).isEqualTo(code);
        assertThat(said.toString()).doesNotContain(CANARY, OPERATOR);
        return said.toString();
    }

    @Test
    void an_api_that_is_away_or_is_none_is_told_with_what_to_do() throws Exception {
        try (RawServer page = RawServer.answering(RawServer.response(200, "text/html", "<html>Welcome</html>"))) {
            ports.put("none", FreePort.find());
            terminal("none").word("PAGE", page.url()).play("api-away");
        }
        new Terminal().play("api-without-key");
    }
}
