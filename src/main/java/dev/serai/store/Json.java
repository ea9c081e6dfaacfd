package dev.serai.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.config.DurationText;
import dev.serai.control.Limits;
import dev.serai.control.Stamp;
import dev.serai.control.Timeouts;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The pieces of JSON that documents have in common. A value that is null is left out. */
public final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** @throws DocumentException if the text is no JSON, or names a field twice */
    static JsonNode parse(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new DocumentException(java.util.List.of("the document is no JSON: " + e.getOriginalMessage()));
        }
    }

    /** {@code {"requestsPerMinute":60}} */
    public static ObjectNode of(Limits limits) {
        ObjectNode json = object();
        put(json, "requestsPerMinute", limits.requestsPerMinute());
        put(json, "tokensPerMinute", limits.tokensPerMinute());
        put(json, "concurrentRequests", limits.concurrentRequests());
        put(json, "maxInputTokens", limits.maxInputTokens());
        put(json, "maxOutputTokens", limits.maxOutputTokens());
        put(json, "budgetPerDay", plain(limits.budgetPerDay()));
        put(json, "budgetPerMonth", plain(limits.budgetPerMonth()));
        return json;
    }

    public static Limits limits(Fields fields) {
        return new Limits(
                fields.number("requestsPerMinute"),
                fields.number("tokensPerMinute"),
                fields.number("concurrentRequests"),
                fields.number("maxInputTokens"),
                fields.number("maxOutputTokens"),
                fields.decimal("budgetPerDay"),
                fields.decimal("budgetPerMonth"));
    }

    /** As a text, so that no reader takes it for a binary fraction. */
    static @Nullable String plain(@Nullable BigDecimal amount) {
        return amount == null ? null : amount.toPlainString();
    }

    /** {@code {"perRequest":"60s"}} */
    public static ObjectNode of(Timeouts timeouts) {
        ObjectNode json = object();
        put(json, "connect", timeouts.connect());
        put(json, "perRequest", timeouts.perRequest());
        put(json, "total", timeouts.total());
        put(json, "streamIdle", timeouts.streamIdle());
        put(json, "longestStream", timeouts.longestStream());
        return json;
    }

    public static Timeouts timeouts(Fields fields) {
        return new Timeouts(
                fields.duration("connect"),
                fields.duration("perRequest"),
                fields.duration("total"),
                fields.duration("streamIdle"),
                fields.duration("longestStream"));
    }

    static ObjectNode of(Map<String, String> texts) {
        ObjectNode json = object();
        new TreeMap<>(texts).forEach(json::put);
        return json;
    }

    static void put(ObjectNode json, String name, @Nullable Long number) {
        if (number != null) {
            json.put(name, number);
        }
    }

    static void put(ObjectNode json, String name, @Nullable String text) {
        if (text != null) {
            json.put(name, text);
        }
    }

    static void put(ObjectNode json, String name, @Nullable Boolean flag) {
        if (flag != null) {
            json.put(name, flag);
        }
    }

    static void put(ObjectNode json, String name, @Nullable Duration duration) {
        if (duration != null) {
            json.put(name, DurationText.of(duration));
        }
    }

    static void put(ObjectNode json, String name, @Nullable Instant instant) {
        if (instant != null) {
            json.put(name, instant.toString());
        }
    }

    /** What every shown object begins with. */
    static ObjectNode shown(String id, String name, Stamp stamp) {
        return object().put("id", id).put("name", name).put("version", stamp.version());
    }
}
