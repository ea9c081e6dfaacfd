package dev.serai.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.credits.Bill;
import dev.serai.credits.Dollars;
import dev.serai.selection.KeySource;
import dev.serai.usage.EventForm;
import dev.serai.usage.UsageEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Events as JSON: as the management API shows them, as they are delivered, and as they are kept, so that what is read is what was written,
 * to the nanosecond and the pico-dollar. Money is decimal text in US dollars, times are ISO 8601 in UTC, durations are milliseconds with
 * decimals. What is null is left out. A field that a later Serai adds is passed over. Halves of surrogate pairs, and U+0000, which no
 * database keeps, become U+FFFD.
 */
public final class UsageEventJson {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final int NANOS_OF_MILLI_DIGITS = 6;
    private static final int REPLACEMENT = 0xfffd;
    private static final int TYPICAL_BYTES = 1_200;

    private UsageEventJson() {}

    /** For whoever writes events down elsewhere. */
    public static EventForm form() {
        return new EventForm() {
            @Override
            public byte[] write(UsageEvent event) {
                return UsageEventJson.write(event);
            }

            @Override
            public UsageEvent read(byte[] line) {
                try {
                    return UsageEventJson.read(line);
                } catch (DocumentException e) {
                    throw new IllegalArgumentException(e.getMessage(), e);
                }
            }
        };
    }

    /** One object, without a line break. */
    public static byte[] write(UsageEvent event) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(TYPICAL_BYTES);
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            json.writeStartObject();
            text(json, "id", event.id());
            text(json, "at", event.at().toString());
            call(json, event.call());
            asked(json, event.target());
            json.writeNumberField("attempt", event.attempt());
            json.writeBooleanField("final", event.isFinal());
            result(json, event.result());
            tokens(json, event);
            text(json, "charge", Dollars.ofNanos(event.chargeNanos()));
            bill(json, event.bill());
            json.writeNumberField("latencyMs", millis(event.latency()));
            if (event.firstContent() != null) {
                json.writeNumberField("timeToFirstTokenMs", millis(event.firstContent()));
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory can always be written", e);
        }
        return bytes.toByteArray();
    }

    private static void call(JsonGenerator json, UsageEvent.Call call) throws IOException {
        text(json, "requestId", call.requestId());
        text(json, "accountId", call.accountId());
        text(json, "accessKeyId", call.accessKeyId());
        text(json, "dialect", call.dialect());
        json.writeBooleanField("streaming", call.streaming());
    }

    private static void asked(JsonGenerator json, UsageEvent.Asked asked) throws IOException {
        text(json, "provider", asked.provider());
        text(json, "providerName", asked.providerName());
        text(json, "model", asked.model());
        text(json, "modelName", asked.modelName());
        text(json, "providerDialect", asked.dialect());
        text(json, "keySource", lower(asked.key().kind()));
        text(json, "providerKeyId", asked.key().id());
        text(json, "providerKey", asked.key().shown());
    }

    private static void result(JsonGenerator json, UsageEvent.Result result) throws IOException {
        text(json, "outcome", result.outcome());
        json.writeNumberField("status", result.status());
        json.writeBooleanField("timedOut", result.outcome().equals("timed_out"));
        text(json, "errorClass", result.errorClass());
        text(json, "stopReason", result.stopReason());
    }

    private static void tokens(JsonGenerator json, UsageEvent event) throws IOException {
        json.writeObjectFieldStart("tokens");
        for (UsageCount count : UsageCount.ALL) {
            json.writeNumberField(count.field(), count.of(event.usage()));
        }
        json.writeBooleanField("estimated", event.isEstimated());
        json.writeEndObject();
    }

    private static void bill(JsonGenerator json, Bill bill) throws IOException {
        json.writeObjectFieldStart("price");
        text(json, "state", lower(bill.state()));
        text(json, "version", bill.priceVersion());
        text(json, "model", Dollars.ofPicos(bill.modelPicos()));
        json.writeBooleanField("modelIsPaid", bill.paysModel());
        text(json, "fee", Dollars.ofPicos(bill.feePicos()));
        json.writeEndObject();
    }

    private static void text(JsonGenerator json, String name, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStringField(name, clean(value));
        }
    }

    /** The text as it can be kept: a name that a client made up may have anything in it. */
    static String clean(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || Character.isSurrogate(c)) {
                return text.codePoints()
                        .map(point ->
                                point == 0 || (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE)
                                        ? REPLACEMENT
                                        : point)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
            }
        }
        return text;
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static BigDecimal millis(Duration duration) {
        return BigDecimal.valueOf(duration.toNanos(), NANOS_OF_MILLI_DIGITS).stripTrailingZeros();
    }

    /** @throws DocumentException if it is no event */
    public static UsageEvent read(byte[] json) {
        return read(new String(json, StandardCharsets.UTF_8));
    }

    static UsageEvent read(String json) {
        JsonNode event = Json.parse(json);
        try {
            return new UsageEvent(
                    text(event, "id"),
                    Instant.parse(text(event, "at")),
                    new UsageEvent.Call(
                            text(event, "requestId"),
                            text(event, "accountId"),
                            text(event, "accessKeyId"),
                            text(event, "dialect"),
                            event.path("streaming").asBoolean()),
                    asked(event),
                    event.path("attempt").asInt(),
                    event.path("final").asBoolean(),
                    new UsageEvent.Result(
                            text(event, "outcome"),
                            event.path("status").asInt(),
                            event.path("errorClass").textValue(),
                            event.path("stopReason").textValue()),
                    UsageCount.usage(
                            count -> event.path("tokens").path(count.field()).asLong()),
                    event.path("tokens").path("estimated").asBoolean(),
                    bill(event.path("price")),
                    Dollars.nanos(text(event, "charge")),
                    duration(event.path("latencyMs")),
                    event.has("timeToFirstTokenMs") ? duration(event.path("timeToFirstTokenMs")) : null);
        } catch (IllegalArgumentException | DateTimeParseException | ArithmeticException e) {
            throw new DocumentException(List.of("the document is no usage event: " + e.getMessage()));
        }
    }

    private static UsageEvent.Asked asked(JsonNode event) {
        KeySource.Kind kind = KeySource.Kind.valueOf(text(event, "keySource").toUpperCase(Locale.ROOT));
        return new UsageEvent.Asked(
                text(event, "provider"),
                text(event, "providerName"),
                text(event, "model"),
                text(event, "modelName"),
                text(event, "providerDialect"),
                new KeySource(
                        kind,
                        event.path("providerKeyId").textValue(),
                        event.path("providerKey").textValue()));
    }

    private static Bill bill(JsonNode price) {
        return new Bill(
                Bill.State.valueOf(text(price, "state").toUpperCase(Locale.ROOT)),
                price.path("version").textValue(),
                Dollars.picos(text(price, "model")),
                price.path("modelIsPaid").asBoolean(),
                Dollars.picos(text(price, "fee")));
    }

    private static Duration duration(JsonNode millis) {
        if (!millis.isNumber()) {
            throw new IllegalArgumentException("a duration is missing");
        }
        return Duration.ofNanos(
                millis.decimalValue().movePointRight(NANOS_OF_MILLI_DIGITS).longValueExact());
    }

    private static String text(JsonNode object, String name) {
        String text = object.path(name).textValue();
        if (text == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return text;
    }
}
