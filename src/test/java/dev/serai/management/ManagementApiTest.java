package dev.serai.management;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.management.ApiServer.Answer;
import dev.serai.testing.RawClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every resource of the management API. */
@Timeout(60)
class ManagementApiTest {
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

    private static String made(String path, String body) throws Exception {
        Answer answer = api.post(path, body);
        assertThat(answer.status()).as("%s", answer).isEqualTo(201);
        return answer.json().path("uri").asText();
    }

    private static void isRefused(Answer answer, int status, String code, String... words) {
        assertThat(answer.status()).as("%s", answer).isEqualTo(status);
        assertThat(answer.json().path("errorCode").asText()).isEqualTo(code);
        assertThat(answer.json().path("statusCode").asInt()).isEqualTo(status);
        for (String word : words) {
            assertThat(answer.json().path("msg").asText()).contains(word);
        }
    }

    @Test
    void an_object_has_an_id_a_uri_and_two_times() throws Exception {
        Answer made = api.post(KEYS, "{\"name\":\"shop\",\"metadata\":{\"team\":\"web\"}}");
        assertThat(made.status()).as("%s", made).isEqualTo(201);
        assertThat(made.header("location")).isEqualTo(KEYS + "/" + made.id());
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
                KEYS,
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

    @Test
    void a_list_has_the_newest_first_and_pages_that_miss_and_repeat_nothing() throws Exception {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            made.add(
                    0,
                    api.post(
                                    "/api/provider-keys",
                                    "{\"name\":\"k\",\"providerId\":\"openai\",\"value\":\"sk-" + i + "\"}")
                            .id());
        }
        List<String> seen = new ArrayList<>();
        String uri = "/api/provider-keys?limit=3";
        while (!uri.isEmpty()) {
            JsonNode page = api.get(uri).json();
            assertThat(page.path("items").size()).isLessThanOrEqualTo(3);
            page.path("items").forEach(item -> seen.add(item.path("id").asText()));
            // One that is made meanwhile is on no later page.
            api.post("/api/provider-keys", "{\"name\":\"late\",\"providerId\":\"openai\",\"value\":\"sk-late\"}");
            uri = page.path("nextPageUri").asText();
        }
        assertThat(seen).isEqualTo(made);
        for (String limit : List.of("0", "101", "-1", "x", "")) {
            isRefused(api.get(KEYS + "?limit=" + limit), 400, "invalid_request", "limit");
        }
        isRefused(api.get(KEYS + "?cursor=bm9uZQ"), 400, "invalid_request", "cursor");
    }

    @Test
    void an_entity_tag_keeps_updates_from_being_lost() throws Exception {
        String uri = made(KEYS, "{\"name\":\"a\"}");
        assertThat(api.get(uri, "If-None-Match", "\"1\"").status()).isEqualTo(304);
        assertThat(api.get(uri, "If-None-Match", "\"2\"").status()).isEqualTo(200);
        assertThat(api.patch(uri, "{\"name\":\"b\"}", "If-Match", "\"1\"").status())
                .isEqualTo(200);
        isRefused(api.patch(uri, "{\"name\":\"c\"}", "If-Match", "\"1\""), 412, "precondition_failed", "\"2\"");
        isRefused(api.delete(uri, "If-Match", "\"1\""), 412, "precondition_failed");
        assertThat(api.get(uri).json().path("name").asText()).isEqualTo("b");
        assertThat(api.delete(uri, "If-Match", "\"7\", \"2\"").status()).isEqualTo(204);
        isRefused(api.get(uri), 404, "not_found");
        isRefused(api.delete(uri), 404, "not_found");
    }

    @Test
    void of_two_who_saw_the_same_version_one_is_refused() throws Exception {
        String uri = made(KEYS, "{\"name\":\"a\"}");
        List<CompletableFuture<Integer>> answers = Stream.of("b", "c", "d", "e")
                .map(name -> CompletableFuture.supplyAsync(() -> {
                    try {
                        return api.patch(uri, "{\"name\":\"" + name + "\"}", "If-Match", "\"1\"")
                                .status();
                    } catch (Exception e) {
                        throw new CompletionException(e);
                    }
                }))
                .toList();
        assertThat(answers).extracting(CompletableFuture::join).containsExactlyInAnyOrder(200, 412, 412, 412);
    }

    @Test
    void a_repeated_call_is_carried_out_once_and_answered_the_same() throws Exception {
        String body = "{\"name\":\"once\"}";
        Answer first = api.post(KEYS, body, "Idempotency-Key", "order-1");
        Answer again = api.post(KEYS, body, "Idempotency-Key", "order-1");
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.text()).as("with the token").isEqualTo(first.text()).contains("serai-ak-");
        assertThat(again.header("etag")).isEqualTo(first.header("etag"));
        isRefused(api.post(KEYS, "{\"name\":\"other\"}", "Idempotency-Key", "order-1"), 409, "idempotency_key_reused");
        isRefused(api.post("/api/accounts", body, "Idempotency-Key", "order-1"), 409, "idempotency_key_reused");
        isRefused(api.post(KEYS, body, "Idempotency-Key", "x".repeat(256)), 400, "invalid_request");
        // A call that failed may be tried again.
        isRefused(api.post(KEYS, "{}", "Idempotency-Key", "order-2"), 400, "invalid_request", "name is missing");
        assertThat(api.post(KEYS, body, "Idempotency-Key", "order-2").status()).isEqualTo(201);
    }

    @Test
    void calls_that_repeat_each_other_at_the_same_time_make_one_object() throws Exception {
        List<CompletableFuture<String>> answers = Stream.of(1, 2, 3, 4)
                .map(i -> CompletableFuture.supplyAsync(() -> {
                    try {
                        return api.post(KEYS, "{\"name\":\"race\"}", "Idempotency-Key", "race")
                                .text();
                    } catch (Exception e) {
                        throw new CompletionException(e);
                    }
                }))
                .toList();
        assertThat(new HashSet<>(answers.stream().map(CompletableFuture::join).toList()))
                .hasSize(1);
    }

    static Stream<Arguments> bodies() {
        return Stream.of(
                Arguments.of("{\"name\":\"a\",\"nam\":1}", "nam is no field here"),
                Arguments.of("{\"name\":\"a\",\"limits\":{\"requests\":1}}", "limits.requests is no field here"),
                Arguments.of("{\"name\":\"a\",\"name\":\"b\"}", "names a field twice, at line 1"),
                Arguments.of("{\"name\":\"a\"} x", "cannot be read as JSON"),
                Arguments.of("[]", "must be an object"),
                Arguments.of("", "must be an object"),
                Arguments.of("{\"name\":7}", "name must be a text"),
                Arguments.of("{\"name\":null}", "name is missing"),
                Arguments.of("{\"name\":\" \"}", "name must not be blank"),
                Arguments.of("{\"name\":\"a\",\"expiresAt\":\"soon\"}", "expiresAt must be a time"),
                Arguments.of("{\"name\":\"a\",\"configurationId\":\"cfg_none\"}", "configurationId names what is not"),
                Arguments.of("{\"name\":\"a\",\"limits\":{\"requestsPerMinute\":0}}", "requestsPerMinute must be 1"),
                Arguments.of(
                        "{\"name\":\"a\",\"limits\":{\"budgetPerDay\":\"0\"}}",
                        "budgetPerDay must be an amount of US dollars above 0"),
                Arguments.of("{\"name\":\"a\",\"id\":\"mine\"}", "id is no field here"),
                Arguments.of("{\"name\":\"a\",\"accountId\":\"default\"}", "accountId is no field here"),
                Arguments.of("{\"a\":".repeat(70) + "1" + "}".repeat(70), "cannot be read as JSON"));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void a_body_is_read_strictly(String body, String reason) throws Exception {
        isRefused(api.post(KEYS, body), 400, "invalid_request", reason);
    }

    @Test
    void only_json_is_read_and_not_too_much_of_it() throws Exception {
        for (String type :
                List.of("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=b")) {
            isRefused(
                    api.send(ApiServer.OPERATOR, "POST", KEYS, "{}", "Content-Type", type),
                    415,
                    "unsupported_media_type");
        }
        assertThat(api.post(KEYS, "{\"name\":\"a\"}", "Content-Type", "application/json; charset=utf-8")
                        .status())
                .isEqualTo(201);
        isRefused(api.post(KEYS, "{\"name\":\"" + "a".repeat(1 << 20) + "\"}"), 413, "body_too_large");
        isRefused(api.as(ApiServer.OPERATOR, "DELETE", KEYS + "/x", "{}"), 400, "invalid_request", "must be empty");
    }

    @Test
    void what_is_not_there_is_told_in_the_same_envelope() throws Exception {
        isRefused(api.get("/api/nothing"), 404, "not_found", "openapi.json");
        isRefused(api.get("/api/access-keys/a/b"), 404, "not_found");
        Answer wrong = api.send(ApiServer.OPERATOR, "PUT", KEYS, "{}");
        isRefused(wrong, 405, "method_not_allowed");
        assertThat(wrong.header("allow")).isEqualTo("GET, POST");
        isRefused(api.get(KEYS + "?colour=blue"), 400, "invalid_request", "colour is no parameter here");
        isRefused(api.get(KEYS + "?limit=1&limit=2"), 400, "invalid_request", "twice");
    }

    @Test
    void nothing_of_a_request_comes_back_as_a_header() throws Exception {
        try (RawClient client = new RawClient(api.port())) {
            RawClient.Response response = client.send(
                            "GET " + KEYS + " HTTP/1.1\r\nHost: t\r\nX-Stray: mine\r\nAuthorization:" + " Bearer "
                                    + ApiServer.OPERATOR + "\r\n\r\n")
                    .read();
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.header("x-stray")).isEmpty();
            assertThat(response.header("authorization")).isEmpty();
        }
    }

    @Test
    void every_change_is_in_the_audit_without_secrets() throws Exception {
        Answer made = api.post(
                "/api/provider-keys",
                "{\"name\":\"k\",\"providerId\":\"openai\",\"value\":\"sk-audit-0123456789abcdef\"}");
        String uri = made.header("location");
        api.patch(uri, "{\"name\":\"l\"}");
        api.patch(uri, "{\"name\":\"l\"}");
        api.post(uri + "/rotate", "{\"value\":\"sk-audit-fedcba9876543210\"}");
        api.delete(uri);
        List<JsonNode> entries = new ArrayList<>();
        api.get("/api/audit?limit=100").json().path("items").forEach(entry -> {
            if (entry.path("objectId").asText().equals(made.id())) {
                entries.add(entry);
            }
        });
        assertThat(entries)
                .extracting(entry -> entry.path("action").asText())
                .containsExactly("delete", "update", "update", "create");
        assertThat(entries).allSatisfy(entry -> {
            assertThat(entry.path("actor").toString()).isEqualTo("{\"kind\":\"api_key\",\"id\":\"bootstrap\"}");
            assertThat(entry.toString()).doesNotContain("0123456789", "9876543210");
        });
        assertThat(entries.get(2).path("before").path("name").asText()).isEqualTo("k");
        assertThat(entries.get(2).path("after").path("name").asText()).isEqualTo("l");
    }
}
