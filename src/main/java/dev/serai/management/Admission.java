package dev.serai.management;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.serai.control.Account;
import dev.serai.store.IdempotencyTable;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * Whether a call may be served: who calls, what the route permits, and what exactly is asked. Each step refuses with an
 * {@link ApiException}, and nothing that a step did not admit goes on.
 */
final class Admission {
    /** Who calls, a {@link Caller}; set by {@code authenticate-api-key}. */
    static final String CALLER = "apiCaller";
    /** Whose objects are meant, the id of an account; set by {@code check-permission}. */
    static final String ACCOUNT = "apiAccount";
    /** What is asked, a {@link Call}; set by {@code read-call}. */
    static final String CALL = "apiCall";

    private static final String AUTHORIZATION = "Authorization";
    private static final String BEARER = "Bearer ";
    private static final Set<String> OF_LISTS = Set.of("limit", "cursor");
    /** Parameters that single operations know. */
    static final Map<String, List<String>> OF_ONE = Map.of(
            "list-api-keys", List.of("role"),
            "list-catalog-models", List.of("provider"),
            "describe-effective-config", List.of("accessKeyId"),
            "list-usage-events",
                    List.of("from", "to", "accessKeyId", "provider", "model", "retries", "final", "format"),
            "get-usage-overview", List.of("from", "to", "by", "format"),
            "get-usage-chart", List.of("from", "to", "by"));

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(64)
                            .maxNumberLength(100)
                            .build())
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final ControlPlane plane;
    private final ApiKeyCheck keys;
    private final Operations operations;

    Admission(ControlPlane plane, ApiKeyCheck keys, Operations operations) {
        this.plane = plane;
        this.keys = keys;
        this.operations = operations;
    }

    /** Who calls. A key counts in the header alone: URLs end up in logs. */
    void authenticate(Exchange exchange) {
        Object header = exchange.getMessage().getHeader(AUTHORIZATION);
        boolean inQuery = Query.parse(rawQuery(exchange)).keySet().stream().anyMatch(AUTHORIZATION::equalsIgnoreCase);
        String token = header instanceof String text && !inQuery && text.regionMatches(true, 0, BEARER, 0, 7)
                ? text.substring(BEARER.length()).strip()
                : null;
        exchange.setVariable(CALLER, keys.authenticate(token, plane.store()));
    }

    /** What is not permitted is refused; an account that is not the caller's is as absent as one that never was. */
    void permit(Exchange exchange) {
        Operation operation = operations.of(exchange);
        Caller caller = require(exchange, CALLER, Caller.class);
        if (operation.role() == null) {
            throw new ApiException(ApiError.NOT_PERMITTED, "Its route does not say who may do this, so nobody may.");
        }
        if (!caller.may(operation.role())) {
            throw new ApiException(
                    ApiError.NOT_PERMITTED,
                    "This takes an API key with the role " + operation.role().label() + "; this one is a key of a"
                            + (caller.role().label().matches("[aeiou].*") ? "n " : " ")
                            + caller.role().label() + ".");
        }
        String named = Query.parse(rawQuery(exchange)).get(Call.ACCOUNT);
        exchange.setVariable(ACCOUNT, account(caller, named));
    }

    private String account(Caller caller, @Nullable String named) {
        String own = caller.accountId();
        if (own != null) {
            if (named != null && !named.equals(own)) {
                throw ApiException.absent();
            }
            return own;
        }
        if (named != null
                && plane.store()
                        .read(session -> session.accounts().find(named, named))
                        .isEmpty()) {
            throw new ApiException(ApiError.NOT_FOUND, "There is no such account.");
        }
        return named == null ? Account.DEFAULT : named;
    }

    /** What is asked, strictly: no parameter, header or field that is not understood is passed over. */
    void read(Exchange exchange) {
        Message message = exchange.getMessage();
        Operation operation = operations.of(exchange);
        Caller caller = require(exchange, CALLER, Caller.class);
        String account = require(exchange, ACCOUNT, String.class);
        String path = String.valueOf(message.getHeader(Exchange.HTTP_PATH));
        Map<String, String> query = Query.parse(rawQuery(exchange));
        Query.requireKnown(query, known(operation));
        byte[] body = message.getBody(byte[].class);
        byte[] bytes = body == null ? new byte[0] : body;
        exchange.setVariable(
                CALL,
                new Call(
                        operation,
                        caller,
                        account,
                        operation.hasId() ? operation.idIn(path).orElseThrow(ApiException::absent) : null,
                        query,
                        body(operation, text(message, Exchange.CONTENT_TYPE), bytes),
                        new Conditions(text(message, "If-Match"), text(message, "If-None-Match")),
                        repetition(
                                operation,
                                caller,
                                text(message, "Idempotency-Key"),
                                String.join("\0", path, account, new String(bytes, StandardCharsets.UTF_8)))));
    }

    private static Set<String> known(Operation operation) {
        Set<String> known = new HashSet<>(Set.of(Call.ACCOUNT));
        if (operation.isList()) {
            known.addAll(OF_LISTS);
        }
        known.addAll(OF_ONE.getOrDefault(operation.id(), List.of()));
        return known;
    }

    private static @Nullable JsonNode body(Operation operation, @Nullable String contentType, byte[] bytes) {
        if (operation.bodySchema() == null) {
            if (bytes.length > 0) {
                throw ApiException.invalid("the body must be empty: " + operation.id() + " takes none");
            }
            return null;
        }
        if (contentType == null
                || !contentType.toLowerCase(Locale.ROOT).matches("application/(json|merge-patch\\+json)\\s*(;.*)?")) {
            throw new ApiException(
                    ApiError.UNSUPPORTED_MEDIA_TYPE, "Send JSON, with 'Content-Type: application/json'.");
        }
        try {
            // Jackson alone would let pass what no encoder writes, such as a slash in two bytes.
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            JsonNode json = JSON.readTree(text);
            if (json == null || !json.isObject()) {
                throw ApiException.invalid("the body must be an object");
            }
            return json;
        } catch (JsonProcessingException e) {
            // Jackson quotes what it cannot read, which may be a secret; the name of a field is none.
            String reason = e.getOriginalMessage().startsWith("Duplicate field")
                    ? "names a field twice"
                    : "cannot be read as JSON";
            JsonLocation at = e.getLocation();
            throw ApiException.invalid("the body " + reason
                    + (at == null ? "" : ", at line " + at.getLineNr() + ", column " + at.getColumnNr()));
        } catch (CharacterCodingException e) {
            throw ApiException.invalid("the body is not encoded in UTF-8");
        }
    }

    private @Nullable Repetition repetition(Operation operation, Caller caller, @Nullable String key, String request) {
        if (key == null || !operation.method().equals("POST")) {
            return null;
        }
        try {
            IdempotencyTable.owner(caller.keyId(), key);
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid(String.valueOf(e.getMessage()));
        }
        // Keyed, because the body may hold a value that could be guessed.
        return new Repetition(
                key, plane.pepper().hash(operation.id() + "\0" + request).hex());
    }

    private static @Nullable String text(Message message, String header) {
        Object value = message.getHeader(header);
        return value == null
                ? null
                : value instanceof String one ? one : String.join(",", message.getHeader(header, String[].class));
    }

    private static @Nullable String rawQuery(Exchange exchange) {
        return exchange.getMessage().getHeader(Exchange.HTTP_RAW_QUERY, String.class);
    }

    static <T> T require(Exchange exchange, String variable, Class<T> type) {
        T value = exchange.getVariable(variable, type);
        if (value == null) {
            throw new IllegalStateException(
                    "the variable " + variable + " is not set; the step that sets it was left out");
        }
        return value;
    }
}
