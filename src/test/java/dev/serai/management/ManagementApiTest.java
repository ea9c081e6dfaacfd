package dev.serai.management;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.management.ApiServer.Answer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What holds for every resource of the management API. */
@Timeout(60)
class ManagementApiTest {
    private static ApiServer api;

    @BeforeAll
    static void open(@TempDir Path home) throws Exception {
        api = ApiServer.start(home);
    }

    @AfterAll
    static void close() {
        api.close();
    }

    private String made(String path, String body) throws Exception {
        Answer answer = api.post(path, body);
        assertThat(answer.status()).as("%s", answer).isEqualTo(201);
        return answer.json().path("uri").asText();
    }

    @Test
    void an_object_has_an_id_a_uri_and_two_times() throws Exception {
        Answer made = api.post("/api/access-keys", "{\"name\":\"shop\",\"metadata\":{\"team\":\"web\"}}");
        assertThat(made.status()).as("%s", made).isEqualTo(201);
        assertThat(made.header("location")).isEqualTo("/api/access-keys/" + made.id());
        assertThat(made.header("etag")).isEqualTo("\"1\"");
        assertThat(made.header("cache-control")).isEqualTo("no-store");
        assertThat(made.json().path("token").asText()).startsWith("serai-ak-" + made.id() + "-");
        Answer shown = api.get(made.header("location"));
        assertThat(shown.status()).isEqualTo(200);
        assertThat(shown.json().has("token")).as("shown once").isFalse();
        assertThat(shown.json().path("createdAt").asText())
                .isEqualTo(shown.json().path("updatedAt").asText());
    }

    @Test
    void a_patch_changes_what_it_holds_and_null_clears() throws Exception {
        String uri = made(
                "/api/access-keys",
                "{\"name\":\"a\",\"description\":\"b\",\"expiresAt\":\"2030-01-01T00:00:00Z\","
                        + "\"limits\":{\"requestsPerMinute\":5,\"tokensPerMinute\":6}}");
        Answer patched = api.patch(uri, "{\"expiresAt\":null,\"limits\":{\"tokensPerMinute\":null}}");
        assertThat(patched.status()).as("%s", patched).isEqualTo(200);
        assertThat(patched.json().path("name").asText()).isEqualTo("a");
        assertThat(patched.json().path("description").asText()).isEqualTo("b");
        assertThat(patched.json().has("expiresAt")).isFalse();
        assertThat(patched.json().path("limits").toString()).isEqualTo("{\"requestsPerMinute\":5}");
        assertThat(patched.header("etag")).isEqualTo("\"2\"");
        assertThat(api.patch(uri, "{}").header("etag")).as("no change").isEqualTo("\"2\"");
    }
}
