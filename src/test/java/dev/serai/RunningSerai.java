package dev.serai;

import dev.serai.access.Pepper;
import dev.serai.testing.RawClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;
import org.jspecify.annotations.Nullable;

/** A whole Serai on free loopback ports, with the shipped routes and provider files, and what a test puts over them. */
public final class RunningSerai implements AutoCloseable {
    public static final String KEY = "key-of-the-tests-0123456789";
    static final String PROVIDER_KEY = "credential-of-the-provider";

    private final SeraiConfiguration serai;
    private final Main main;

    private RunningSerai(SeraiConfiguration serai, Main main) {
        this.serai = serai;
        this.main = main;
    }

    /** What a test wants otherwise than it is shipped. */
    public static final class Setup {
        private final Path home;
        private final Map<String, String> environment = new HashMap<>();
        private final Map<String, Object> beans = new HashMap<>();
        private @Nullable Path routes;
        private Clock clock = Clock.systemUTC();

        private Setup(Path home) {
            this.home = home;
            environment.putAll(Map.of(
                    "SERAI_RELOAD", "off",
                    "SERAI_HOME", home.resolve("data").toString(),
                    "SERAI_HOST", "127.0.0.1",
                    "SERAI_PORT", "0",
                    "SERAI_BOOTSTRAP_ACCESS_KEY", KEY,
                    "CAMEL_MANAGEMENT_ENABLED", "false"));
        }

        /** A variable of the environment: a setting, or a provider's key. */
        public Setup with(String variable, String value) {
            environment.put(variable, value);
            return this;
        }

        /** @param settings variables of the environment, each with its value behind it */
        Setup withAll(String... settings) {
            for (int i = 0; i < settings.length; i += 2) {
                environment.put(settings[i], settings[i + 1]);
            }
            return this;
        }

        /**
         * A provider that wants no key.
         *
         * @param dialects as the file has it, such as {@code openai-chat: /chat/completions}
         */
        Setup withOpenProvider(String id, int port, String dialects) throws IOException {
            return withProviderFile(id, """
                    id: %s
                    name: A server in a test
                    baseUrl: http://127.0.0.1:%d/v1
                    dialects: {%s}
                    auth: none
                    """.formatted(id, port, dialects));
        }

        /** A provider that speaks every dialect and wants {@link #PROVIDER_KEY} as its bearer token. */
        Setup withProvider(String id, int port) throws IOException {
            environment.put("KEY_OF_THE_TESTS", PROVIDER_KEY);
            return withProviderFile(id, """
                    id: %s
                    name: A server in a test
                    baseUrl: http://127.0.0.1:%d/v1
                    dialects:
                      openai-chat: /chat/completions
                      openai-responses: /responses
                      openai-embeddings: /embeddings
                      anthropic-messages: /messages
                    auth:
                      header: Authorization
                      prefix: "Bearer "
                      env: KEY_OF_THE_TESTS
                    passHeaders: [HTTP-Referer, X-Title]
                    """.formatted(id, port));
        }

        public Setup withProviderFile(String id, String text) throws IOException {
            return withConfigFile("providers/" + id + ".yaml", text);
        }

        /** @param name of a file below the folder of the configuration, such as {@code aliases.yaml} */
        public Setup withConfigFile(String name, String text) throws IOException {
            Path file = home.resolve("config").resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            return this;
        }

        /** For tests whose provider fails again and again. */
        public Setup withoutBreakers() throws IOException {
            String shipped = Files.readString(Path.of("config/failover.yaml"));
            return withConfigFile("failover.yaml", shipped.replace("enabled: true", "enabled: false"));
        }

        /** An access key, which is its own id, beside {@link #KEY}. */
        Setup withAccessKey(String token, String access) throws Exception {
            return withAccessKey(token, access, "{}");
        }

        /** One with limits, as its file says them. */
        Setup withAccessKey(String token, String access, String limits) throws Exception {
            Path data = home.resolve("data");
            Path keys = data.resolve("access-keys.yaml");
            String hash = Pepper.of(data, new SecureRandom()).hash(token).hex();
            String others = Files.exists(keys) ? Files.readString(keys) : "keys:\n";
            Files.writeString(keys, others + """
                      - id: %s
                        name: A key of the tests
                        createdAt: 2026-11-22T08:00:00Z
                        hash: "%s"
                        access: %s
                        limits: %s
                    """.formatted(token, hash, access, limits));
            return this;
        }

        public Setup withRouteFile(String name, String text) throws IOException {
            Path folder = Files.createDirectories(home.resolve("routes"));
            Files.writeString(folder.resolve(name), text);
            routes = folder;
            return this;
        }

        Setup withBean(String name, Object bean) {
            beans.put(name, bean);
            return this;
        }

        public Setup withClock(Clock other) {
            clock = other;
            return this;
        }

        public RunningSerai start() throws Exception {
            Path config = Files.createDirectories(home.resolve("config"));
            SeraiConfiguration serai = new SeraiConfiguration(Settings.read(environment, routes, config), clock);
            Main main = Serai.boot(serai);
            beans.forEach(main::bind);
            try {
                main.start();
            } catch (Exception e) {
                serai.close();
                throw e;
            }
            return new RunningSerai(serai, main);
        }
    }

    /** @param home an empty folder */
    public static Setup in(Path home) {
        return new Setup(home);
    }

    public SeraiConfiguration configuration() {
        return serai;
    }

    public CamelContext context() {
        return main.getCamelContext();
    }

    public RawClient client() throws IOException {
        return new RawClient(serai.port());
    }

    /** Asks with the access key of the tests, over a connection of its own. */
    public RawClient.Response post(String path, String body, String... headers) throws IOException {
        return postAs(KEY, path, body, headers);
    }

    RawClient.Response postAs(String key, String path, String body, String... headers) throws IOException {
        String[] all = new String[headers.length + 2];
        all[0] = "Authorization: Bearer " + key;
        all[1] = "Content-Type: application/json";
        System.arraycopy(headers, 0, all, 2, headers.length);
        try (RawClient client = client()) {
            return client.post(path, body, all).read();
        }
    }

    RawClient.Response getAs(String key, String path, String... headers) throws IOException {
        StringBuilder head =
                new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer " + key + "\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        try (RawClient client = client()) {
            return client.send(head.append("\r\n").toString()).read();
        }
    }

    /** Like a person's Ctrl-C, but with less patience for what is open. */
    @Override
    public void close() {
        context().getShutdownStrategy().setTimeout(5);
        context().getShutdownStrategy().setTimeUnit(TimeUnit.SECONDS);
        main.stop();
        serai.close();
    }
}
