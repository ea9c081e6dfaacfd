package dev.serai.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.client.ApiClient;
import dev.serai.client.CallException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code serai usage report}: a line for each group, and a bar for each day. */
@Command(name = "report", description = "Show what an account used, and what it paid for it each day.")
public final class UsageReport extends ApiCommand {
    private static final int BAR = 40;

    @Option(
            names = "--by",
            paramLabel = "key|provider|model",
            defaultValue = "provider",
            description = "What is summed together. Default: provider.")
    private String by = "";

    @Option(
            names = "--from",
            paramLabel = "DAY",
            description = "The first day (UTC). Default: 29 days before the last.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "DAY", description = "The last day. Default: today.")
    private @Nullable String to;

    public UsageReport(ApiSetup setup) {
        super(setup);
    }

    @Override
    int run(ApiClient api) throws CallException {
        JsonNode overview = api.get(
                        "/api/usage/overview?by=" + encoded(by) + parameter("from", from) + parameter("to", to))
                .body();
        if (isJson()) {
            out().println(Shown.json(overview));
            return 0;
        }
        out().println(groups(overview));
        out().println();
        out().println(days(overview));
        return 0;
    }

    private static String parameter(String name, @Nullable String value) {
        return value == null ? "" : "&" + name + "=" + encoded(value);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private Table groups(JsonNode overview) {
        Table table = new Table(
                by.toUpperCase(Locale.ROOT),
                "REQUESTS",
                "FAILED",
                "ATTEMPTS",
                "INPUT",
                "OUTPUT",
                "MODELS USD",
                "PAID USD");
        overview.path("totals").forEach(sum -> row(table, sum.path("group").asText(), sum));
        row(table, "total", overview.path("total"));
        return table;
    }

    private static void row(Table table, String name, JsonNode sum) {
        table.row(
                name,
                sum.path("requests").asText(),
                sum.path("failed").asText(),
                sum.path("attempts").asText(),
                tokens(sum, "input", "cacheRead", "cacheWrite5m", "cacheWrite1h", "inputAudio", "inputImage"),
                tokens(sum, "output", "reasoning", "outputAudio", "outputImage"),
                sum.path("modelCost").asText(),
                sum.path("charge").asText());
    }

    private static String tokens(JsonNode sum, String... kinds) {
        return Long.toString(Stream.of(kinds)
                .mapToLong(kind -> sum.path("tokens").path(kind).asLong())
                .sum());
    }

    private static Table days(JsonNode overview) {
        Map<LocalDate, BigDecimal> paid = new TreeMap<>();
        overview.path("items")
                .forEach(sum -> paid.merge(
                        LocalDate.parse(sum.path("day").asText()),
                        new BigDecimal(sum.path("charge").asText()),
                        BigDecimal::add));
        BigDecimal most = paid.values().stream().reduce(BigDecimal.ZERO, BigDecimal::max);
        Table table = new Table("DAY", "PAID USD", "");
        LocalDate last = LocalDate.parse(overview.path("to").asText());
        for (LocalDate day = LocalDate.parse(overview.path("from").asText());
                !day.isAfter(last);
                day = day.plusDays(1)) {
            BigDecimal usd = paid.getOrDefault(day, BigDecimal.ZERO);
            table.row(day.toString(), usd.toPlainString(), "#".repeat(length(usd, most)));
        }
        return table;
    }

    /** What is more than nothing has a bar. */
    private static int length(BigDecimal usd, BigDecimal most) {
        return usd.signum() == 0
                ? 0
                : usd.multiply(BigDecimal.valueOf(BAR))
                        .divide(most, 0, RoundingMode.CEILING)
                        .intValueExact();
    }
}
