package dev.serai;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.testing.Await;
import dev.serai.testing.RawClient;
import dev.serai.testing.RawServer;
import dev.serai.testing.RawServer.Received;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images and documents that requests name by URL, on their way to providers that want the bytes. */
class FetchingMediaTest {
    private static final String GEMINI =
            "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"A camel\"}],\"role\":\"model\"},"
                    + "\"finishReason\":\"STOP\"}],\"usageMetadata\":{\"promptTokenCount\":3}}";
    private static final String CHAT =
            "{\"id\":\"c-1\",\"object\":\"chat.completion\",\"choices\":[{\"index\":0,\"message\":"
                    + "{\"role\":\"assistant\",\"content\":\"A camel\"},\"finish_reason\":\"stop\"}]}";
    private static final String MESSAGE =
            "{\"id\":\"m\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"m\",\"content\":"
                    + "[{\"type\":\"text\",\"text\":\"A camel\"}],\"stop_reason\":\"end_turn\",\"usage\":"
                    + "{\"input_tokens\":1,\"output_tokens\":1}}";
    private static final String GIF = "GIF89a, a camel";
    private static final String ENCODED = Base64.getEncoder().encodeToString(GIF.getBytes(ISO_8859_1));

    @TempDir
    Path home;

    private final RawServer web = RawServer.start(connection -> {
        while (connection.hasRequest()) {
            String path = connection.request().head().split(" ", 3)[1];
            if (path.contains("large")) {
                connection.write(RawServer.response(200, "image/gif", GIF + "x".repeat(400_000)));
            } else if (path.contains("slow")) {
                connection.waitUntilClientLeaves();
            } else if (path.endsWith(".pdf")) {
                connection.write(RawServer.response(200, "application/pdf", "%PDF-1.7"));
            } else {
                connection.write(RawServer.response(path.contains("gone") ? 404 : 200, "image/gif", GIF));
            }
        }
    });
    private final RawServer provider = RawServer.start(connection -> {
        while (connection.hasRequest()) {
            String path = connection.request().head().split(" ", 3)[1];
            connection.write(RawServer.json(
                    200, path.contains("generateContent") ? GEMINI : path.contains("messages") ? MESSAGE : CHAT));
        }
    });
    private @Nullable RunningSerai serai;

    @AfterEach
    void stop() {
        if (serai != null) {
            serai.close();
        }
        web.close();
        provider.close();
    }

    private RunningSerai start(String... settings) throws Exception {
        RunningSerai running = RunningSerai.in(home)
                .withOpenProvider("gemini", provider.port(), "gemini: \"/models/{model}:generateContent\"")
                .withOpenProvider("messages", provider.port(), "anthropic-messages: /messages")
                .withOpenProvider("chat", provider.port(), "openai-chat: /chat/completions")
                .withOpenProvider(
                        "inline", provider.port(), "openai-chat: {path: /chat/completions, inlineMedia: true}")
                .withAll(settings)
                .start();
        serai = running;
        return running;
    }

    private RunningSerai startFetching(String... settings) throws Exception {
        String[] all = new String[settings.length + 4];
        all[0] = "SERAI_FETCH_PRIVATE_ADDRESSES";
        all[1] = "true";
        all[2] = "SERAI_FETCH_PLAIN_HTTP";
        all[3] = "true";
        System.arraycopy(settings, 0, all, 4, settings.length);
        return start(all);
    }

    private String image(String path) {
        return web.url() + path;
    }

    private static String chat(String model, String... urls) {
        StringBuilder parts = new StringBuilder("{\"type\":\"text\",\"text\":\"What is it?\"}");
        for (String url : urls) {
            parts.append(",{\"type\":\"image_url\",\"image_url\":{\"url\":\"")
                    .append(url)
                    .append("\"}}");
        }
        return "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":[" + parts + "]}]}";
    }

    private Received lastRequest() {
        List<Received> received = provider.received();
        return received.get(received.size() - 1);
    }

    @Test
    void gemini_is_sent_the_bytes() throws Exception {
        RawClient.Response response =
                startFetching().post("/v1/chat/completions", chat("gemini:m", image("/a"), image("/b"), image("/a")));

        assertThat(response.status()).as(response.body()).isEqualTo(200);
        assertThat(response.body()).contains("A camel");
        assertThat(lastRequest().text())
                .isEqualTo("{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"What is it?\"}"
                        + (",{\"inlineData\":{\"mimeType\":\"image/gif\",\"data\":\"" + ENCODED + "\"}}").repeat(3)
                        + "]}]}");
        assertThat(web.received()).hasSize(2);
    }

    @Test
    void a_large_image_is_sent_whole() throws Exception {
        startFetching().post("/v1/chat/completions", chat("gemini:m", image("/large")));

        assertThat(lastRequest().text()).hasSizeGreaterThan(400_000 * 4 / 3);
    }

    @Test
    void a_document_becomes_the_data_of_a_file() throws Exception {
        startFetching()
                .post(
                        "/v1/messages",
                        "{\"model\":\"chat:m\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":"
                                + "\"document\",\"source\":{\"type\":\"url\",\"url\":\"" + image("/a.pdf")
                                + "\"}}]}]}");

        assertThat(lastRequest().text()).contains("\"file_data\":\"data:application/pdf;base64,JVBERi0xLjc=\"");
    }

    @Test
    void an_image_in_the_result_of_a_tool_is_fetched_too() throws Exception {
        startFetching()
                .post(
                        "/v1/messages",
                        "{\"model\":\"gemini:m\",\"max_tokens\":9,\"messages\":[{\"role\":\"assistant\",\"content\":"
                                + "[{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"look\",\"input\":{}}]},"
                                + "{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"t\","
                                + "\"content\":[{\"type\":\"image\",\"source\":{\"type\":\"url\",\"url\":\""
                                + image("/a") + "\"}}]}]}]}");

        assertThat(lastRequest().text()).contains(ENCODED).doesNotContain(web.url());
    }

    @Test
    void who_takes_urls_is_sent_them_and_nothing_is_fetched() throws Exception {
        RunningSerai running = startFetching("SERAI_FETCH_TIMEOUT", "60s");
        running.post("/v1/chat/completions", chat("messages:m", image("/a")));
        assertThat(lastRequest().text()).contains(image("/a"));
        running.post("/v1/chat/completions", chat("chat:m", image("/a")));
        assertThat(lastRequest().text()).contains(image("/a"));
        running.post("/v1/chat/completions", chat("gemini:m", "https://www.youtube.com/watch?v=camel"));
        assertThat(lastRequest().text()).contains("youtube");

        assertThat(web.received()).isEmpty();
    }

    @Test
    void a_provider_that_fetches_nothing_is_sent_the_bytes_in_the_clients_own_format() throws Exception {
        RunningSerai running = startFetching("SERAI_FETCH_TIMEOUT", "60s");
        running.post("/v1/chat/completions", chat("inline:m", image("/a")).replace("\"model\"", "\"odd\":7,\"model\""));
        assertThat(lastRequest().text())
                .contains("\"model\":\"m\"", "\"odd\":7", "\"url\":\"data:image/gif;base64," + ENCODED + "\"");

        running.post("/v1/chat/completions", "{ \"model\":\"inline:m\", \"messages\":[] }");
        assertThat(lastRequest().text()).isEqualTo("{ \"model\":\"m\", \"messages\":[] }");
    }

    @Test
    void a_large_request_in_the_clients_own_format_is_changed_elsewhere() throws Exception {
        startFetching()
                .post(
                        "/v1/chat/completions",
                        chat("inline:m", image("/a")).replace("What is it?", "word ".repeat(100_000)));
        assertThat(lastRequest().text())
                .contains("data:image/gif;base64," + ENCODED)
                .hasSizeGreaterThan(500_000);
    }

    @Test
    void as_it_is_shipped_neither_private_addresses_nor_plain_http_are_fetched() throws Exception {
        RunningSerai running = start();
        RawClient.Response plain = running.post("/v1/chat/completions", chat("gemini:m", image("/secret?k=v")));
        RawClient.Response local = running.post(
                "/v1/chat/completions", chat("gemini:m", image("/secret?k=v").replace("http:", "https:")));

        assertThat(plain.status()).isEqualTo(400);
        assertThat(plain.body())
                .contains(
                        "\"code\":\"media_not_fetched\"",
                        "The image at 127.0.0.1 could not be fetched for a provider that wants its bytes: only https is fetched.")
                .doesNotContain("secret");
        assertThat(local.body()).contains("its address is not public").doesNotContain("secret");
        assertThat(web.connections()).isZero();
        assertThat(provider.received()).isEmpty();
    }

    @Test
    void a_url_that_leads_nowhere_is_told_in_the_clients_format() throws Exception {
        RawClient.Response response = startFetching()
                .post(
                        "/v1/messages",
                        "{\"model\":\"gemini:m\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":"
                                + "\"image\",\"source\":{\"type\":\"url\",\"url\":\"" + image("/gone") + "\"}}]}]}");

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.body())
                .startsWith("{\"type\":\"error\"")
                .contains("media_not_fetched", "it answered with status 404");
    }

    @Test
    void switched_off_urls_stay_what_they_are() throws Exception {
        startFetching("SERAI_FETCH_MEDIA", "false").post("/v1/chat/completions", chat("gemini:m", image("/a")));

        assertThat(lastRequest().text()).contains("\"fileUri\":\"" + image("/a") + "\"");
        assertThat(web.received()).isEmpty();
    }

    @Test
    void what_takes_too_long_is_given_up() throws Exception {
        RawClient.Response response = startFetching("SERAI_FETCH_TIMEOUT", "200ms")
                .post("/v1/chat/completions", chat("gemini:m", image("/slow")));

        assertThat(response.body()).contains("it took longer than 200 ms");
    }

    @Test
    void a_client_that_leaves_ends_the_fetching() throws Exception {
        RunningSerai running = startFetching("SERAI_FETCH_TIMEOUT", "60s");
        try (RawClient client = running.client()) {
            client.post(
                    "/v1/chat/completions",
                    chat("gemini:m", image("/slow")),
                    "Authorization: Bearer " + RunningSerai.KEY,
                    "Content-Type: application/json");
            Await.until("the image is asked for", () -> !web.received().isEmpty());
        }
        web.awaitClientToLeave();
    }
}
