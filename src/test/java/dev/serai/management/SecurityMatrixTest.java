package dev.serai.management;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.RunningSerai;
import dev.serai.management.ApiServer.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every call of the management API with every kind of key. docs/security-matrix.md is what this finds. */
@Timeout(120)
class SecurityMatrixTest {
    private static final Path PAGE = Path.of("docs/security-matrix.md");
    private static final String BEGIN = "<!-- drawn from the tests; a test compares -->\n";
    private static final String END = "<!-- end of what is drawn -->\n";
    private static final String REFUSED = "401";

    /** Bodies with which a call that is permitted succeeds; the others are empty objects, which most calls refuse as incomplete. */
    private static final Map<String, String> BODIES = Map.of("check-provider", """
            {"providerId": "x", "name": "X", "baseUrl": "http://127.0.0.1:1/v1", "supportedApiSurfaces": ["openai-chat"]}""");

    private static ApiServer api;
    private static String otherAccount;
    private static final Map<String, String> OBJECTS = new LinkedHashMap<>();
    private static final Map<String, String> OWN = new LinkedHashMap<>();
    private static final Map<String, String> KEYS = new LinkedHashMap<>();

    @BeforeAll
    static void open(@TempDir Path home) throws Exception {
        api = ApiServer.start(home);
        otherAccount = api.post("/api/accounts", "{\"name\":\"Others\"}").id();
        KEYS.put("no key", null);
        KEYS.put("garbage", "hunter2");
        KEYS.put(
                "access key",
                api.post("/api/access-keys", "{\"name\":\"a\"}")
                        .json()
                        .path("token")
                        .asText());
        KEYS.put("key of the gateway", RunningSerai.KEY);
        KEYS.put(
                "expired key",
                made("/api/api-keys", "{\"name\":\"e\",\"role\":\"operator\",\"expiresAt\":\"2020-01-01T00:00:00Z\"}"));
        Answer deleted = api.post("/api/api-keys", "{\"name\":\"d\",\"role\":\"operator\"}");
        api.delete(deleted.header("location"));
        KEYS.put("deleted key", deleted.json().path("token").asText());
        KEYS.put("reader", made("/api/api-keys", "{\"name\":\"r\",\"role\":\"reader\"}"));
        KEYS.put("admin", made("/api/api-keys", "{\"name\":\"a\",\"role\":\"admin\"}"));
        KEYS.put("operator", made("/api/api-keys", "{\"name\":\"o\",\"role\":\"operator\"}"));
        objects(OBJECTS, "?account=" + otherAccount);
        OBJECTS.put("/api/accounts/{id}", otherAccount);
        objects(OWN, "");
        OWN.put(
                "/api/accounts/{id}",
                api.post("/api/accounts", "{\"name\":\"Spare\"}").id());
    }

    private static String made(String path, String body) throws Exception {
        return api.post(path, body).json().path("token").asText();
    }

    private static int providers;

    private static void objects(Map<String, String> ids, String in) throws Exception {
        ids.put(
                "/api/access-keys/{id}",
                api.post("/api/access-keys" + in, "{\"name\":\"x\"}").id());
        ids.put(
                "/api/access-key-configurations/{id}",
                api.post("/api/access-key-configurations" + in, "{\"name\":\"x\"}")
                        .id());
        ids.put(
                "/api/api-keys/{id}",
                api.post("/api/api-keys" + in, "{\"name\":\"x\",\"role\":\"reader\"}")
                        .id());
        String key = api.post(
                        "/api/provider-keys" + in,
                        "{\"name\":\"x\",\"providerId\":\"openai\",\"value\":\"sk-x-0123456789\"}")
                .id();
        ids.put("/api/provider-keys/{id}", key);
        ids.put("/api/provider-keys/{id}/rotate", key);
        ids.put(
                "/api/providers/{id}",
                api.post("/api/providers" + in, """
                {"providerId": "house-%d", "name": "x", "baseUrl": "https://models.example/v1", "supportedApiSurfaces": ["openai-chat"]}""".formatted(providers++)).id());
    }

    @AfterAll
    static void close() {
        api.close();
    }

    /** A call as the document has it. */
    private record Route(String method, String path, JsonNode operation) {
        String id() {
            return operation.path("operationId").asText();
        }

        String role() {
            return operation.path("x-serai-role").asText();
        }

        @Nullable
        String body() {
            return operation.has("requestBody") ? BODIES.getOrDefault(id(), "{}") : null;
        }

        boolean hasId() {
            return path.contains("{id}");
        }
    }

    private static List<Route> routes() throws Exception {
        List<Route> routes = new ArrayList<>();
        api.contract().document().path("paths").properties().forEach(path -> path.getValue()
                .properties()
                .forEach(operation -> routes.add(
                        new Route(operation.getKey().toUpperCase(Locale.ROOT), path.getKey(), operation.getValue()))));
        // What deletes comes last.
        routes.sort((a, b) ->
                Boolean.compare(a.method().equals("DELETE"), b.method().equals("DELETE")));
        return routes;
    }

    private static Answer call(Route route, @Nullable String key, String path) throws Exception {
        return api.as(key, route.method(), path, route.body());
    }

    /** Permitted calls end with 200, 201, 204 or, for an empty body, 400; refusals have words of their own. */
    private static String verdict(Answer answer) {
        return switch (answer.status()) {
            case 200, 201, 204, 400 -> "yes";
            default -> Integer.toString(answer.status());
        };
    }

    @Test
    void a_call_is_served_for_those_whom_its_route_names_and_for_nobody_else() throws Exception {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        for (Route route : routes()) {
            List<String> row = new ArrayList<>();
            for (Map.Entry<String, String> key : KEYS.entrySet()) {
                String path = route.path().replace("{id}", OWN.getOrDefault(route.path(), ""));
                String verdict = verdict(call(route, key.getValue(), path));
                assertThat(verdict)
                        .as("%s %s with %s", route.method(), path, key.getKey())
                        .isEqualTo(expected(route, key.getKey()));
                row.add(verdict);
                if (route.method().equals("DELETE") && verdict.equals("yes")) {
                    objects(OWN, "");
                    OWN.put(
                            "/api/accounts/{id}",
                            api.post("/api/accounts", "{\"name\":\"Spare\"}").id());
                }
            }
            row.add(inOtherAccount(route, "reader"));
            row.add(inOtherAccount(route, "admin"));
            rows.put("`" + route.method() + " " + route.path() + "`", row);
        }
        assertThat(rows).hasSizeGreaterThan(35);
        compare(table(rows));
    }

    private static String expected(Route route, String key) {
        List<String> roles = List.of("reader", "admin", "operator");
        if (!roles.contains(key)) {
            return REFUSED;
        }
        return roles.indexOf(key) >= roles.indexOf(route.role()) ? "yes" : "403";
    }

    /** The object of somebody else by its id, and the account by its name: both as if they were not there. */
    private static String inOtherAccount(Route route, String role) throws Exception {
        List<String> paths = new ArrayList<>();
        paths.add(route.path().replace("{id}", OBJECTS.getOrDefault(route.path(), "")) + "?account=" + otherAccount);
        if (route.hasId()) {
            paths.add(route.path().replace("{id}", OBJECTS.get(route.path())));
        }
        String allowed = expected(route, role).equals("yes") ? "404" : "403";
        for (String path : paths) {
            Answer answer = call(route, KEYS.get(role), path);
            assertThat(answer.status())
                    .as("%s %s with %s", route.method(), path, role)
                    .isEqualTo(Integer.parseInt(allowed));
            if (route.hasId()) {
                String absent = path.replace(OBJECTS.get(route.path()), "absent0001");
                assertThat(answer.text())
                        .as("like what never was")
                        .isEqualTo(call(route, KEYS.get(role), absent).text());
            }
        }
        return allowed;
    }

    private static String table(Map<String, List<String>> rows) {
        StringBuilder table = new StringBuilder("\n| Call |");
        KEYS.keySet().forEach(key -> table.append(' ').append(key).append(" |"));
        table.append(" reader, of another account's | admin, of another account's |\n|---|");
        table.append(":-:|".repeat(KEYS.size() + 2)).append('\n');
        rows.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(
                        (a, b) -> a.replaceFirst("^`[A-Z]+ ", "").compareTo(b.replaceFirst("^`[A-Z]+ ", ""))))
                .forEach(row -> table.append("| ")
                        .append(row.getKey())
                        .append(" | ")
                        .append(String.join(" | ", row.getValue()))
                        .append(" |\n"));
        return table.append('\n').toString();
    }

    private static void compare(String table) throws Exception {
        String page = Files.readString(PAGE);
        String drawn =
                page.substring(0, page.indexOf(BEGIN) + BEGIN.length()) + table + page.substring(page.indexOf(END));
        Files.writeString(Path.of("target/security-matrix.md"), drawn);
        assertThat(page).as("copy target/security-matrix.md to " + PAGE).isEqualTo(drawn);
    }

    @Test
    void a_key_in_another_place_than_the_header_is_none() throws Exception {
        String key = KEYS.get("operator");
        for (String query : List.of("?key=" + key, "?Authorization=Bearer%20" + key, "?authorization=Bearer+" + key)) {
            assertThat(api.as(null, "GET", "/api/access-keys" + query, null).status())
                    .isEqualTo(401);
        }
        assertThat(api.as(null, "GET", "/api/access-keys", null, "x-api-key", key)
                        .status())
                .isEqualTo(401);
        assertThat(api.as(null, "GET", "/api/access-keys", null, "Authorization", key)
                        .status())
                .isEqualTo(401);
        assertThat(api.as(null, "GET", "/api/access-keys", null, "Authorization", "Basic " + key)
                        .status())
                .isEqualTo(401);
        assertThat(api.as(key, "GET", "/api/access-keys", null, "Authorization", "Bearer " + key)
                        .status())
                .as("twice")
                .isEqualTo(401);
    }

    @Test
    void a_refused_key_hears_why() throws Exception {
        Answer access = api.as(KEYS.get("access key"), "GET", "/api/access-keys", null);
        assertThat(access.text()).contains("invalid_api_key", "This is an access key");
        assertThat(access.header("www-authenticate")).startsWith("Bearer");
        assertThat(api.as(KEYS.get("expired key"), "GET", "/api/accounts", null).text())
                .contains("expired at 2020");
        assertThat(api.as(KEYS.get("deleted key"), "GET", "/api/accounts", null).text())
                .contains("was withdrawn");
        String operator = KEYS.get("operator");
        assertThat(api.as(operator.substring(0, operator.length() - 1), "GET", "/api/accounts", null)
                        .text())
                .contains("mistyped");
        assertThat(api.as("x".repeat(600), "GET", "/api/accounts", null).text()).contains("too long");
    }

    @Test
    void what_serves_probes_is_open_and_what_is_not_there_is_not() throws Exception {
        assertThat(api.send(null, "GET", "/health", null).status()).isEqualTo(200);
        assertThat(api.send(null, "GET", "/metrics", null).status()).isEqualTo(200);
        for (String path : List.of("/", "/observe/info", "/q/dev", "/api", "/api/", "/api/..%2fhealth")) {
            assertThat(api.send(null, "GET", path, null).status()).as(path).isIn(401, 404);
        }
    }

    @Test
    void only_operators_name_secrets_of_the_machine() throws Exception {
        String body = "{\"name\":\"x\",\"providerId\":\"openai\",\"value\":\"{{env:OPENAI_KEY}}\"}";
        assertThat(api.as(KEYS.get("admin"), "POST", "/api/provider-keys", body).status())
                .isEqualTo(403);
        assertThat(api.as(KEYS.get("operator"), "POST", "/api/provider-keys", body)
                        .status())
                .isEqualTo(201);
        assertThat(api.as(
                                KEYS.get("operator"),
                                "POST",
                                "/api/provider-keys",
                                body.replace("OPENAI_KEY", "SERAI_MASTER_KEY"))
                        .text())
                .contains("invalid_request", "is for Serai alone");
        assertThat(api.as(KEYS.get("admin"), "POST", "/api/access-key-configurations", """
                {"name": "x", "router": {"rules": [{"provider": "openai", "steps": [{"type": "user",
                  "keys": [{"name": "a", "value": "{{env:SERAI_MASTER_KEY}}"}]}]}]}}""")
                        .status())
                .isEqualTo(403);
    }
}
