package dev.serai.management;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.store.Page;
import dev.serai.store.UsageEventJson;
import dev.serai.store.UsageRecords;
import dev.serai.store.UsageSumJson;
import dev.serai.usage.EventFilter;
import dev.serai.usage.Grouping;
import dev.serai.usage.UsageChart;
import dev.serai.usage.UsageEvent;
import dev.serai.usage.UsageSum;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** {@code /api/usage}: what was used, event by event, summed by day, and drawn. */
final class UsageResource implements Resource {
    /** The most events in one file of comma-separated values. */
    private static final int MOST_EXPORTED = 10_000;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ControlPlane plane;

    UsageResource(ControlPlane plane) {
        this.plane = plane;
    }

    @Override
    public Map<String, Function<Call, Reply>> operations() {
        return Map.of(
                "list-usage-events", this::events,
                "get-usage-overview", this::overview,
                "get-usage-chart", this::chart);
    }

    private UsageRecords records() {
        return new UsageRecords(plane.store().database());
    }

    private Reply events(Call call) {
        Map<String, String> query = call.query();
        EventFilter filter = new EventFilter(
                call.accountId(),
                Period.from(query),
                Period.to(query),
                query.get("accessKeyId"),
                query.get("provider"),
                query.get("model"),
                flag(query, "retries"),
                flag(query, "final"));
        if (isCsv(call)) {
            if (query.containsKey("limit") || query.containsKey("cursor")) {
                throw ApiException.invalid("limit and cursor have no meaning with format=csv, which is all in one");
            }
            List<JsonNode> events = refusing(() -> records().all(filter, MOST_EXPORTED)).stream()
                    .map(UsageResource::shown)
                    .toList();
            return Reply.text(Reply.CSV, Csv.of(Csv.EVENTS, events));
        }
        Page<UsageEvent> page = records().events(filter, Lists.cursor(call), Lists.limit(call));
        return Lists.reply(call, page, UsageResource::shown);
    }

    private Reply overview(Call call) {
        Period period = Period.days(call.query(), plane.clock());
        Grouping by = by(call);
        List<UsageSum> sums = sums(call, period, by);
        if (isCsv(call)) {
            return Reply.text(
                    Reply.CSV,
                    Csv.of(Csv.SUMS, sums.stream().map(UsageSumJson::ofDay).toList()));
        }
        ObjectNode json = Shapes.object()
                .put("from", period.from().toString())
                .put("to", period.to().toString())
                .put("by", by.name().toLowerCase(Locale.ROOT));
        ArrayNode items = json.putArray("items");
        sums.forEach(sum -> items.add(UsageSumJson.ofDay(sum)));
        Map<String, UsageSum> totals = new LinkedHashMap<>();
        sums.forEach(sum -> totals.merge(sum.group(), sum, UsageSum::plus));
        ArrayNode ofGroups = json.putArray("totals");
        totals.values().forEach(sum -> ofGroups.add(UsageSumJson.ofGroup(sum)));
        json.set(
                "total",
                sums.stream().reduce(UsageSum::plus).map(UsageSumJson::of).orElseGet(UsageSumJson::nothing));
        return Reply.ok(json);
    }

    private Reply chart(Call call) {
        Period period = Period.days(call.query(), plane.clock());
        Grouping by = by(call);
        return Reply.text(Reply.SVG, new UsageChart(period.from(), period.to(), sums(call, period, by)).svg());
    }

    private List<UsageSum> sums(Call call, Period period, Grouping by) {
        return refusing(() -> records().overview(call.accountId(), period.from(), period.to(), by));
    }

    private static <T> T refusing(java.util.function.Supplier<T> work) {
        try {
            return work.get();
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid(String.valueOf(e.getMessage()));
        }
    }

    private static Grouping by(Call call) {
        String by = call.query().getOrDefault("by", "provider");
        for (Grouping grouping : Grouping.values()) {
            if (grouping.name().toLowerCase(Locale.ROOT).equals(by)) {
                return grouping;
            }
        }
        throw ApiException.invalid("by must be key, provider or model");
    }

    private static boolean flag(Map<String, String> query, String name) {
        String value = query.getOrDefault(name, "false");
        if (!value.equals("true") && !value.equals("false")) {
            throw ApiException.invalid(name + " must be true or false");
        }
        return value.equals("true");
    }

    private static boolean isCsv(Call call) {
        String format = call.query().getOrDefault("format", "json");
        if (!format.equals("json") && !format.equals("csv")) {
            throw ApiException.invalid("format must be json or csv");
        }
        return format.equals("csv");
    }

    private static JsonNode shown(UsageEvent event) {
        try {
            return JSON.readTree(UsageEventJson.write(event));
        } catch (IOException e) {
            throw new UncheckedIOException("an event is always JSON", e);
        }
    }
}
