package dev.serai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.testing.Await;
import dev.serai.testing.RawServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Camel's own reloading of route files, as docs/configuration.md says to switch it on. */
@Timeout(60)
class RouteReloadTest {
    private static final String REQUEST = "{\"model\":\"inn:m\",\"messages\":[]}";

    @TempDir
    Path home;

    private static String extensions(String word) {
        return """
                - route:
                    id: before-dispatch
                    routeConfigurationId: serai
                    from:
                      uri: direct:before-dispatch
                      steps:
                        - setHeader:
                            name: x-title
                            expression:
                              constant:
                                expression: %s
                - route:
                    id: after-reply
                    routeConfigurationId: serai
                    from:
                      uri: direct:after-reply
                      steps:
                        - log:
                            loggingLevel: TRACE
                            message: nothing
                """.formatted(word);
    }

    @Test
    void a_changed_route_file_takes_the_place_of_its_routes_and_the_others_stay() throws Exception {
        try (RawServer inn = RawServer.answering(RawServer.json(
                        200,
                        "{\"id\":\"c\",\"object\":\"chat.completion\",\"choices\":[{\"index\":0,\"message\":{\"role\":"
                                + "\"assistant\",\"content\":\"Hi\"},\"finish_reason\":\"stop\"}]}"));
                RunningSerai serai = start(inn.port())) {
            assertThat(serai.post("/v1/chat/completions", REQUEST).status()).isEqualTo(200);
            assertThat(title(inn)).isEqualTo("old");
            Files.writeString(home.resolve("routes/extensions.camel.yaml"), extensions("new"));
            Await.within(30_000, "the changed route runs", () -> {
                try {
                    return serai.post("/v1/chat/completions", REQUEST).status() == 200
                            && title(inn).equals("new");
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
        }
    }

    private RunningSerai start(int port) throws Exception {
        Path config = Files.createDirectories(home.resolve("config"));
        Files.writeString(config.resolve("application.properties"), """
                camel.main.routes-reload-enabled = true
                camel.main.routes-reload-directory = %s
                camel.main.routes-reload-pattern = *.camel.yaml
                camel.main.routes-reload-remove-all-routes = false
                """.formatted(home.resolve("routes")));
        return RunningSerai.in(home)
                .withRouteFile("extensions.camel.yaml", extensions("old"))
                .withProvider("inn", port)
                .start();
    }

    private static String title(RawServer server) {
        return server.received().get(server.received().size() - 1).header("x-title");
    }
}
