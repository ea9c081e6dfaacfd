package dev.serai.sandbox;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import dev.serai.access.Secret;
import dev.serai.gateway.ClientCall;
import dev.serai.gateway.GatewayComponent;
import dev.serai.gateway.GatewayOptions;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** The shipped sandbox routes on any free port, in a context with nothing else, and clients to call them. */
final class RunningSandbox implements AutoCloseable {
    /** What became of a call. */
    enum Ending {
        ANSWERED,
        CLIENT_LEFT
    }

    static final String KEY = "sandbox-key";

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Vertx vertx = Vertx.vertx();
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final BlockingQueue<Ending> endings = new LinkedBlockingQueue<>();
    private final GatewayComponent component;
    private final HttpClient http = HttpClient.newHttpClient();

    /** @param timing how long the pretend models take: a test has less patience than a demonstration */
    RunningSandbox(Timing timing) throws Exception {
        component = new GatewayComponent(vertx, GatewayOptions.on("127.0.0.1", 0), Sandbox.errors(), this::ended);
        camel.addComponent("sandbox", component);
        Sandbox.beans(new Secret(KEY), timing).forEach(camel.getRegistry()::bind);
        PluginHelper.getRoutesLoader(camel)
                .loadRoutes(ResourceHelper.resolveResource(
                        camel, "file:" + Path.of("routes/sandbox.camel.yaml").toAbsolutePath()));
        camel.start();
    }

    private void ended(ClientCall call, Exchange exchange) {
        endings.add(call.isGone() ? Ending.CLIENT_LEFT : Ending.ANSWERED);
    }

    OpenAIClient openai() {
        return openai(KEY);
    }

    /** A client that refuses any answer which is not exactly as its types say. */
    OpenAIClient openai(String key) {
        return OpenAIOkHttpClient.builder()
                .baseUrl(url("/v1"))
                .apiKey(key)
                .responseValidation(true)
                .maxRetries(0)
                .timeout(PATIENCE)
                .build();
    }

    AnthropicClient anthropic() {
        return anthropic(KEY);
    }

    AnthropicClient anthropic(String key) {
        return AnthropicOkHttpClient.builder()
                .baseUrl(url(""))
                .apiKey(key)
                .responseValidation(true)
                .maxRetries(0)
                .timeout(PATIENCE)
                .build();
    }

    /** The answer to a bare request with the right key. */
    HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
        return http.send(request(path, json), BodyHandlers.ofString());
    }

    HttpRequest request(String path, String json) {
        return HttpRequest.newBuilder(URI.create(url(path)))
                .timeout(PATIENCE)
                .header("authorization", "Bearer " + KEY)
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(json))
                .build();
    }

    int port() {
        return component.port();
    }

    /** Waits for the next call to end. */
    Ending nextEnding() throws InterruptedException {
        Ending ending = endings.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        return Objects.requireNonNull(ending, "no call ended in time");
    }

    private String url(String path) {
        return "http://127.0.0.1:" + component.port() + path;
    }

    @Override
    public void close() throws IOException {
        camel.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
