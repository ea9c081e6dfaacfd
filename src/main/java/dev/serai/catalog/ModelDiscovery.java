package dev.serai.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.access.Credential;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a provider which models it serves: {@code GET {baseUrl}/models}, the OpenAI list. Meant for servers whose models
 * are whatever somebody loaded, and which are often not running at all; so it is quick to give up and never fails.
 * Thread-safe.
 */
public final class ModelDiscovery {
    private static final Logger LOG = LoggerFactory.getLogger(ModelDiscovery.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_BODY_BYTES = 4 * 1024 * 1024;
    private static final int MAX_MODELS = 10_000;

    private final HttpClient client;
    private final Duration patience;

    public ModelDiscovery() {
        this(Duration.ofMillis(500));
    }

    /** @param patience how long connecting, and the whole exchange, may take */
    ModelDiscovery(Duration patience) {
        this.patience = patience;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(patience)
                .build();
    }

    /**
     * Asks all providers of a catalog that want to be asked, all at once. Blocks until the last has answered or was given up.
     *
     * @param credentials what to authenticate with; a provider whose key is missing is asked without one
     * @return the models that each has, by its id; none for one that could not be asked
     */
    public Map<String, List<Model>> ask(Catalog catalog, Function<Provider, Optional<Credential>> credentials) {
        Map<String, CompletableFuture<List<Model>>> asked = new LinkedHashMap<>();
        for (Provider provider : catalog.providers()) {
            if (provider.discoverModels()) {
                Credential credential = credentials.apply(provider).orElse(new Credential.None());
                asked.put(provider.id(), ask(provider, credential));
            }
        }
        Map<String, List<Model>> answers = new LinkedHashMap<>();
        asked.forEach((id, answer) -> answers.put(id, answer.join()));
        return answers;
    }

    /**
     * The ids that the provider gives, in its order; empty if it cannot be reached or gives no such list (the log says
     * why at debug). The future never fails.
     */
    public CompletableFuture<List<Model>> ask(Provider provider, Credential credential) {
        return send(provider, credential).thenApply(ModelDiscovery::models).exceptionally(failure -> {
            LOG.atDebug()
                    .addKeyValue("provider", provider.id())
                    .addKeyValue("reason", reason(failure))
                    .log("no models discovered");
            return List.of();
        });
    }

    private CompletableFuture<HttpResponse<byte[]>> send(Provider provider, Credential credential) {
        HttpRequest request;
        try {
            request = request(provider, credential);
        } catch (IllegalArgumentException e) {
            return CompletableFuture.failedFuture(e);
        }
        CompletableFuture<HttpResponse<byte[]>> reply =
                client.sendAsync(request, answer -> new CappedBody(MAX_BODY_BYTES));
        // The request's own timeout ends with the headers; a body that trickles in would go on for ever.
        CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> reply.cancel(true));
        return reply;
    }

    /** @throws IllegalArgumentException if a header of the provider's is one that the client does not send */
    private HttpRequest request(Provider provider, Credential credential) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(provider.url("/models")))
                .timeout(patience)
                .header("Accept", "application/json");
        provider.headers().forEach(request::setHeader);
        if (credential instanceof Credential.Header key) {
            request.setHeader(key.header(), key.prefix() + key.value().reveal());
        }
        return request.build();
    }

    private static List<Model> models(HttpResponse<byte[]> reply) {
        if (reply.statusCode() != 200) {
            throw new CompletionException(new IOException("status " + reply.statusCode()));
        }
        JsonNode list;
        try {
            list = JSON.readTree(reply.body()).path("data");
        } catch (IOException e) {
            throw new CompletionException(new IOException("not JSON", e));
        }
        if (!list.isArray()) {
            throw new CompletionException(new IOException("no list of models"));
        }
        Set<String> ids = new LinkedHashSet<>();
        list.forEach(
                model -> ids.add(model.path("id").isTextual() ? model.path("id").textValue() : ""));
        return ids.stream()
                .filter(id -> !id.isBlank() && id.length() <= 200)
                .limit(MAX_MODELS)
                .map(Model::new)
                .toList();
    }

    private static String reason(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause.toString();
    }
}
