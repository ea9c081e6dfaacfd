package dev.serai.gateway;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerResponse;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which headers pass between a connection and a message. */
final class RequestHeaders {
    private static final Logger LOG = LoggerFactory.getLogger(RequestHeaders.class);

    /** Belong to the connection or are set by the server itself. */
    private static final Set<String> NOT_WRITTEN = Set.of(
            "connection",
            "content-length",
            "date",
            "host",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private RequestHeaders() {}

    /**
     * All headers of a request but those that would steer Camel, and those that the client names in {@code Connection}: they are
     * for this connection alone (RFC 9110, 7.6.1). A repeated header becomes a list with commas (RFC 9110, 5.3).
     *
     * @return the values as they stand in the message now, for {@link #writeReply} to know again
     */
    static Object[] copy(MultiMap headers, Message message) {
        Map<String, Object> copied = message.getHeaders();
        for (Map.Entry<String, String> header : headers) {
            String name = header.getKey();
            if (!isCamel(name)) {
                copied.merge(name, header.getValue(), (before, next) -> before + ", " + next);
            }
        }
        if (copied.get("connection") instanceof String options && !options.equalsIgnoreCase("keep-alive")) {
            for (String name : options.split(",", -1)) {
                copied.remove(name.strip());
            }
        }
        return copied.values().toArray();
    }

    /**
     * The message's headers as the response's. What a client sent is never sent back, however carelessly a route leaves it in the
     * message: a header still holding the very object that came in is an echo, not an answer. One that HTTP forbids is left out, and
     * the log says so: an answer without it is better than none.
     */
    static void writeReply(Message message, HttpServerResponse response, Object[] sent) {
        if (!message.hasHeaders()) {
            return;
        }
        for (Map.Entry<String, Object> header : message.getHeaders().entrySet()) {
            String name = header.getKey();
            Object value = header.getValue();
            if (value != null && !isCamel(name) && !isNotWritten(name) && !isEcho(value, sent)) {
                put(response, name, value.toString());
            }
        }
    }

    private static void put(HttpServerResponse response, String name, String value) {
        try {
            response.putHeader(name, value);
        } catch (IllegalArgumentException e) { // it quotes the value, which may be anything
            LOG.atWarn().addKeyValue("header", name).log("A header is not sent: HTTP forbids a character in it");
        }
    }

    @SuppressWarnings("ReferenceEquality") // identity is the point: an equal value that a route set itself is an answer
    private static boolean isEcho(Object value, Object[] sent) {
        for (Object known : sent) {
            if (known == value) {
                return true;
            }
        }
        return false;
    }

    private static boolean isCamel(@Nullable String name) {
        return name == null || name.regionMatches(true, 0, "Camel", 0, 5);
    }

    private static boolean isNotWritten(String name) {
        return NOT_WRITTEN.contains(name.toLowerCase(Locale.ROOT));
    }
}
