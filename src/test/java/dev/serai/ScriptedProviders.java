package dev.serai;

import dev.serai.testing.RawClient;
import dev.serai.testing.RawServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Serai with every provider and preset that is shipped, each as it is but for its host: all requests go to one scripted server,
 * and the base URL where they would have gone stands at the beginning of their path.
 */
final class ScriptedProviders implements AutoCloseable {
    private static final Path PROVIDERS = Path.of("config/providers");
    private static final Path PRESETS = Path.of("config/presets");
    private static final Pattern HOST = Pattern.compile("(?m)^( *baseUrl: )(https?)://([^/\\s?]+)");
    private static final Pattern KEY = Pattern.compile("\\benv: ([A-Z_]+)");

    /** What the variables in base URLs stand for. */
    private static final Map<String, String> VARIABLES =
            Map.of("AWS_REGION", "eu-west-1", "GOOGLE_VERTEX_PROJECT", "my-project");

    /** It runs inside Serai, which makes its key and its port. */
    private static final String SANDBOX = "sandbox";

    private final RawServer server;
    private final RunningSerai serai;
    private volatile String answer = "";

    /** @param own provider files that are no shipped ones, by id; their base URLs are redirected too */
    ScriptedProviders(Path home, Map<String, String> own) throws Exception {
        server = RawServer.start(connection -> {
            while (connection.hasRequest()) {
                connection.write(answer);
            }
        });
        RunningSerai.Setup setup = RunningSerai.in(home);
        VARIABLES.forEach(setup::with);
        setup.with("SERAI_PRESETS", String.join(",", completePresets()));
        for (Map.Entry<String, String> file : files().entrySet()) {
            KEY.matcher(file.getValue()).results().forEach(key -> setup.with(key.group(1), valueOf(key.group(1))));
            setup.withConfigFile(file.getKey(), redirected(file.getValue()));
        }
        for (Map.Entry<String, String> file : own.entrySet()) {
            setup.withProviderFile(file.getKey(), redirected(file.getValue()));
        }
        serai = setup.start();
    }

    private String redirected(String file) {
        return HOST.matcher(file).replaceAll("$1" + server.url() + "/$2/$3");
    }

    /** The value of a variable that holds a key. */
    static String valueOf(String variable) {
        return "the-value-of-" + variable;
    }

    /** The shipped files by their names below the folder of the configuration. */
    private static Map<String, String> files() {
        Map<String, String> files = new TreeMap<>();
        for (Path folder : List.of(PROVIDERS, PRESETS)) {
            for (String id : ids(folder)) {
                if (!id.equals(SANDBOX)) {
                    files.put(folder.getFileName() + "/" + id + ".yaml", text(folder, id));
                }
            }
        }
        return files;
    }

    private static List<String> ids(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString().replace(".yaml", ""))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path folder, String id) {
        try {
            return Files.readString(folder.resolve(id + ".yaml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> completePresets() {
        return ids(PRESETS).stream()
                .filter(id -> !text(PRESETS, id).contains("\nneeds:"))
                .toList();
    }

    /** The ids of all shipped providers and presets but the sandbox. */
    static List<String> shipped() {
        List<String> ids = new ArrayList<>(ids(PROVIDERS));
        ids(PRESETS).stream().filter(id -> !ids.contains(id)).forEach(ids::add);
        ids.remove(SANDBOX);
        return ids;
    }

    RunningSerai serai() {
        return serai;
    }

    /** Sends a request to Serai, whose provider will give this answer. */
    RawClient.Response send(String path, String body, String providersAnswer, String... headers) throws IOException {
        answer = providersAnswer;
        return serai.post(path, body, headers);
    }

    /** What the provider got last. */
    RawServer.Received received() {
        return server.received().get(server.received().size() - 1);
    }

    int requests() {
        return server.received().size();
    }

    /** Where it would have gone. */
    static String url(RawServer.Received request) {
        String target = request.head().split(" ", 3)[1];
        MatchResult parts = Pattern.compile("/(https?)/(.*)")
                .matcher(target)
                .results()
                .findFirst()
                .orElseThrow();
        return parts.group(1) + "://" + parts.group(2);
    }

    String host() {
        return "127.0.0.1:" + server.port();
    }

    @Override
    public void close() {
        serai.close();
        server.close();
    }
}
