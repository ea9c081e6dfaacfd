package dev.serai.management;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.management.ApiServer.Answer;
import dev.serai.testing.RawClient;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What attackers send to APIs. */
@Timeout(60)
class HostileInputTest {
    private static final String KEYS = "/api/access-keys";

    private static ApiServer api;

    @BeforeAll
    static void open(@TempDir Path home) throws Exception {
        api = ApiServer.start(home);
    }

    @AfterAll
    static void close() {
        api.close();
    }

    private static Answer named(String json) throws Exception {
        return api.post(KEYS, "{\"name\":\"" + json + "\"}");
    }

    @Test
    void sql_is_text() throws Exception {
        String sql = "x'); DROP TABLE access_key; --";
        Answer made = named(sql);
        assertThat(made.status()).isEqualTo(201);
        assertThat(api.get(made.header("location")).json().path("name").asText())
                .isEqualTo(sql);
        for (String id : List.of("'%20OR%20'1'='1", "x'%3B--", "1%20UNION%20SELECT%201")) {
            assertThat(api.get(KEYS + "/" + id).status()).as(id).isEqualTo(404);
            assertThat(api.delete(KEYS + "/" + id).status()).as(id).isEqualTo(404);
        }
        assertThat(api.get(KEYS + "?account=x'%20OR%201=1").status()).isEqualTo(404);
        assertThat(api.get(KEYS).json().path("items").size()).isPositive();
    }

    @Test
    void wildcards_match_nothing() throws Exception {
        named("wild");
        for (String id : List.of("%25", "_", "__________", "*", "%25%25")) {
            assertThat(api.get(KEYS + "/" + id).status()).as(id).isEqualTo(404);
            assertThat(api.get(KEYS + "?account=" + id).status()).as(id).isEqualTo(404);
        }
    }

    @Test
    void a_line_break_makes_no_header() throws Exception {
        assertThat(named("a\\r\\nX-Injected: 1").status()).isEqualTo(400);
        try (RawClient client = new RawClient(api.port())) {
            String request = "GET " + KEYS
                    + "/a%0d%0aX-Injected:%201?account=default%0d%0aX-Injected:%201 HTTP/1.1\r\nHost: t\r\n"
                    + "Authorization: Bearer " + ApiServer.OPERATOR + "\r\nIf-None-Match: \"1\"\r\n\r\n";
            RawClient.Response response = client.send(request).read();
            assertThat(response.status()).isEqualTo(404);
            assertThat(response.header("x-injected")).isEmpty();
        }
        assertThat(api.post("/api/providers", """
                {"providerId": "h", "name": "h", "baseUrl": "https://h.example", "supportedApiSurfaces": ["openai-chat"],
                 "headers": {"x-a": "1\\r\\nAuthorization: Bearer x"}}""").status()).isEqualTo(400);
        assertThat(api.post(
                                "/api/provider-keys",
                                "{\"name\":\"x\",\"providerId\":\"openai\",\"value\":\"sk-1\\r\\nX-A: 1\"}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void a_path_leads_nowhere_else() throws Exception {
        String key = named("path").id();
        for (String path : List.of(
                KEYS + "/..%2f..%2faccounts",
                KEYS + "/%2e%2e%2faccounts",
                KEYS + "/..%5c..%5cetc",
                KEYS + "/" + key + "%00",
                KEYS + "/" + key + "%2f",
                KEYS + "/.%2f" + key,
                "/api/%2e%2e/%2e%2e/etc/passwd")) {
            assertThat(api.send(ApiServer.OPERATOR, "GET", path, null).status())
                    .as(path)
                    .isIn(400, 404);
        }
        // Dots that the server resolves are a matter of the route they lead to, and of its permission.
        assertThat(api.send(null, "GET", KEYS + "/../accounts", null).status()).isEqualTo(401);
    }

    @Test
    void what_is_too_long_is_refused_and_not_cut() throws Exception {
        assertThat(named("n".repeat(200)).status()).isEqualTo(201);
        assertThat(named("n".repeat(201)).text()).contains("name has 201 characters; 200 are allowed");
        assertThat(api.post(KEYS, "{\"name\":\"a\",\"description\":\"" + "d".repeat(2_001) + "\"}")
                        .status())
                .isEqualTo(400);
        assertThat(api.post(KEYS, "{\"name\":\"a\",\"metadata\":{\"k\":\"" + "v".repeat(501) + "\"}}")
                        .status())
                .isEqualTo(400);
        assertThat(api.get(KEYS + "/" + "i".repeat(65)).status()).isEqualTo(404);
        assertThat(api.get(KEYS + "?cursor=" + "c".repeat(3_000)).status()).isEqualTo(400);
        assertThat(api.post(
                                "/api/provider-keys",
                                "{\"name\":\"x\",\"providerId\":\"openai\",\"value\":\"" + "s".repeat(10_001) + "\"}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void a_field_that_is_there_twice_is_refused() throws Exception {
        assertThat(api.post(KEYS, "{\"name\":\"a\",\"name\":\"a\"}").text()).contains("names a field twice");
        assertThat(api.post(KEYS, "{\"name\":\"a\",\"limits\":{\"requestsPerMinute\":1,\"requestsPerMinute\":2}}")
                        .status())
                .isEqualTo(400);
        assertThat(api.post(KEYS, "{\"name\":\"a\",\"na\\u006de\":\"b\"}").status())
                .isEqualTo(400);
    }

    @Test
    void a_letter_that_looks_like_another_is_another() throws Exception {
        // Cyrillic а, fullwidth ａ, a joiner, a combining mark.
        for (String id : List.of("аpenai", "ａpenai", "open\u200Dai", "opénai")) {
            assertThat(api.post(
                                    "/api/provider-keys",
                                    "{\"name\":\"x\",\"providerId\":\"" + id + "\",\"value\":\"sk-1\"}")
                            .status())
                    .as(id)
                    .isEqualTo(400);
        }
        String key = api.post(
                        "/api/provider-keys", "{\"name\":\"ключ ☕\",\"providerId\":\"openai\",\"value\":\"sk-1\"}")
                .id();
        assertThat(api.get("/api/provider-keys/" + key).json().path("name").asText())
                .isEqualTo("ключ ☕");
        assertThat(api.get("/api/provider-keys/"
                                + key.replaceFirst("pk_", "рk_").replace("р", "%D1%80"))
                        .status())
                .isEqualTo(404);
        assertThat(api.get("/api/provider-keys/" + key.toUpperCase(java.util.Locale.ROOT))
                        .status())
                .isEqualTo(404);
        assertThat(api.post("/api/providers", """
                {"providerId": "h", "name": "h", "baseUrl": "https://\u0430pi.example", "supportedApiSurfaces": ["openai-chat"]}""").status()).isEqualTo(400);
        assertThat(named("half \\ud83d").status()).as("half a character").isEqualTo(400);
    }

    @Test
    void what_no_encoding_allows_is_refused() throws Exception {
        try (RawClient client = new RawClient(api.port())) {
            byte[] head = ("POST " + KEYS
                            + " HTTP/1.1\r\nHost: t\r\nContent-Type: application/json\r\nContent-Length: 13\r\n"
                            + "Authorization: Bearer " + ApiServer.OPERATOR + "\r\n\r\n")
                    .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
            byte[] body = "{\"name\":\"aa\"}".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
            body[9] = (byte) 0xc0;
            body[10] = (byte) 0xaf;
            java.io.ByteArrayOutputStream request = new java.io.ByteArrayOutputStream();
            request.writeBytes(head);
            request.writeBytes(body);
            assertThat(client.send(request.toByteArray()).read().status()).isEqualTo(400);
        }
        try (RawClient client = new RawClient(api.port())) {
            assertThat(client.send("GET " + KEYS + "?cursor=%zz HTTP/1.1\r\nHost: t\r\nAuthorization: Bearer "
                                    + ApiServer.OPERATOR + "\r\n\r\n")
                            .read()
                            .status())
                    .isEqualTo(400);
        }
    }
}
