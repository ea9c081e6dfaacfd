package dev.serai;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import dev.serai.access.BootstrapKey;
import dev.serai.gateway.GatewayComponent;
import dev.serai.testing.RawClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.main.Main;
import org.jspecify.annotations.Nullable;

/**
 * The whole of Serai on real ports, as its program boots it, and clients to call it. What a user would put beside the jar lies in
 * one folder: {@code config/} and {@code routes/}, both optional.
 */
public final class RunningSerai implements AutoCloseable {
    /** The one access key that it takes. */
    public static final String KEY = "bootstrap-key-of-the-journeys";

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final int adminPort = freePort();
    private final HttpClient http = HttpClient.newHttpClient();
    private final SeraiConfiguration serai;
    private final Main main;

    /**
     * Boots and waits until it is up.
     *
     * @param folder      its home, and where it looks for {@code config/} and {@code routes/}
     * @param environment over what every such start needs
     */
    public RunningSerai(Path folder, Map<String, String> environment) throws Exception {
        Map<String, String> variables = new HashMap<>(Map.of(
                "SERAI_HOME",
                folder.resolve("home").toString(),
                "SERAI_HOST",
                "127.0.0.1",
                "SERAI_PORT",
                "0",
                "SERAI_ADMIN_PORT",
                Integer.toString(adminPort),
                BootstrapKey.VARIABLE,
                KEY));
        variables.putAll(environment);
        serai = new SeraiConfiguration(
                Settings.read(variables, ifThere(folder.resolve("routes")), ifThere(folder.resolve("config"))));
        main = Serai.boot(serai);
        main.start();
    }

    private static @Nullable Path ifThere(Path folder) {
        return Files.isDirectory(folder) ? folder : null;
    }

    /** A port that was free a moment ago. */
    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    public int port() {
        return serai.port();
    }

    public OpenAIClient openai() {
        return openai(KEY);
    }

    /** A client that refuses any answer which is not exactly as its types say, and never tries again. */
    public OpenAIClient openai(String key) {
        return OpenAIOkHttpClient.builder()
                .baseUrl(url("/v1"))
                .apiKey(key)
                .responseValidation(true)
                .maxRetries(0)
                .timeout(PATIENCE)
                .build();
    }

    public AnthropicClient anthropic() {
        return anthropic(KEY);
    }

    /** A client that refuses any answer which is not exactly as its types say, and never tries again. */
    public AnthropicClient anthropic(String key) {
        return AnthropicOkHttpClient.builder()
                .baseUrl(url(""))
                .apiKey(key)
                .responseValidation(true)
                .maxRetries(0)
                .timeout(PATIENCE)
                .build();
    }

    /** A client that sends what no library would. */
    public RawClient raw() throws IOException {
        return new RawClient(port());
    }

    /** The answer to a request with the right key and a JSON body. */
    public HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
        return send(request(path)
                .header("authorization", "Bearer " + KEY)
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(json)));
    }

    /** A request without a key. */
    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url(path))).timeout(PATIENCE);
    }

    public HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    /** What the admin port says. */
    public HttpResponse<String> admin(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + adminPort + path)));
    }

    /** Whether every call, in the sandbox too, ends within a second: the last byte is read a moment before its call is over. */
    public boolean isIdleWithinASecond() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
        while (openCalls() > 0) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            LockSupport.parkNanos(1_000_000);
        }
        return true;
    }

    private int openCalls() {
        return component("gateway").openCalls() + component("sandbox").openCalls();
    }

    private GatewayComponent component(String name) {
        return main.getCamelContext().getComponent(name, GatewayComponent.class);
    }

    private String url(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    @Override
    public void close() {
        main.stop();
        serai.close();
    }
}
