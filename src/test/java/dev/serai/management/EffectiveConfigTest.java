package dev.serai.management;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every value that holds for a request, with whoever said it. */
@Timeout(60)
class EffectiveConfigTest {
    private static ApiServer api;
    private static String key;

    @BeforeAll
    static void start(@TempDir Path home) throws Exception {
        String failover = Files.readString(Path.of("config/failover.yaml"));
        api = ApiServer.start(ApiServer.setup(home)
                .with("SERAI_BOOTSTRAP_API_KEY", ApiServer.OPERATOR)
                .with("SERAI_ATTEMPT_TIMEOUT", "50s")
                .withConfigFile("failover.yaml", failover)
                .withConfigFile(
                        "application.properties", "serai.connect-timeout = 4s\nserai.max-output-tokens = 9000\n"));
        api.patch("/api/gateway-config", """
                {"timeouts": {"total": "80s", "perRequest": "2m"}, "strictTranslation": true, "rescue": "continue",
                 "limits": {"requestsPerMinute": 600, "maxInputTokens": 70000}}""");
        String configuration = api.post("/api/access-key-configurations", """
                {"name": "c", "timeouts": {"streamIdle": "9s"}, "failover": {"rescue": "buffered", "hedgeAfter": "2s"},
                 "limits": {"requestsPerMinute": 60, "maxOutputTokens": 4000}}""").id();
        key = api.post(
                        "/api/access-keys",
                        "{\"name\":\"k\",\"configurationId\":\"" + configuration
                                + "\",\"limits\":{\"requestsPerMinute\":30}}")
                .id();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    private static Map<String, String> effective(String query) throws Exception {
        Map<String, String> values = new TreeMap<>();
        for (JsonNode one :
                api.get("/api/gateway-config/effective" + query).json().path("values")) {
            values.put(
                    one.path("field").asText(),
                    one.path("value").asText() + " " + one.path("from").asText());
        }
        return values;
    }

    @Test
    void what_an_account_has_comes_from_it_from_files_from_the_environment_or_is_shipped() throws Exception {
        assertThat(effective(""))
                .isEqualTo(new TreeMap<>(Map.ofEntries(
                        Map.entry("timeouts.connect", "4s file:application.properties"),
                        Map.entry("timeouts.perRequest", "50s environment:SERAI_ATTEMPT_TIMEOUT"),
                        Map.entry("timeouts.total", "80s account"),
                        Map.entry("timeouts.streamIdle", "1m default"),
                        Map.entry("timeouts.longestStream", "30m default"),
                        Map.entry("limits.maxInputTokens", "70000 account"),
                        Map.entry("limits.maxOutputTokens", "9000 file:application.properties"),
                        Map.entry("limitsOfAllKeys.requestsPerMinute", "600 account"),
                        Map.entry("limitsOfAllKeys.budgetPerDay", "null default"),
                        Map.entry("limitsOfAllKeys.budgetPerMonth", "null default"),
                        Map.entry("limitsOfAllKeys.tokensPerMinute", "null default"),
                        Map.entry("limitsOfAllKeys.concurrentRequests", "null default"),
                        Map.entry("strictTranslation", "true account"),
                        Map.entry("rescue", "continue account"),
                        Map.entry("hedgeAfter", "null file:failover.yaml"),
                        Map.entry("logPayloads", "false default"))));
    }

    @Test
    void what_a_key_has_comes_from_its_configuration_or_itself_too() throws Exception {
        assertThat(effective("?accessKeyId=" + key))
                .containsEntry("timeouts.streamIdle", "9s configuration")
                .containsEntry("timeouts.total", "80s account")
                .containsEntry("limits.requestsPerMinute", "30 access-key")
                .containsEntry("limits.maxOutputTokens", "4000 configuration")
                .containsEntry("limitsOfAllKeys.requestsPerMinute", "600 account")
                .containsEntry("rescue", "buffered configuration")
                .containsEntry("hedgeAfter", "2s configuration");
    }

    @Test
    void a_key_that_is_not_there_or_another_accounts_is_404() throws Exception {
        assertThat(api.get("/api/gateway-config/effective?accessKeyId=nobody").status())
                .isEqualTo(404);
        String other = api.post("/api/accounts", "{\"name\":\"Other\"}").id();
        assertThat(api.get("/api/gateway-config/effective?accessKeyId=" + key + "&account=" + other)
                        .status())
                .isEqualTo(404);
    }
}
