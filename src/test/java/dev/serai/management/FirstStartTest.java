package dev.serai.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.RunningSerai;
import dev.serai.access.Secret;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the first start makes, and what a store that is away does to a start. */
@Timeout(60)
class FirstStartTest {
    @TempDir
    Path home;

    @Test
    void makes_an_operators_key_once_and_the_default_account() throws Exception {
        String token;
        try (ApiServer api = ApiServer.start(ApiServer.setup(home))) {
            Optional<Secret> first = api.serai().configuration().firstApiKey();
            token = first.orElseThrow().reveal();
            assertThat(token).startsWith("serai-api-");
            assertThat(api.serai().configuration().firstApiKey()).as("once").isEmpty();
            assertThat(api.send(token, "GET", "/api/accounts", null)
                            .json()
                            .path("items")
                            .path(0)
                            .path("id")
                            .asText())
                    .isEqualTo("default");
            assertThat(api.send(token, "GET", "/api/audit", null).text()).contains("\"first-start\"");
        }
        try (ApiServer api = ApiServer.start(ApiServer.setup(home))) {
            assertThat(api.serai().configuration().firstApiKey()).isEmpty();
            assertThat(api.send(token, "GET", "/api/accounts", null).status()).isEqualTo(200);
            assertThat(api.send(token, "GET", "/api/accounts", null).json().path("items"))
                    .hasSize(1);
        }
    }

    @Test
    void a_key_from_the_environment_takes_its_place() throws Exception {
        try (ApiServer api = ApiServer.start(home)) {
            assertThat(api.serai().configuration().firstApiKey()).isEmpty();
            assertThat(api.get("/api/api-keys?role=operator").json().path("items"))
                    .isEmpty();
        }
        assertThatThrownBy(() -> ApiServer.start(ApiServer.setup(home).with("SERAI_BOOTSTRAP_API_KEY", "short")))
                .hasMessageContaining("SERAI_BOOTSTRAP_API_KEY: has 5 characters");
    }

    @Test
    void a_store_that_is_away_stops_no_start_and_the_api_says_so() throws Exception {
        try (ApiServer api = ApiServer.start(ApiServer.setup(home)
                .with("SERAI_BOOTSTRAP_API_KEY", ApiServer.OPERATOR)
                .with("SERAI_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none"))) {
            ApiServer.Answer away = api.send(ApiServer.OPERATOR, "GET", "/api/accounts", null);
            assertThat(away.status()).as("%s", away).isEqualTo(503);
            assertThat(away.text()).contains("store_unavailable");
            assertThat(away.header("retry-after")).isEqualTo("5");
            assertThat(api.serai().configuration().firstApiKey()).isEmpty();
            assertThat(api.serai()
                            .post(
                                    "/v1/chat/completions",
                                    "{\"model\":\"sandbox:echo\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}")
                            .status())
                    .as("requests go on")
                    .isEqualTo(200);
        }
    }

    @Test
    void without_an_admin_port_there_is_no_store() throws Exception {
        try (RunningSerai serai = RunningSerai.in(home).start()) {
            assertThat(serai.configuration().firstApiKey()).isEmpty();
            assertThat(home.resolve("data/serai.db")).doesNotExist();
        }
    }
}
