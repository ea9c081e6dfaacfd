package dev.serai.management;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Routes of somebody's own beside those of the management API. */
@Timeout(60)
class BareRouteTest {
    private static final String ROUTES = """
            - rest:
                id: bare
                path: /api/bare
                get:
                  - id: list-bare
                    to: {uri: "direct:manage"}
                post:
                  - id: create-bare
                    security: [{key: api-key, scopes: everybody}]
                    to: {uri: "direct:manage"}
            - rest:
                id: elsewhere
                path: /elsewhere
                get:
                  - to: {uri: "direct:manage"}
            """;

    @Test
    void a_call_whose_route_names_no_role_is_refused_for_everybody(@TempDir Path home) throws Exception {
        try (ApiServer api = ApiServer.start(ApiServer.setup(home)
                .with("SERAI_BOOTSTRAP_API_KEY", ApiServer.OPERATOR)
                .withRouteFile("mine.camel.yaml", ROUTES))) {
            for (ApiServer.Answer answer : new ApiServer.Answer[] {
                api.send(ApiServer.OPERATOR, "GET", "/api/bare", null),
                api.send(ApiServer.OPERATOR, "POST", "/api/bare", "{}")
            }) {
                assertThat(answer.status()).as("%s", answer).isEqualTo(403);
                assertThat(answer.text()).contains("not_permitted", "so nobody may");
            }
            assertThat(api.send(null, "GET", "/api/bare", null).status()).isEqualTo(401);
            assertThat(api.send(ApiServer.OPERATOR, "GET", "/elsewhere", null).status())
                    .as("nothing serves it")
                    .isEqualTo(500);
            assertThat(api.get("/api/accounts").status()).as("the rest goes on").isEqualTo(200);
        }
    }
}
