package dev.serai.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;

/** Starts what is to be compared, in order: the direct call, the bare proxy, the gateway; and ends it again. */
final class Peers implements AutoCloseable {
    static final String DIRECT = "direct";
    static final String BARE_PROXY = "bare proxy";
    static final String GATEWAY = "serai";
    static final String FIRST_ANSWERS = "serai, the first candidate answers";
    static final String SECOND_ANSWERS = "serai, the second candidate answers";
    static final String COUNTS_NOTHING = "serai, credits off";
    static final String METERS = "serai, metering";
    static final String PREPAID = "serai, prepaid";

    private static final String MODEL = "mock-model";
    private static final String API_KEY = "sk-serai-api-bench-0123456789abcdefghijklmnopqrstuv";
    private static final String ACCESS_KEY = "sk-serai-bench-0123456789abcdefghijklmnopqrstuv";

    private final Path folder;
    private final List<String> jvmOptions;
    private final List<ChildProcess> children = new ArrayList<>();
    private final List<Peer> peers = new ArrayList<>();
    private final Map<String, AdminPort> counting = new LinkedHashMap<>();
    private final int upstreamPort;

    /**
     * Starts the pretend provider and the bare proxy.
     *
     * @param folder     takes logs and the gateway's configuration and data
     * @param jvmOptions for every server alike
     */
    Peers(Path folder, List<String> jvmOptions) throws IOException, InterruptedException {
        this.folder = folder;
        this.jvmOptions = List.copyOf(jvmOptions);
        this.upstreamPort = ChildProcess.freePort();
        try {
            startOwn(DIRECT, PretendUpstream.class, upstreamPort, List.of());
            startOwn(BARE_PROXY, BareProxy.class, ChildProcess.freePort(), List.of(Integer.toString(upstreamPort)));
        } catch (IOException | InterruptedException | RuntimeException failure) {
            close();
            throw failure;
        }
    }

    List<Peer> all() {
        return List.copyOf(peers);
    }

    void add(Peer peer) {
        peers.add(peer);
    }

    /** Starts the gateway with one provider, the pretend one, and one access key. */
    void startGateway(Path jar) throws IOException, InterruptedException {
        int port = ChildProcess.freePort();
        Path config = providers("pretend", "");
        peers.add(gateway(GATEWAY, port, startGateway(GATEWAY, jar, config, port, Map.of()), "pretend:" + MODEL));
    }

    /** Starts the gateway three times: counting nothing, metering, and with accounts that pay in advance and have enough. */
    void startCredits(Path jar) throws IOException, InterruptedException {
        startCredits(jar, COUNTS_NOTHING, "off");
        startCredits(jar, METERS, "metering");
        startCredits(jar, PREPAID, "prepaid").grantMillion();
    }

    private AdminPort startCredits(Path jar, String name, String credits) throws IOException, InterruptedException {
        int port = ChildProcess.freePort();
        int admin = ChildProcess.freePort();
        Map<String, String> settings = Map.of(
                "SERAI_CREDITS", credits,
                "SERAI_ADMIN_PORT", Integer.toString(admin),
                "SERAI_BOOTSTRAP_API_KEY", API_KEY);
        ServerProcess process = startGateway(name, jar, providers("pretend", ""), port, settings);
        peers.add(gateway(name, port, process, "pretend:" + MODEL));
        AdminPort asked = new AdminPort(admin, API_KEY);
        if (!name.equals(COUNTS_NOTHING)) {
            counting.put(name, asked);
        }
        return asked;
    }

    /** Who counts requests, by the names of peers. */
    Map<String, AdminPort> counting() {
        return Map.copyOf(counting);
    }

    /**
     * Starts the gateway with a provider that always fails beside the pretend one, and adds it twice: for requests whose first
     * candidate answers, and for those whose second does. No candidate is asked twice, and none is ever left alone.
     */
    void startFailingOver(Path jar) throws IOException, InterruptedException {
        int port = ChildProcess.freePort();
        Path config = providers("pretend", "");
        providers("failing", PretendUpstream.FAILING);
        Files.writeString(config.resolve("aliases.yaml"), """
            aliases:
              first: [pretend:%1$s]
              second: [failing:%1$s, pretend:%1$s]
            """.formatted(MODEL));
        Files.writeString(
                config.resolve("failover.yaml"),
                shipped(jar, "serai/config/failover.yaml")
                        .replace("server-error: retry", "server-error: next")
                        .replace("enabled: true", "enabled: false"));
        ServerProcess process = startGateway(GATEWAY, jar, config, port, Map.of());
        peers.add(gateway(FIRST_ANSWERS, port, process, "first"));
        peers.add(gateway(SECOND_ANSWERS, port, process, "second"));
    }

    private static String shipped(Path jar, String name) throws IOException {
        try (ZipFile files = new ZipFile(jar.toFile());
                InputStream file = files.getInputStream(files.getEntry(name))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Writes a provider file, and gives the folder of the configuration. */
    private Path providers(String id, String path) throws IOException {
        Path config = folder.resolve("config");
        Files.createDirectories(config.resolve("providers"));
        Files.writeString(config.resolve("providers").resolve(id + ".yaml"), provider(id, path));
        return config;
    }

    private static Peer gateway(String name, int port, ServerProcess process, String model) {
        return new Peer(name, completions(port), process, Map.of("authorization", "Bearer " + ACCESS_KEY), model);
    }

    private ServerProcess startGateway(String name, Path jar, Path config, int port, Map<String, String> settings)
            throws IOException, InterruptedException {
        List<String> command = java(List.of("-jar", jar.toString(), "--config", config.toString()));
        Map<String, String> environment = new LinkedHashMap<>(Map.of(
                "SERAI_HOST",
                "127.0.0.1",
                "SERAI_PORT",
                Integer.toString(port),
                "SERAI_ADMIN_PORT",
                Integer.toString(ChildProcess.freePort()),
                "SERAI_HOME",
                folder.resolve(fileName(name) + "-home").toString(),
                "SERAI_BOOTSTRAP_ACCESS_KEY",
                ACCESS_KEY,
                "PRETEND_API_KEY",
                "upstream"));
        environment.putAll(settings);
        return start(name, command, environment, port);
    }

    /**
     * Reads a peer that somebody else started, as {@code name=url,pid,headersFile[,model]}; the file has a header a line.
     *
     * @throws IllegalArgumentException if the text has another form
     */
    static Peer external(String text) throws IOException {
        String[] nameAndRest = text.split("=", 2);
        String[] parts = nameAndRest.length == 2 ? nameAndRest[1].split(",") : new String[0];
        if (parts.length < 3 || parts.length > 4) {
            throw new IllegalArgumentException("expected name=url,pid,headersFile[,model], not " + text);
        }
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line : Files.readAllLines(Path.of(parts[2]))) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.put(
                        line.substring(0, colon).strip(),
                        line.substring(colon + 1).strip());
            }
        }
        ServerProcess process = ServerProcess.of(Long.parseLong(parts[1]));
        return new Peer(nameAndRest[0], URI.create(parts[0]), process, headers, parts.length == 4 ? parts[3] : MODEL);
    }

    @Override
    public void close() {
        for (int i = children.size() - 1; i >= 0; i--) {
            children.get(i).close();
        }
    }

    private void startOwn(String name, Class<?> main, int port, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName(), Integer.toString(port)));
        command.addAll(arguments);
        ServerProcess process = start(name, java(command), Map.of(), port);
        peers.add(new Peer(name, completions(port), process, Map.of(), MODEL));
    }

    private static String fileName(String name) {
        return name.replaceAll("[ ,]+", "-");
    }

    private ServerProcess start(String name, List<String> command, Map<String, String> environment, int port)
            throws IOException, InterruptedException {
        Path log = folder.resolve(fileName(name) + ".log");
        ChildProcess child = ChildProcess.start(name, command, environment, port, log);
        children.add(child);
        return child.process();
    }

    private List<String> java(List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(arguments);
        return command;
    }

    private String provider(String id, String path) {
        return """
            # yaml-language-server: $schema=../provider.schema.json
            id: %s
            name: Pretend upstream
            website: https://example.com/
            baseUrl: http://127.0.0.1:%d%s/v1
            auth: {header: Authorization, prefix: "Bearer ", env: PRETEND_API_KEY}
            dialects: {openai-chat: /chat/completions}
            models: [{id: %s, price: {input: 1, output: 10}}]
            """.formatted(id, upstreamPort, path, MODEL);
    }

    private static URI completions(int port) {
        return URI.create("http://127.0.0.1:" + port + "/v1/chat/completions");
    }
}
