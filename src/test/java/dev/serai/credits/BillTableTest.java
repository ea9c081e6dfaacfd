package dev.serai.credits;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.catalog.Price;
import dev.serai.catalog.Prices;
import dev.serai.catalog.Rates;
import dev.serai.catalog.UsageTotals;
import dev.serai.conversation.Usage;
import dev.serai.dialect.Dialect;
import dev.serai.dialect.ReplyFacts;
import dev.serai.dialect.anthropic.AnthropicMessages;
import dev.serai.dialect.gemini.Gemini;
import dev.serai.dialect.openai.OpenAiChat;
import dev.serai.dialect.openai.OpenAiEmbeddings;
import dev.serai.dialect.openai.OpenAiResponses;
import dev.serai.json.JsonDocument;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every line of {@code bills/bills.txt}: what is charged is what the line says, and the line is right by its own sum. */
class BillTableTest {
    private static final Path TABLE = Path.of("src/test/resources/bills/bills.txt");
    private static final Instant USUAL = Instant.parse("2026-10-01T00:00:00Z");

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    /** A line of the table. */
    private record Line(String what, String price, String used, Map<String, String> terms, String sum, String charge) {
        static Line of(String text) {
            String[] cells = text.split(" \\| ", -1);
            assertThat(cells).as(text).hasSize(6);
            return new Line(cells[0], cells[1], cells[2].strip(), terms(cells[3]), cells[4], cells[5]);
        }

        private static Map<String, String> terms(String text) {
            Map<String, String> terms = new LinkedHashMap<>();
            for (String term : text.split(";", -1)) {
                String[] parts = term.strip().split(" ", 2);
                terms.put(parts[0], parts.length == 1 ? "" : parts[1]);
            }
            return terms;
        }

        /** The price that counts where the account pays the catalog's, and the one agreed with it. */
        String listed() {
            return terms.getOrDefault("price", price);
        }

        BigDecimal term(String name, String otherwise) {
            return new BigDecimal(terms.getOrDefault(name, otherwise));
        }
    }

    @TestFactory
    Stream<DynamicTest> a_bill_is_what_the_table_says() throws Exception {
        List<Line> lines = lines();
        PriceLists listed = new PriceLists(Files.createDirectory(folder.resolve("listed")), map(lines, Line::listed));
        PriceLists agreed =
                new PriceLists(Files.createDirectory(folder.resolve("agreed")), map(lines, line -> line.terms()
                        .getOrDefault("agreed", "unknown")));
        List<DynamicTest> tests = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            int at = i;
            tests.add(DynamicTest.dynamicTest(lines.get(i).what(), () -> check(lines.get(at), at, listed, agreed)));
        }
        return tests.stream();
    }

    @Test
    void the_table_has_a_line_for_every_dimension() throws Exception {
        List<Line> lines = lines();
        assertThat(lines).hasSizeGreaterThanOrEqualTo(150);
        assertThat(lines.stream().map(line -> line.what() + line.price() + line.used() + line.terms()))
                .doesNotHaveDuplicates();
    }

    private static List<String> map(List<Line> lines, java.util.function.Function<Line, String> cell) {
        return lines.stream().map(cell).collect(Collectors.toList());
    }

    private static List<Line> lines() throws Exception {
        return Files.readAllLines(TABLE).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(Line::of)
                .toList();
    }

    private static void check(Line line, int at, PriceLists listed, PriceLists agreed) throws Exception {
        assertThat(summed(line.sum())).as("the table's own sum").isEqualByComparingTo(line.charge());
        Tariff tariff = new Tariff(
                Rates.picosPerToken(line.term("fee", "0.05")),
                line.term("mark-up", "0").movePointRight(6).longValueExact(),
                line.terms().containsKey("agreed") ? Map.of("list:m" + at, agreed.prices(at)) : Map.of());
        ReplyFacts facts = new ReplyFacts(usage(line), false, null, line.terms().get("tier"));
        Instant began = Instant.parse(line.terms().getOrDefault("at", USUAL.toString()));
        boolean ownKey = line.terms().containsKey("own");
        Bill bill = Pricing.bill(listed.candidate(at, ownKey), facts, began, tariff);
        assertThat(BigDecimal.valueOf(bill.chargeNanos(), 9)).isEqualByComparingTo(line.charge());
        assertThat(bill.modelNanos() + bill.feeNanos()).isEqualTo(bill.chargeNanos());
        Prices naive = ownKey || !line.terms().containsKey("agreed") ? listed.prices(at) : agreed.prices(at);
        assertThat(naiveCharge(naive, facts, began, tariff, ownKey)).isEqualByComparingTo(line.charge());
    }

    private static BigDecimal naiveCharge(
            Prices prices, ReplyFacts facts, Instant began, Tariff tariff, boolean ownKey) {
        Price price = ownKey ? null : prices.at(began);
        return new NaiveBill(facts, tariff).charge(price, tariff.prices().isEmpty());
    }

    // --- What was used

    private static Usage usage(Line line) throws Exception {
        String[] parts = line.used().split(" ", 2);
        return switch (parts[0]) {
            case "chat" -> read(new OpenAiChat(), "{\"choices\":[],\"usage\":%s}", parts[1], line);
            case "responses" ->
                read(new OpenAiResponses(), "{\"output\":[" + items(line) + "],\"usage\":%s}", parts[1], line);
            case "messages" -> read(new AnthropicMessages(), "{\"content\":[],\"usage\":%s}", parts[1], line);
            case "gemini" ->
                read(
                        new Gemini(),
                        "{\"candidates\":[{\"finishReason\":\"STOP\"}],\"usageMetadata\":%s}",
                        parts[1],
                        line);
            case "embeddings" -> read(new OpenAiEmbeddings(), "{\"data\":[],\"usage\":%s}", parts[1], line);
            default -> counted(line.used());
        };
    }

    private static Usage counted(String used) {
        Map<String, Long> counts = new HashMap<>();
        for (String kind : used.isEmpty() ? List.<String>of() : List.of(used.split(", ", -1))) {
            counts.put(kind.split(" ", 2)[0], Long.parseLong(kind.split(" ", 2)[1]));
        }
        Usage usage = new Usage(
                        take(counts, "input"),
                        take(counts, "cacheRead"),
                        take(counts, "cacheWrite5m"),
                        take(counts, "cacheWrite1h"),
                        take(counts, "inputAudio"),
                        take(counts, "output"),
                        take(counts, "reasoning"),
                        take(counts, "outputAudio"))
                .withImages(take(counts, "inputImage"), take(counts, "outputImage"))
                .withWebSearches(take(counts, "webSearches"));
        assertThat(counts).as(used).isEmpty();
        return usage;
    }

    private static long take(Map<String, Long> counts, String kind) {
        Long count = counts.remove(kind);
        return count == null ? 0 : count;
    }

    private static Usage read(Dialect dialect, String reply, String usage, Line line) throws Exception {
        UsageTotals usual = UsageTotals.of(dialect.id());
        UsageTotals totals = new UsageTotals(
                contained(line.terms().get("reads"), usual.inputIncludesCacheReads()),
                contained(line.terms().get("writes"), usual.inputIncludesCacheWrites()),
                contained(line.terms().get("reasoning"), usual.outputIncludesReasoning()));
        return dialect.readReply(JsonDocument.parse(reply.formatted(usage).getBytes(UTF_8)), totals)
                .usage();
    }

    private static boolean contained(@Nullable String word, boolean otherwise) {
        return word == null ? otherwise : word.equals("inside");
    }

    private static String items(Line line) {
        String actions = line.terms().getOrDefault("items", "");
        return Stream.of(actions.split(" ", -1))
                .filter(action -> !action.isEmpty())
                .map(action -> action.equals("none")
                        ? "{\"type\":\"web_search_call\"}"
                        : "{\"type\":\"web_search_call\",\"action\":{\"type\":\"" + action + "\"}}")
                .collect(Collectors.joining(","));
    }

    // --- The table's sum: numbers, +, * and brackets, in millionths of a dollar

    private static BigDecimal summed(String sum) {
        Sum read = new Sum(sum.replace(" ", ""));
        BigDecimal millionths = read.sum();
        assertThat(read.at).as(sum).isEqualTo(read.text.length());
        return millionths.movePointLeft(6).setScale(9, RoundingMode.CEILING);
    }

    private static final class Sum {
        private final String text;
        private int at;

        Sum(String text) {
            this.text = text;
        }

        BigDecimal sum() {
            BigDecimal sum = product();
            while (at < text.length() && text.charAt(at) == '+') {
                at++;
                sum = sum.add(product());
            }
            return sum;
        }

        private BigDecimal product() {
            BigDecimal product = factor();
            while (at < text.length() && text.charAt(at) == '*') {
                at++;
                product = product.multiply(factor());
            }
            return product;
        }

        private BigDecimal factor() {
            if (text.charAt(at) == '(') {
                at++;
                BigDecimal inside = sum();
                at++;
                return inside;
            }
            int from = at;
            while (at < text.length() && "0123456789.".indexOf(text.charAt(at)) >= 0) {
                at++;
            }
            return new BigDecimal(text.substring(from, at));
        }
    }
}
