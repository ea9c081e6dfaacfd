package dev.serai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.config.ConfigFile;
import dev.serai.testing.RawClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code examples/custom-selection}, as its README says. */
class CustomSelectionExampleTest {
    private static final Path EXAMPLE = Path.of("examples/custom-selection");
    private static final Path ROUTES = EXAMPLE.resolve("routes/selection.camel.yaml");

    @TempDir
    static Path home;

    private static RunningSerai serai;

    @BeforeAll
    static void start() throws Exception {
        serai = RunningSerai.in(home)
                .withRouteFile("selection.camel.yaml", Files.readString(ROUTES))
                .withConfigFile("aliases.yaml", Files.readString(EXAMPLE.resolve("config/aliases.yaml")))
                .start();
    }

    @AfterAll
    static void stop() {
        serai.close();
    }

    private static RawClient.Response ask(String... headers) throws Exception {
        return serai.post("/v1/chat/completions", Files.readString(EXAMPLE.resolve("request.json")), headers);
    }

    @Test
    void the_team_decides_whatever_the_client_names() throws Exception {
        RawClient.Response response = ask("x-team: research");
        assertThat(response.status()).as(response.body()).isEqualTo(200);
        assertThat(response.header("x-serai-model")).isEqualTo("slow");
    }

    @Test
    void otherwise_the_client_gets_the_alias_it_asks_for() throws Exception {
        assertThat(ask().header("x-serai-model")).isEqualTo("echo");
    }

    @Test
    void the_hour_overrules_the_client_at_night() throws Exception {
        boolean night = isNight();
        RawClient.Response response = serai.post("/v1/chat/completions", "{\"model\":\"thorough\",\"messages\":[]}");
        // A test that begins in one hour and ends in the next says nothing.
        if (night == isNight()) {
            assertThat(response.header("x-serai-model")).isEqualTo(night ? "echo" : "slow");
        }
    }

    private static boolean isNight() {
        return LocalTime.now(ZoneOffset.UTC).getHour() < 6;
    }

    @Test
    void a_model_is_not_for_clients_to_choose() throws Exception {
        boolean night = isNight();
        RawClient.Response response = serai.post(
                "/v1/chat/completions",
                "{\"model\":\"sandbox:echo\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}",
                "x-team: sales");
        if (night == isNight()) {
            assertThat(response.status()).as(response.body()).isEqualTo(night ? 200 : 404);
        }
    }

    @Test
    void the_route_file_fits_camels_schema() throws Exception {
        assertThat(RouteFiles.check(List.of(ConfigFile.read(ROUTES)))).isEmpty();
    }
}
