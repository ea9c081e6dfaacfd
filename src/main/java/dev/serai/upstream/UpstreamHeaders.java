package dev.serai.upstream;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.RequestOptions;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** Which headers pass between a message and the connection to a provider. */
final class UpstreamHeaders {
    /** Belong to one connection (RFC 9110, 7.6.1) or are set by the client itself. */
    private static final Set<String> CONNECTION = Set.of(
            "accept-encoding",
            "connection",
            "content-encoding",
            "content-length",
            "expect",
            "host",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private UpstreamHeaders() {}

    /**
     * The message's headers as the request's. Compression is accepted but not asked for: it would hold back small events.
     *
     * @throws IllegalArgumentException if a header cannot be sent
     */
    static void write(Message message, RequestOptions request) {
        MultiMap headers = HttpHeaders.headers();
        for (Map.Entry<String, Object> header : message.getHeaders().entrySet()) {
            if (header.getValue() != null && passes(header.getKey())) {
                set(headers, header.getKey(), header.getValue().toString());
            }
        }
        headers.set("accept-encoding", "identity");
        request.setHeaders(headers);
    }

    private static void set(MultiMap headers, String name, String value) {
        try {
            headers.set(name, value);
        } catch (IllegalArgumentException e) { // it quotes the value, which may be a key
            String shown = name.replaceAll("[^\\x21-\\x7e]", "?");
            throw new IllegalArgumentException("upstream: HTTP forbids a character in the header " + shown);
        }
    }

    /**
     * After the call the message carries the answer's headers alone: nothing of the request can leak into the reply. What the provider
     * names in {@code Connection} is for that connection alone.
     */
    static void replaceWithReply(Message message, HttpClientResponse response) {
        message.getHeaders().clear();
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, response.statusCode());
        Set<String> nominated = nominated(response);
        for (Map.Entry<String, String> header : response.headers()) {
            if (passes(header.getKey()) && !nominated.contains(header.getKey().toLowerCase(Locale.ROOT))) {
                message.setHeader(header.getKey(), header.getValue());
            }
        }
    }

    /** The answer's headers, names in lower case, without those of the connection; of a repeated one the first. */
    static Map<String, String> ofReply(HttpClientResponse response) {
        Set<String> nominated = nominated(response);
        Map<String, String> headers = new HashMap<>();
        response.headers().forEach((name, value) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (passes(lower) && !nominated.contains(lower)) {
                headers.putIfAbsent(lower, value);
            }
        });
        return Map.copyOf(headers);
    }

    /** What the answer names in {@code Connection}, in lower case. */
    private static Set<String> nominated(HttpClientResponse response) {
        List<String> lines = response.headers().getAll("connection");
        if (lines.isEmpty()) {
            return Set.of();
        }
        Set<String> names = new HashSet<>();
        for (String options : lines) {
            for (String name : options.split(",", -1)) {
                names.add(name.strip().toLowerCase(Locale.ROOT));
            }
        }
        return names;
    }

    private static boolean passes(String name) {
        return !name.regionMatches(true, 0, "Camel", 0, 5) && !CONNECTION.contains(name.toLowerCase(Locale.ROOT));
    }
}
