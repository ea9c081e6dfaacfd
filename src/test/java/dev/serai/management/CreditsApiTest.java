package dev.serai.management;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.access.Secrets;
import dev.serai.conversation.Usage;
import dev.serai.credits.Bill;
import dev.serai.management.ApiServer.Answer;
import dev.serai.selection.KeySource;
import dev.serai.store.Database;
import dev.serai.store.DatabaseUrl;
import dev.serai.store.Ledger;
import dev.serai.usage.UsageEvent;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code /api/credits} and {@code /api/usage}, over HTTP. */
@Timeout(60)
class CreditsApiTest {
    private final LocalDate today = LocalDate.now(ZoneOffset.UTC);
    private final Instant noon = today.atTime(12, 0).toInstant(ZoneOffset.UTC);

    private static ApiServer api;
    private static Path home;

    @BeforeAll
    static void open(@TempDir Path folder) throws Exception {
        home = folder;
        api = ApiServer.start(folder);
    }

    @AfterAll
    static void close() {
        api.close();
    }

    private static String account() throws Exception {
        return api.post("/api/accounts", "{\"name\":\"Guests\"}").id();
    }

    /** As the gateway would settle them. */
    private static void settle(UsageEvent... events) throws Exception {
        try (Database database = Database.open(DatabaseUrl.parse("", home.resolve("data"), new Secrets(1)))) {
            new Ledger(database, Clock.systemUTC(), new SecureRandom()).settle("test", List.of(events));
        }
    }

    private static UsageEvent event(String id, String account, Instant at, String model, long nanos) {
        return new UsageEvent(
                id,
                at,
                new UsageEvent.Call("req_" + id, account, "ak_1", "openai-chat", false),
                new UsageEvent.Asked("openai", "OpenAI", model, model, "openai-chat", KeySource.MANAGED),
                1,
                true,
                new UsageEvent.Result("answered", 200, null, "stop"),
                new Usage(10, 0, 0, 0, 0, 5, 0, 0),
                false,
                new Bill(Bill.State.KNOWN, "v1", nanos * 1_000, true, 0),
                nanos,
                Duration.ofMillis(3),
                null);
    }

    @Test
    void credits_that_are_given_are_spent_and_told() throws Exception {
        String in = "?account=" + account();
        String account = in.substring(in.indexOf('=') + 1);
        assertThat(api.get("/api/credits/balance" + in).json().path("balance").asText())
                .isEqualTo("0");
        Answer grant = api.post(
                "/api/credits/grants" + in,
                "{\"amount\":\"12.50\",\"kind\":\"promotional\",\"description\":\"welcome\"}");
        assertThat(grant.status()).isEqualTo(201);
        assertThat(grant.json().path("amount").asText()).isEqualTo("12.5");
        settle(event("a-" + account, account, noon, "gpt-5.4", 1_234_567));
        JsonNode balance = api.get("/api/credits/balance" + in).json();
        assertThat(balance.path("balance").asText()).isEqualTo("12.498765433");
        assertThat(balance.at("/lots/0/left").asText()).isEqualTo("12.498765433");
        JsonNode items = api.get("/api/credits/transactions" + in + "&limit=1").json();
        assertThat(items.at("/items/0/amount").asText()).isEqualTo("-0.001234567");
        JsonNode older = api.get(items.path("nextPageUri").asText()).json();
        assertThat(older.at("/items/0/id").asText()).isEqualTo(grant.id());
        assertThat(older.has("nextPageUri")).isFalse();
        Answer refund = api.post(
                "/api/credits/refunds" + in,
                "{\"eventId\":\"a-" + account + "\",\"amount\":\"0.001234567\",\"reason\":\"it was wrong\"}");
        assertThat(refund.status()).isEqualTo(201);
        assertThat(api.post(
                                "/api/credits/refunds" + in,
                                "{\"eventId\":\"a-" + account + "\",\"amount\":\"0.000000001\",\"reason\":\"again\"}")
                        .text())
                .contains("amount must be at most 0");
        api.post("/api/credits/adjustments" + in, "{\"amount\":\"-2.5\",\"reason\":\"a mistake\"}");
        assertThat(api.get("/api/credits/balance" + in).json().path("balance").asText())
                .isEqualTo("10");
        assertThat(api.get("/api/audit" + in).text()).contains("credit-transaction", "a mistake");
    }

    @Test
    void an_account_that_has_credits_left_is_not_deleted() throws Exception {
        String account = account();
        String in = "?account=" + account;
        api.post("/api/credits/grants" + in, "{\"amount\":\"1.50\",\"description\":\"welcome\"}");
        Answer refused = api.delete("/api/accounts/" + account);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().path("msg").asText()).contains("The account has credits left, USD 1.5");
        assertThat(api.post("/api/credits/adjustments" + in, "{\"amount\":\"-1.50\",\"reason\":\"paid out\"}")
                        .status())
                .isEqualTo(201);
        assertThat(api.delete("/api/accounts/" + account).status()).isEqualTo(204);
    }

    @Test
    void what_is_sent_again_is_given_once() throws Exception {
        String in = "?account=" + account();
        String grant = "{\"amount\":\"5\",\"externalId\":\"invoice-" + in.hashCode() + "\"}";
        assertThat(api.post("/api/credits/grants" + in, grant).id())
                .isEqualTo(api.post("/api/credits/grants" + in, grant).id());
        for (int i = 0; i < 2; i++) {
            assertThat(api.post(
                                    "/api/credits/grants" + in,
                                    "{\"amount\":\"1\"}",
                                    "Idempotency-Key",
                                    "k" + in.hashCode())
                            .status())
                    .isEqualTo(201);
        }
        assertThat(api.post("/api/credits/grants" + in, "{\"amount\":\"2\"}", "Idempotency-Key", "k" + in.hashCode())
                        .status())
                .isEqualTo(409);
        assertThat(api.get("/api/credits/balance" + in).json().path("balance").asText())
                .isEqualTo("6");
    }

    @Test
    void everything_that_is_wrong_with_a_grant_is_told_at_once() throws Exception {
        assertThat(api.post(
                                "/api/credits/grants",
                                "{\"amonut\":\"1\",\"kind\":\"gift\",\"expiresAt\":\"soon\",\"description\":5}")
                        .text())
                .contains(
                        "amount is missing",
                        "kind must be purchase or promotional",
                        "expiresAt must be a time",
                        "description must be a text",
                        "amonut is no field here; there are amount, description, expiresAt, externalId, kind");
    }

    @Test
    void an_amount_that_makes_no_sense_is_refused_in_words() throws Exception {
        for (String amount : List.of("0", "-1", "1e3", "", "0.0000000001", "10000000.01", "1,5", "99999999999")) {
            Answer answer = api.post("/api/credits/grants", "{\"amount\":\"" + amount + "\"}");
            assertThat(answer.status()).as(amount).isEqualTo(400);
            assertThat(answer.text()).as(amount).contains("amount must be");
        }
        assertThat(api.post("/api/credits/grants", "{\"amount\":\"1\",\"kind\":\"gift\"}")
                        .text())
                .contains("kind must be purchase or promotional");
        assertThat(api.post("/api/credits/grants", "{\"amount\":\"1\",\"expiresAt\":\"2020-01-01T00:00:00Z\"}")
                        .text())
                .contains("expiresAt is past");
        assertThat(api.post("/api/credits/refunds", "{\"amount\":\"1\",\"reason\":\"x\",\"transactionId\":\"txn_1\"}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void usage_is_listed_summed_exported_and_drawn() throws Exception {
        String account = account();
        String in = "?account=" + account;
        settle(
                event("u1-" + account, account, noon.minus(Duration.ofDays(1)), "gpt-5.4", 2_000_000),
                event("u2-" + account, account, noon, "gpt-5.4", 1_000_000),
                event("u3-" + account, account, noon, "=cmd()<script>\"", 3_000_000));
        assertThat(api.get("/api/usage" + in).json().path("items")).hasSize(3);
        assertThat(api.get("/api/usage" + in + "&to=" + today.minusDays(1))
                        .json()
                        .path("items"))
                .hasSize(1);
        assertThat(api.get("/api/usage" + in + "&from=" + noon + "&limit=1")
                        .json()
                        .path("nextPageUri")
                        .asText())
                .contains("from=");
        assertThat(api.get("/api/usage" + in + "&model=gpt-5.4&retries=false&final=true")
                        .json()
                        .path("items"))
                .hasSize(2);
        JsonNode overview = api.get(
                        "/api/usage/overview" + in + "&by=model&from=" + today.minusDays(1) + "&to=" + today)
                .json();
        assertThat(overview.path("items")).hasSize(3);
        assertThat(overview.at("/total/charge").asText()).isEqualTo("0.006");
        assertThat(overview.at("/total/tokens/input").asInt()).isEqualTo(30);
        assertThat(overview.path("totals").findValuesAsText("charge")).containsExactlyInAnyOrder("0.003", "0.003");
        Answer csv = api.get("/api/usage" + in + "&format=csv&from=" + today);
        assertThat(csv.header("content-type")).isEqualTo("text/csv");
        assertThat(csv.text().lines()).hasSize(3).anyMatch(line -> line.contains("\"'=cmd()<script>\"\"\""));
        assertThat(api.get("/api/usage/overview" + in + "&format=csv").text().lines())
                .contains(today + ",openai,2,2,0,0,20,0,0,0,0,0,10,0,0,0,0,0.004,0.004,0");
        Answer chart = api.get("/api/usage/chart.svg" + in + "&by=model");
        assertThat(chart.header("content-type")).isEqualTo("image/svg+xml");
        assertThat(DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new java.io.ByteArrayInputStream(
                                chart.text().getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                        .getElementsByTagName("rect")
                        .getLength())
                .as("a background, two in the legend, and one for each day and model")
                .isEqualTo(6);
        assertThat(chart.text()).contains("0.006 USD").doesNotContain("<script>");
    }

    @Test
    void what_is_asked_wrongly_is_refused_in_words() throws Exception {
        for (String query : List.of(
                "?from=yesterday",
                "?to=2026-13-01",
                "?retries=1",
                "?format=xml",
                "?limit=1&format=csv",
                "?by=model",
                "?cursor=x")) {
            assertThat(api.get("/api/usage" + query).status()).as(query).isEqualTo(400);
        }
        for (String query : List.of(
                "?by=colour",
                "?from=2026-11-02&to=2026-11-01",
                "?from=2020-01-01&to=2026-11-01",
                "?from=2026-11-01T00:00:00Z")) {
            assertThat(api.get("/api/usage/overview" + query).status())
                    .as(query)
                    .isEqualTo(400);
            assertThat(api.get("/api/usage/chart.svg" + query).status())
                    .as(query)
                    .isEqualTo(400);
        }
    }

    @Test
    void more_events_than_one_file_holds_are_refused_and_not_cut() throws Exception {
        String account = account();
        for (int part = 0; part < 11; part++) {
            int of = part;
            settle(IntStream.range(0, 1_000)
                    .mapToObj(i -> event("m" + of + "-" + i + "-" + account, account, noon, "gpt-5.4", 0))
                    .toArray(UsageEvent[]::new));
        }
        Answer answer = api.get("/api/usage?format=csv&account=" + account);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains("more than 10000 events");
    }
}
