package dev.serai.management;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.management.ApiServer.Answer;
import dev.serai.store.TestDatabase;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The life of each kind of object, on both databases. */
@Timeout(60)
class ObjectLivesTest {
    private static final Map<TestDatabase, ApiServer> SERVERS = new EnumMap<>(TestDatabase.class);

    @TempDir
    static Path home;

    private ApiServer api;

    @BeforeAll
    static void clear() {
        SERVERS.clear();
    }

    @AfterAll
    static void close() {
        SERVERS.values().forEach(ApiServer::close);
    }

    private void on(TestDatabase database) throws Exception {
        if (!SERVERS.containsKey(database)) {
            SERVERS.put(
                    database,
                    ApiServer.start(ApiServer.setup(home.resolve(database.name()))
                            .with("SERAI_BOOTSTRAP_API_KEY", ApiServer.OPERATOR)
                            .with(
                                    "SERAI_DATABASE_URL",
                                    database == TestDatabase.SQLITE ? "" : TestDatabase.postgres())));
        }
        api = SERVERS.get(database);
    }

    private static Answer is(int status, Answer answer) {
        assertThat(answer.status()).as("%s", answer).isEqualTo(status);
        return answer;
    }

    private void terms(String account) throws Exception {
        Answer agreed = is(
                200,
                api.patch(
                        account,
                        "{\"pricing\":{\"feePerMillionTokens\":\"0.020\",\"markup\":\"0.15\",\"prices\":{\"openai:gpt-5.4\":"
                                + "{\"input\":2,\"output\":12},\"a:b:c\":\"free\"}}}"));
        assertThat(agreed.json().path("pricing").toString())
                .isEqualTo("{\"feePerMillionTokens\":\"0.02\",\"markup\":\"0.15\",\"prices\":{\"a:b:c\":\"free\","
                        + "\"openai:gpt-5.4\":{\"input\":2,\"output\":12}}}");
        Answer wrong =
                is(400, api.patch(account, "{\"pricing\":{\"prices\":{\"openai:gpt-5.4\":{\"input\":-2,\"out\":1}}}}"));
        assertThat(wrong.text()).contains("prices.openai:gpt-5.4", "input: must have a minimum value of 0", "'out'");
        is(400, api.patch(account, "{\"pricing\":{\"feePerMillionTokens\":\"much\"}}"));
        Answer less =
                is(200, api.patch(account, "{\"pricing\":{\"markup\":null,\"prices\":{\"openai:gpt-5.4\":null}}}"));
        assertThat(less.json().path("pricing").toString())
                .isEqualTo("{\"feePerMillionTokens\":\"0.02\",\"prices\":{\"a:b:c\":\"free\"}}");
    }

    @ParameterizedTest
    @EnumSource
    void an_access_key(TestDatabase database) throws Exception {
        on(database);
        String configuration = is(201, api.post("/api/access-key-configurations", "{\"name\":\"scope\"}"))
                .id();
        Answer made = is(
                201,
                api.post(
                        "/api/access-keys",
                        "{\"name\":\"shop\",\"configurationId\":\"" + configuration
                                + "\",\"expiresAt\":\"2031-01-01T00:00:00+01:00\"}"));
        String uri = made.header("location");
        assertThat(made.json().path("expiresAt").asText()).isEqualTo("2030-12-31T23:00:00Z");
        assertThat(api.get("/api/access-keys").text()).contains(made.id()).doesNotContain("token", "hash");
        Answer needed = is(409, api.delete("/api/access-key-configurations/" + configuration));
        assertThat(needed.json().path("details").path(0).toString())
                .isEqualTo("{\"type\":\"access-key\",\"id\":\"" + made.id() + "\",\"name\":\"shop\"}");
        is(200, api.patch(uri, "{\"configurationId\":null,\"metadata\":{\"a\":\"b\"}}"));
        is(204, api.delete("/api/access-key-configurations/" + configuration));
        is(204, api.delete(uri));
        is(404, api.get(uri));
    }

    @ParameterizedTest
    @EnumSource
    void a_configuration_with_keys_written_out(TestDatabase database) throws Exception {
        on(database);
        String known = is(
                        201,
                        api.post(
                                "/api/provider-keys",
                                "{\"name\":\"old\",\"providerId\":\"openai\",\"value\":\"sk-old-0123456789abcdefghijklmnop\"}"))
                .id();
        Answer made = is(201, api.post("/api/access-key-configurations", """
                {"name": "team", "description": "of the web",
                 "access": {"providers": {"allow": ["openai"]}, "models": {"allow": []}},
                 "router": {"rules": [
                   {"provider": "openai", "steps": [{"type": "user", "keys": ["%s", {"name": "new", "value": "sk-new-0123456789abcdefghijklmnopqrst"}]},
                                                    {"type": "managed"}]},
                   {"provider": "openai", "model": "gpt-5.4", "steps": [{"type": "managed"}]}]},
                 "limits": {"maxOutputTokens": 100}, "timeouts": {"perRequest": "20s"},
                 "failover": {"after": {"rate-limited": "next"}, "attempts": 2}, "aliases": {"allow": []}}
                """.formatted(known)));
        JsonNode keys = made.json().at("/router/rules/0/steps/0/keys");
        assertThat(keys.path(0).asText()).isEqualTo(known);
        Answer key = is(200, api.get("/api/provider-keys/" + keys.path(1).asText()));
        assertThat(key.json().path("value").asText()).isEqualTo("sk-new-0***qrst");
        assertThat(key.json().path("providerId").asText()).isEqualTo("openai");
        assertThat(made.json().at("/access/models/allow").isEmpty()).isTrue();
        is(409, api.delete("/api/provider-keys/" + known));
        String uri = made.header("location");
        Answer patched = is(
                200, api.patch(uri, "{\"router\":null,\"access\":{\"models\":null},\"timeouts\":{\"total\":\"2m\"}}"));
        assertThat(patched.json().path("access").toString()).isEqualTo("{\"providers\":{\"allow\":[\"openai\"]}}");
        assertThat(patched.json().path("timeouts").toString()).isEqualTo("{\"perRequest\":\"20s\",\"total\":\"2m\"}");
        is(204, api.delete("/api/provider-keys/" + known));
        int before =
                api.get("/api/provider-keys?limit=100").json().path("items").size();
        Answer refused = is(400, api.post("/api/access-key-configurations", """
                {"name": "bad", "router": {"rules": [{"provider": "openai", "steps": [{"type": "user",
                  "keys": [{"name": "a", "value": "sk-a"}, {"name": "b", "valu": "sk-b"}]}]}]}}
                """));
        assertThat(refused.text()).contains("router.rules[0].steps[0].keys[1].valu is no field here");
        assertThat(api.get("/api/provider-keys?limit=100").json().path("items").size())
                .as("all or nothing")
                .isEqualTo(before);
        is(204, api.delete(uri));
    }

    @ParameterizedTest
    @EnumSource
    void a_provider_key(TestDatabase database) throws Exception {
        on(database);
        Answer made = is(
                201,
                api.post(
                        "/api/provider-keys",
                        "{\"name\":\"main\",\"providerId\":\"openai\",\"value\":\"sk-0123456789abcdefghijklmnopqrstuvwx\"}"));
        String uri = made.header("location");
        assertThat(made.json().path("value").asText()).isEqualTo("sk-01234***uvwx");
        is(200, api.patch(uri, "{\"description\":\"paid by marketing\"}"));
        is(400, api.patch(uri, "{\"value\":\"sk-x\"}"));
        is(400, api.patch(uri, "{\"providerId\":\"anthropic\"}"));
        Answer rotated = is(200, api.post(uri + "/rotate", "{\"value\":\"sk-xwvutsrqponmlkjihgfedcba9876543210\"}"));
        assertThat(rotated.id()).isEqualTo(made.id());
        assertThat(rotated.json().path("value").asText()).isEqualTo("sk-xwvut***3210");
        assertThat(is(200, api.post(uri + "/rotate", "{\"value\":\"{{env:OPENAI_API_KEY}}\"}"))
                        .json()
                        .path("value")
                        .asText())
                .isEqualTo("{{env:OPENAI_API_KEY}}");
        is(204, api.delete(uri));
        is(404, api.post(uri + "/rotate", "{\"value\":\"sk-x\"}"));
    }

    @ParameterizedTest
    @EnumSource
    void a_custom_provider(TestDatabase database) throws Exception {
        on(database);
        String body = """
                {"providerId": "%s", "name": "House", "baseUrl": "https://models.example/v1", "supportedApiSurfaces": ["openai-chat"],
                 "auth": {"header": "Authorization", "prefix": "Bearer "}, "models": [{"id": "m", "contextTokens": 1000}],
                 "headers": {"x-team": "web"}, "query": {"api-version": "1"}}
                """;
        Answer made = is(201, api.post("/api/providers", body.formatted("house")));
        String uri = made.header("location");
        is(409, api.post("/api/providers", body.formatted("house")));
        is(409, api.post("/api/providers", body.formatted("openai")));
        is(400, api.post("/api/providers", body.formatted("house2").replace("openai-chat", "morse")));
        is(400, api.post("/api/providers", body.formatted("house2").replace("https:", "http:")));
        Answer patched = is(200, api.patch(uri, "{\"headers\":{\"x-team\":null,\"x-floor\":\"2\"},\"auth\":null}"));
        assertThat(patched.json().path("headers").toString()).isEqualTo("{\"x-floor\":\"2\"}");
        assertThat(patched.json().has("auth")).isFalse();
        String key = is(
                        201,
                        api.post(
                                "/api/provider-keys",
                                "{\"name\":\"k\",\"providerId\":\"house\",\"value\":\"abc-0123456789\"}"))
                .id();
        assertThat(is(409, api.delete(uri)).text()).contains(key);
        is(204, api.delete("/api/provider-keys/" + key));
        is(204, api.delete(uri));
    }

    @ParameterizedTest
    @EnumSource
    void an_api_key_and_what_it_may_do(TestDatabase database) throws Exception {
        on(database);
        Answer made = is(201, api.post("/api/api-keys", "{\"name\":\"ci\",\"role\":\"admin\"}"));
        String token = made.json().path("token").asText();
        assertThat(token).startsWith("serai-api-" + made.id());
        is(200, api.as(token, "GET", "/api/access-keys", null));
        assertThat(api.get(made.header("location")).json().has("lastUsedAt")).isTrue();
        is(403, api.as(token, "POST", "/api/api-keys", "{\"name\":\"more\",\"role\":\"operator\"}"));
        is(409, api.as(token, "DELETE", made.header("location"), null));
        is(200, api.patch(made.header("location"), "{\"expiresAt\":\"2020-01-01T00:00:00Z\"}"));
        assertThat(is(401, api.as(token, "GET", "/api/access-keys", null)).text())
                .contains("expired");
        is(200, api.patch(made.header("location"), "{\"expiresAt\":null}"));
        is(200, api.as(token, "GET", "/api/access-keys", null));
        is(204, api.delete(made.header("location")));
        is(401, api.as(token, "GET", "/api/access-keys", null));
        Answer operator = is(201, api.post("/api/api-keys", "{\"name\":\"ops\",\"role\":\"operator\"}"));
        assertThat(api.get("/api/api-keys").text()).doesNotContain(operator.id());
        assertThat(api.get("/api/api-keys?role=operator").text()).contains(operator.id());
        is(200, api.get(operator.header("location")));
        is(204, api.delete(operator.header("location")));
    }

    @ParameterizedTest
    @EnumSource
    void an_account_and_its_gateway_configuration(TestDatabase database) throws Exception {
        on(database);
        Answer made = is(201, api.post("/api/accounts", "{\"name\":\"Guests\"}"));
        String in = "?account=" + made.id();
        Answer empty = is(200, api.get("/api/gateway-config" + in));
        assertThat(empty.header("etag")).isEqualTo("\"0\"");
        assertThat(empty.json().path("uri").asText()).isEqualTo("/api/gateway-config" + in);
        Answer set = is(
                200,
                api.patch(
                        "/api/gateway-config" + in,
                        "{\"timeouts\":{\"total\":\"90s\"},\"limits\":{\"maxInputTokens\":5},\"strictTranslation\":true}",
                        "If-Match",
                        "\"0\""));
        assertThat(set.json().path("timeouts").toString()).isEqualTo("{\"total\":\"90s\"}");
        is(412, api.patch("/api/gateway-config" + in, "{}", "If-Match", "\"0\""));
        Answer cleared = is(
                200,
                api.patch(
                        "/api/gateway-config" + in,
                        "{\"limits\":{\"maxInputTokens\":null},\"strictTranslation\":null}"));
        assertThat(cleared.json().path("limits").isEmpty()).isTrue();
        assertThat(cleared.json().has("strictTranslation")).isFalse();
        is(400, api.patch("/api/gateway-config" + in, "{\"timeouts\":{\"total\":\"soon\"}}"));
        Answer key = is(201, api.post("/api/access-keys" + in, "{\"name\":\"a\"}"));
        assertThat(key.header("location")).endsWith(in);
        is(200, api.get(key.header("location")));
        is(404, api.get("/api/access-keys/" + key.id()));
        is(409, api.delete("/api/accounts/" + made.id()));
        is(204, api.delete(key.header("location")));
        is(200, api.patch("/api/accounts/" + made.id(), "{\"name\":\"Travellers\"}"));
        terms("/api/accounts/" + made.id());
        is(204, api.delete("/api/accounts/" + made.id()));
        is(404, api.get("/api/access-keys" + in));
        is(409, api.delete("/api/accounts/default"));
    }

    @ParameterizedTest
    @EnumSource
    void the_catalog_and_the_health_are_read_only(TestDatabase database) throws Exception {
        on(database);
        Answer providers = is(200, api.get("/api/catalog/providers?limit=100"));
        assertThat(providers.text()).contains("\"id\":\"openai\"", "/api/catalog/models?provider=openai");
        Answer models = is(200, api.get("/api/catalog/models?provider=anthropic&limit=2"));
        assertThat(models.json().path("items").path(0).path("price").has("inForce"))
                .isTrue();
        Answer next = is(200, api.get(models.json().path("nextPageUri").asText()));
        assertThat(next.json().at("/items/0/id")).isNotEqualTo(models.json().at("/items/1/id"));
        is(200, api.get("/api/health/providers"));
        is(405, api.send(ApiServer.OPERATOR, "POST", "/api/catalog/models", "{}"));
    }
}
