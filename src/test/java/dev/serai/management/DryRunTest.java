package dev.serai.management;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.management.ApiServer.Answer;
import dev.serai.testing.RawServer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A provider that is tried before it is defined. */
@Timeout(60)
class DryRunTest {
    private static final AtomicReference<String> ANSWER = new AtomicReference<>();

    private static ApiServer api;
    private static RawServer house;

    @BeforeAll
    static void open(@TempDir Path home) throws Exception {
        house = RawServer.start(connection -> {
            while (connection.hasRequest()) {
                connection.request();
                connection.write(ANSWER.get());
            }
        });
        api = ApiServer.start(home);
    }

    @AfterAll
    static void close() {
        api.close();
        house.close();
    }

    private static Answer check(String baseUrl) throws Exception {
        return api.post("/api/providers/check", """
                {"providerId": "house", "name": "House", "baseUrl": "%s", "supportedApiSurfaces": ["openai-chat"],
                 "auth": {"header": "Authorization", "prefix": "Bearer "}, "headers": {"x-team": "web"}, "query": {"v": "1 2"},
                 "value": "key-of-the-house"}""".formatted(baseUrl));
    }

    private static Answer checkHouse() throws Exception {
        return check("http://127.0.0.1:" + house.port() + "/v1");
    }

    @Test
    void says_which_models_it_lists() throws Exception {
        ANSWER.set(RawServer.json(200, "{\"data\":[{\"id\":\"a\"},{\"id\":\"b\"},{\"no\":1}]}"));
        assertThat(checkHouse().text()).isEqualTo("{\"answers\":true,\"status\":200,\"models\":[\"a\",\"b\"]}");
        RawServer.Received asked = house.received().get(house.received().size() - 1);
        assertThat(asked.head()).startsWith("GET /v1/models?v=1+2 HTTP/1.1");
        assertThat(asked.header("authorization")).isEqualTo("Bearer key-of-the-house");
        assertThat(asked.header("x-team")).isEqualTo("web");
        assertThat(api.get("/api/providers").json().path("items"))
                .as("nothing is kept")
                .isEmpty();
    }

    @Test
    void says_what_is_wrong_with_it() throws Exception {
        ANSWER.set(RawServer.json(401, "{\"error\":\"key-of-the-house is wrong\"}"));
        assertThat(checkHouse().text())
                .contains("\"answers\":true,\"status\":401", "refused")
                .doesNotContain("key-of");
        ANSWER.set(RawServer.json(200, "welcome"));
        assertThat(checkHouse().text()).contains("no list of models");
        assertThat(check("http://127.0.0.1:1/v1").text()).contains("\"answers\":false", "refused");
    }

    @Test
    void follows_no_redirect() throws Exception {
        int before = house.received().size();
        ANSWER.set("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:" + house.port()
                + "/elsewhere\r\nContent-Length: 0\r\n\r\n");
        assertThat(checkHouse().text()).contains("\"status\":302");
        assertThat(house.received()).hasSize(before + 1);
    }

    @Test
    void asks_nobody_whose_address_is_not_allowed() throws Exception {
        for (String url : List.of(
                "https://169.254.169.254/latest",
                "https://[fe80::1]/v1",
                "https://[fd00:ec2::254]/v1",
                "https://10.0.0.1/v1",
                "https://192.168.1.1/v1",
                "https://0.0.0.0/v1",
                "https://[::ffff:10.0.0.1]/v1",
                "https://100.100.100.200/v1")) {
            assertThat(check(url).text()).as(url).contains("\"answers\":false", "is not public");
        }
        for (String url : List.of(
                "http://models.example/v1",
                "http://10.0.0.1/v1",
                "ftp://models.example",
                "https://a:b@models.example",
                "https://models.example/#x",
                "https:///v1",
                "http://localhost.evil.example/v1",
                "file:///etc/passwd")) {
            assertThat(check(url).status()).as(url).isEqualTo(400);
        }
    }

    @Test
    void takes_no_orders_from_headers() throws Exception {
        ANSWER.set(RawServer.json(200, "{\"data\":[]}"));
        int before = house.received().size();
        for (String header : List.of("CamelRestHttpUri", "camelhttppath", "CamelHttpUri", "Host", "Content-Length")) {
            String url = "http://127.0.0.1:" + house.port() + "/other?secret={{env:PATH}}";
            Answer fixed = api.post("/api/providers/check", """
                    {"providerId": "h", "name": "h", "baseUrl": "https://models.example", "supportedApiSurfaces": ["openai-chat"],
                     "headers": {"%s": "%s"}}""".formatted(header, url));
            Answer key = api.post("/api/providers/check", """
                    {"providerId": "h", "name": "h", "baseUrl": "https://models.example", "supportedApiSurfaces": ["openai-chat"],
                     "auth": {"header": "%s"}, "value": "%s"}""".formatted(header, url));
            assertThat(fixed.status()).as(header).isEqualTo(400);
            assertThat(key.status()).as(header).isEqualTo(400);
        }
        assertThat(house.received()).hasSize(before);
    }
}
