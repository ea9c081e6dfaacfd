package dev.serai.management;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.RunningSerai;
import dev.serai.management.ApiServer.Answer;
import dev.serai.store.TestDatabase;
import dev.serai.testing.Await;
import dev.serai.testing.RawClient;
import dev.serai.testing.RawServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is managed by the API holds for the requests of applications, at once. */
@Timeout(60)
class ManagedTrafficTest {
    private static final String ANSWER =
            "{\"id\":\"c-1\",\"object\":\"chat.completion\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
                    + "\"content\":\"Hi\"},\"finish_reason\":\"stop\"}]}";

    @TempDir
    Path home;

    private final RawServer provider = RawServer.answering(RawServer.json(200, ANSWER));
    private ApiServer api;

    @BeforeEach
    void start() throws Exception {
        api = ApiServer.start(home);
    }

    @AfterEach
    void stop() {
        api.close();
        provider.close();
    }

    private Answer made(String path, String body) throws Exception {
        Answer answer = api.post(path, body);
        assertThat(answer.status()).as("%s", answer).isEqualTo(201);
        return answer;
    }

    private void makeProvider(String id, String url) throws Exception {
        made("/api/providers", """
                {"providerId":"%s","name":"Our workshop","baseUrl":"%s","supportedApiSurfaces":["openai-chat"],
                 "models":[{"id":"tiny"},{"id":"large"}]}""".formatted(id, url));
    }

    private String makeProviderKey(String provider, String value) throws Exception {
        return made(
                        "/api/provider-keys",
                        "{\"providerId\":\"%s\",\"name\":\"key\",\"value\":\"%s\"}".formatted(provider, value))
                .id();
    }

    private Answer makeAccessKey(String configuration) throws Exception {
        ObjectNode body = ApiServer.JSON.createObjectNode().put("name", "shop");
        if (!configuration.isEmpty()) {
            body.put("configurationId", configuration);
        }
        return made("/api/access-keys", body.toString());
    }

    private static String token(Answer made) {
        return made.json().path("token").asText();
    }

    private RawClient.Response ask(String token, String model) throws IOException {
        return ask(api.serai(), token, model);
    }

    private static RawClient.Response ask(RunningSerai at, String token, String model) throws IOException {
        try (RawClient client = at.client()) {
            return client.post(
                            "/v1/chat/completions",
                            "{\"model\":\"" + model + "\",\"messages\":[]}",
                            "Authorization: Bearer " + token,
                            "Content-Type: application/json")
                    .read();
        }
    }

    @Test
    void a_scoped_key_calls_a_custom_provider_with_its_own_provider_key() throws Exception {
        makeProvider("workshop", provider.url() + "/v1");
        String first = makeProviderKey("workshop", "sk-of-the-workshop-1");
        makeProviderKey("workshop", "sk-of-the-workshop-2");
        String configuration =
                made("/api/access-key-configurations", """
                        {"name":"shop","access":{"providers":{"allow":["workshop"]},"models":{"allow":["tiny"]}},
                         "router":{"rules":[{"provider":"workshop","steps":[{"type":"user","keys":["%s"]}]}]}}""".formatted(first)).id();
        Answer key = makeAccessKey(configuration);

        RawClient.Response answered = ask(token(key), "workshop:tiny");
        assertThat(answered.status()).as(answered.body()).isEqualTo(200);
        assertThat(answered.header("x-serai-provider")).isEqualTo("workshop");
        assertThat(provider.received().get(0).header("authorization")).isEqualTo("Bearer sk-of-the-workshop-1");

        assertThat(ask(token(key), "workshop:large").status()).isEqualTo(403);
        assertThat(ask(token(key), "openai:gpt-5.4").status()).isEqualTo(403);

        assertThat(api.delete("/api/access-keys/" + key.id()).status()).isEqualTo(204);
        assertThat(ask(token(key), "workshop:tiny").status()).isEqualTo(401);
    }

    @Test
    void a_rotated_provider_key_is_used_at_once() throws Exception {
        makeProvider("workshop", provider.url() + "/v1");
        String id = makeProviderKey("workshop", "sk-of-the-workshop-1");
        String token = token(makeAccessKey(""));
        ask(token, "workshop:tiny");
        api.post("/api/provider-keys/" + id + "/rotate", "{\"value\":\"sk-of-the-workshop-2\"}");
        ask(token, "workshop:tiny");
        assertThat(provider.received())
                .extracting(request -> request.header("authorization"))
                .containsExactly("Bearer sk-of-the-workshop-1", "Bearer sk-of-the-workshop-2");
    }

    @Test
    void a_provider_key_in_a_file_is_used_and_what_takes_its_place_soon_after() throws Exception {
        Path secrets = Files.createDirectory(home.resolve("secrets"));
        Path file = secrets.resolve("workshop");
        try (ApiServer mounted = ApiServer.start(ApiServer.setup(home.resolve("mounted"))
                .with("SERAI_BOOTSTRAP_API_KEY", ApiServer.OPERATOR)
                .with("SERAI_SECRET_FOLDERS", secrets.toString()))) {
            api.close();
            api = mounted;
            makeProvider("workshop", provider.url() + "/v1");
            String uri = "/api/provider-keys/" + makeProviderKey("workshop", "{{file:" + file + "}}");
            String token = token(makeAccessKey(""));
            assertThat(api.get(uri).json().path("problem").asText()).contains("there is no file", "mount the secret");

            Files.writeString(file, "sk-mounted-first\n");
            Await.until("the file is read", () -> sent(token).equals("Bearer sk-mounted-first"));
            assertThat(api.get(uri).json().has("problem")).isFalse();
            Files.writeString(file, "sk-mounted-second\n");
            Await.until("it is read again", () -> sent(token).equals("Bearer sk-mounted-second"));

            Answer refused = api.post(
                    "/api/provider-keys",
                    "{\"providerId\":\"workshop\",\"name\":\"k\",\"value\":\"{{file:/etc/passwd}}\"}");
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.text()).contains("serai.secret-folders");
        }
    }

    /** What a provider hears as credential when it is asked. */
    private String sent(String token) {
        try {
            ask(token, "workshop:tiny");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        List<RawServer.Received> received = provider.received();
        return received.isEmpty()
                ? ""
                : String.valueOf(received.get(received.size() - 1).header("authorization"));
    }

    @Test
    void a_node_without_an_admin_port_has_the_keys_of_a_shared_database() throws Exception {
        String database = TestDatabase.postgres();
        String master = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
        try (ApiServer manager = node("manager", database, master);
                RunningSerai worker = RunningSerai.in(home.resolve("worker"))
                        .with("SERAI_DATABASE_URL", database)
                        .with("SERAI_PEPPER", master)
                        .with("SERAI_MASTER_KEY", master)
                        .start()) {
            String token = token(manager.post("/api/access-keys", "{\"name\":\"shop\"}"));
            Await.within(2_000, "the worker knows the key", () -> status(worker, token) == 404);
            assertThat(worker.configuration().firstApiKey()).isEmpty();
        }
    }

    @Test
    void a_provider_whose_name_leads_into_a_private_network_is_not_called() throws Exception {
        makeProvider("inside", "https://169.254.169.254/v1");
        makeProviderKey("inside", "sk-of-the-inside");
        RawClient.Response refused = ask(token(makeAccessKey("")), "inside:tiny");
        assertThat(refused.status()).isEqualTo(502);
        assertThat(refused.body()).contains("provider_unreachable", "is not public");
    }

    @Test
    void what_one_node_is_told_the_other_does_within_two_seconds() throws Exception {
        String database = TestDatabase.postgres();
        String master = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
        try (ApiServer one = node("one", database, master);
                ApiServer two = node("two", database, master)) {
            Answer key = one.post("/api/access-keys", "{\"name\":\"shop\"}");
            assertThat(key.status()).as("%s", key).isEqualTo(201);
            Await.within(2_000, "the other knows the key", () -> status(two, token(key)) == 404);
            assertThat(one.delete("/api/access-keys/" + key.id()).status()).isEqualTo(204);
            assertThat(status(one, token(key))).isEqualTo(401);
            Await.within(2_000, "the other refuses the key", () -> status(two, token(key)) == 401);
        }
    }

    private ApiServer node(String name, String database, String master) throws Exception {
        return ApiServer.start(ApiServer.setup(home.resolve(name))
                .with("SERAI_BOOTSTRAP_API_KEY", ApiServer.OPERATOR)
                .with("SERAI_DATABASE_URL", database)
                .with("SERAI_PEPPER", master)
                .with("SERAI_MASTER_KEY", master));
    }

    private static int status(ApiServer at, String token) {
        return status(at.serai(), token);
    }

    private static int status(RunningSerai at, String token) {
        try {
            return ask(at, token, "nobody-knows-this-model").status();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
