package dev.serai.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls the management API. Each method blocks for a minute at most. Follows no redirect, so that the key goes nowhere else. */
public final class ApiClient {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int MAX_BYTES = 16 << 20;
    private static final int PAGE = 100;
    private static final int SUCCESS_END = 300;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ApiAddress address;
    private final @Nullable String account;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    /** @param account whose objects are meant; null for those of the key's account */
    public ApiClient(ApiAddress address, @Nullable String account) {
        this.address = address;
        this.account = account;
    }

    /** The path of an object below a list, whatever its id is made of. */
    public static String path(String list, String id) {
        return list + "/" + URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** All objects of a list, page by page. */
    public List<JsonNode> list(String path) throws CallException {
        return list(path, Integer.MAX_VALUE);
    }

    /**
     * The newest objects of a list.
     *
     * @param most how many
     */
    public List<JsonNode> list(String path, int most) throws CallException {
        List<JsonNode> items = new ArrayList<>();
        String page = ofAccount(path + "?limit=" + Math.min(most, PAGE));
        while (!page.isEmpty() && items.size() < most) {
            JsonNode body = send("GET", page, null, null).body();
            body.path("items").forEach(items::add);
            page = body.path("nextPageUri").asText("");
            if (!page.isEmpty() && !page.startsWith("/api/")) {
                throw strange(SUCCESS_END - 1);
            }
        }
        return items.subList(0, Math.min(most, items.size()));
    }

    public ApiAnswer get(String path) throws CallException {
        return send("GET", ofAccount(path), null, null);
    }

    public ApiAnswer post(String path, JsonNode body) throws CallException {
        return send("POST", ofAccount(path), body, null);
    }

    /** @param etag of the object as it was seen */
    public ApiAnswer post(String path, JsonNode body, String etag) throws CallException {
        return send("POST", ofAccount(path), body, etag);
    }

    /** @param etag of the object as it was seen; empty if any will do */
    public ApiAnswer patch(String path, JsonNode body, String etag) throws CallException {
        return send("PATCH", ofAccount(path), body, etag);
    }

    /** @param etag of the object as it was seen; empty if any will do */
    public void delete(String path, String etag) throws CallException {
        send("DELETE", ofAccount(path), null, etag);
    }

    private String ofAccount(String path) {
        return account == null
                ? path
                : path + (path.contains("?") ? "&" : "?") + "account="
                        + URLEncoder.encode(account, StandardCharsets.UTF_8);
    }

    private ApiAnswer send(String method, String path, @Nullable JsonNode body, @Nullable String etag)
            throws CallException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address.base() + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + address.key().reveal())
                .header("Accept", "application/json");
        if (body == null) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json")
                    .method(method, HttpRequest.BodyPublishers.ofString(body.toString()));
        }
        if (etag != null && !etag.isEmpty()) {
            request.header("If-Match", etag);
        }
        try {
            return answer(http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream()));
        } catch (HttpTimeoutException e) {
            throw new CallException(0, "The management API at " + address.base() + " did not answer in time.");
        } catch (IOException e) {
            throw new CallException(
                    0,
                    "No management API answers at " + address.base()
                            + ". Start Serai there, or say with --url or SERAI_API_URL where its admin port is.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CallException(0, "The call was interrupted.");
        }
    }

    private ApiAnswer answer(HttpResponse<InputStream> response) throws IOException, CallException {
        byte[] bytes;
        try (InputStream in = response.body()) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        }
        int status = response.statusCode();
        JsonNode body = bytes.length > MAX_BYTES ? null : json(bytes);
        if (status < SUCCESS_END && body != null && (body.isObject() || bytes.length == 0)) {
            return new ApiAnswer(body, response.headers().firstValue("etag").orElse(""));
        }
        throw body == null || !body.has("errorCode") ? strange(status) : new CallException(status, said(body));
    }

    private static @Nullable JsonNode json(byte[] bytes) throws IOException {
        try {
            return bytes.length == 0 ? MissingNode.getInstance() : JSON.readTree(bytes);
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private CallException strange(int status) {
        return new CallException(
                status,
                "What answers at " + address.base() + " (status " + status
                        + ") is no management API. Say with --url or SERAI_API_URL where Serai's admin port is.");
    }

    /** The message, and a line for each detail that it does not tell already. */
    private static String said(JsonNode refusal) {
        StringBuilder said = new StringBuilder(refusal.path("msg").asText());
        for (JsonNode detail : refusal.path("details")) {
            String text = detail.isTextual() ? detail.textValue() : detail.toString();
            if (said.indexOf(text) < 0) {
                said.append("\n  ").append(text);
            }
        }
        return said.toString();
    }
}
