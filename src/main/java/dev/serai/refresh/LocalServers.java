package dev.serai.refresh;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.catalog.CappedBody;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Looks for servers of models on this machine: asks the usual ports for {@code /v1/models}, all at once. Thread-safe. */
public final class LocalServers {
    private static final int MAX_BYTES = 4 << 20;

    /** A header that is in every answer of a Serai, which is no provider of models to itself. */
    private static final String OF_SERAI = "x-serai-request-id";

    private final List<LocalServer> kinds;
    private final Duration patience;
    private final HttpClient client;

    /** @param patience how long a server may take to answer */
    public LocalServers(List<LocalServer> kinds, Duration patience) {
        this.kinds = List.copyOf(kinds);
        this.patience = patience;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(patience)
                .build();
    }

    /** Who answers, in the order of the kinds. Blocks until the last has answered or was given up; never fails. */
    public List<FoundServer> find() {
        Map<Integer, CompletableFuture<Optional<FoundServer>>> asked = new LinkedHashMap<>();
        kinds.forEach(kind -> asked.computeIfAbsent(kind.port(), this::ask));
        return asked.values().stream().flatMap(answer -> answer.join().stream()).toList();
    }

    private CompletableFuture<Optional<FoundServer>> ask(int port) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/models"))
                .timeout(patience)
                .header("Accept", "application/json")
                .build();
        CompletableFuture<HttpResponse<byte[]>> reply = client.sendAsync(request, answer -> new CappedBody(MAX_BYTES));
        // The request's own timeout ends with the headers; a body that trickles in would go on for ever.
        CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> reply.cancel(true));
        return reply.thenApply(answer -> read(port, answer)).exceptionally(failure -> Optional.empty());
    }

    private Optional<FoundServer> read(int port, HttpResponse<byte[]> answer) {
        URI baseUrl = URI.create("http://127.0.0.1:" + port + "/v1");
        if (answer.headers().firstValue(OF_SERAI).isPresent()) {
            return Optional.empty();
        }
        // Not 403, which is what a computer says on port 5000 that is also a loudspeaker.
        if (answer.statusCode() == 401) {
            return Optional.of(new FoundServer(LocalServer.recognise(kinds, port, ""), baseUrl, Map.of(), true));
        }
        if (answer.statusCode() != 200) {
            return Optional.empty();
        }
        try {
            ListDocument document = ListDocument.parse(answer.body());
            Map<String, Map<String, JsonNode>> models = new LinkedHashMap<>();
            document.models("", baseUrl.toString()).models().forEach(model -> models.put(model.id(), model.facts()));
            LocalServer kind = LocalServer.recognise(kinds, port, document.owner());
            return Optional.of(new FoundServer(kind, baseUrl, models, false));
        } catch (ListException notAListOfModels) {
            return Optional.empty();
        }
    }
}
