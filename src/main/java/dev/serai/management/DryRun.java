package dev.serai.management;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.access.Secret;
import dev.serai.access.Secrets;
import dev.serai.control.CustomProvider;
import dev.serai.store.Fields;
import dev.serai.upstream.ProviderHosts;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * Asks a provider that is not kept yet for its list of models: {@code POST /api/providers/check}. The route sends the request, to
 * addresses that {@link ProviderHosts} allows, and follows no redirect.
 */
final class DryRun {
    private static final int OK = 200;
    private static final int MAX_LIST_BYTES = 2 << 20;
    private static final int MAX_MODELS = 1_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ProviderResource providers;
    private final ProviderHosts hosts;
    private final Secrets masked;

    DryRun(ProviderResource providers, ProviderHosts hosts, Secrets masked) {
        this.providers = providers;
        this.hosts = hosts;
        this.masked = masked;
    }

    /**
     * What is asked.
     *
     * @param value of its key; null for none
     */
    private record Asked(CustomProvider provider, @Nullable Secret value) {}

    /** The body becomes the request that {@code camel-http} sends. */
    void address(Exchange exchange) {
        Call call = Admission.require(exchange, Admission.CALL, Call.class);
        Asked asked = call.read(fields -> new Asked(providers.of(fields, call), value(fields)));
        CustomProvider provider = asked.provider();
        hosts.check(provider.baseUrl());
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        // None of them is an order to Camel, see CustomProvider.
        provider.headers().forEach(message::setHeader);
        message.setHeader("Accept", "application/json");
        CustomProvider.Auth auth = provider.auth();
        if (auth != null && asked.value() != null) {
            message.setHeader(auth.header(), auth.prefix() + asked.value().reveal());
        }
        message.setHeader(Exchange.HTTP_METHOD, "GET");
        message.setHeader(Exchange.HTTP_URI, provider.baseUrl().toString().replaceFirst("/+$", "") + "/models");
        if (!provider.query().isEmpty()) {
            message.setHeader(Exchange.HTTP_QUERY, query(provider));
        }
        message.setBody(null);
    }

    private static @Nullable Secret value(Fields fields) {
        String text = fields.text("value");
        if (text == null || text.isBlank()) {
            return null;
        }
        if (!text.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new IllegalArgumentException("value must have visible ASCII characters, and no others");
        }
        // Not registered for masking: that has limited room, and nothing that is logged holds it.
        return new Secret(text);
    }

    private static String query(CustomProvider provider) {
        return new TreeMap<>(provider.query())
                .entrySet().stream()
                        .map(one -> encoded(one.getKey()) + "=" + encoded(one.getValue()))
                        .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** It answered. */
    void take(Exchange exchange) throws IOException {
        int status = exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
        byte[] text;
        try (InputStream body = exchange.getMessage().getBody(InputStream.class)) {
            text = body == null ? new byte[0] : body.readNBytes(MAX_LIST_BYTES + 1);
        }
        ObjectNode json = Shapes.object().put("answers", true).put("status", status);
        JsonNode list = status == OK && text.length <= MAX_LIST_BYTES ? list(text) : null;
        if (list == null) {
            json.put("reason", status == OK ? "Its answer is no list of models." : "It refused to list its models.");
        }
        ArrayNode models = json.putArray("models");
        if (list != null) {
            for (JsonNode model : list) {
                JsonNode id = model.path("id");
                if (id.isTextual() && models.size() < MAX_MODELS) {
                    models.add(id);
                }
            }
        }
        Replies.write(Reply.ok(json), exchange);
    }

    private static @Nullable JsonNode list(byte[] text) throws IOException {
        try {
            JsonNode data = JSON.readTree(text).path("data");
            return data.isArray() ? data : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    /** It could not be asked. */
    void noteFailure(Exchange exchange) {
        Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        ObjectNode json = Shapes.object()
                .put("answers", false)
                .put("reason", masked.redact(String.valueOf(failure.getMessage())));
        json.putArray("models");
        Replies.write(Reply.ok(json), exchange);
    }
}
