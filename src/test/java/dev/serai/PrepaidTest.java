package dev.serai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.control.Account;
import dev.serai.control.Actor;
import dev.serai.credits.Dollars;
import dev.serai.credits.Grant;
import dev.serai.credits.Lot;
import dev.serai.store.Database;
import dev.serai.store.DatabaseUrl;
import dev.serai.store.Ledger;
import dev.serai.store.Migrations;
import dev.serai.store.StoreCheck;
import dev.serai.store.UsageRecords;
import dev.serai.testing.Await;
import dev.serai.testing.ChatEvents;
import dev.serai.testing.FreePort;
import dev.serai.testing.PaidModel;
import dev.serai.testing.RawClient;
import dev.serai.testing.RawServer;
import dev.serai.usage.EventFilter;
import dev.serai.usage.UsageEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Accounts that pay with credits, from the request to the books. The model costs USD 1 a million input tokens and 10 a million output
 * tokens; the fee is USD 0.05 a million.
 */
@Timeout(60)
class PrepaidTest {

    @TempDir
    Path home;

    private RawServer.Script does = PrepaidTest::answer;
    private final RawServer provider = RawServer.start(connection -> {
        while (connection.hasRequest()) {
            does.run(connection);
        }
    });
    private RunningSerai serai;
    private Database database;
    private Ledger ledger;

    private static void answer(RawServer.Connection connection) throws IOException {
        connection.write(RawServer.json(200, PaidModel.ANSWER));
    }

    @BeforeEach
    void start() throws Exception {
        Files.createDirectories(home.resolve("data"));
        database = Database.open(new DatabaseUrl.Sqlite(home.resolve("data/serai.db")));
        new Migrations(database).migrate();
        ledger = new Ledger(database, Clock.systemUTC(), new SecureRandom());
        serai = start("prepaid");
    }

    private RunningSerai start(String credits) throws Exception {
        int port = FreePort.find();
        return RunningSerai.in(home)
                .with("CAMEL_MANAGEMENT_ENABLED", "true")
                .with("SERAI_ADMIN_PORT", Integer.toString(port))
                .with("SERAI_CREDITS", credits)
                .withProviderFile("paid", PaidModel.file(provider.port()))
                .start();
    }

    @AfterEach
    void stop() throws Exception {
        serai.close();
        database.close();
        provider.close();
    }

    private void grant(String dollars) {
        ledger.grant(
                new Actor(Actor.Kind.COMMAND, "test"),
                new Grant(
                        Account.DEFAULT,
                        Lot.Kind.PURCHASE,
                        Dollars.nanos(dollars),
                        Instant.now().plus(Duration.ofDays(365)),
                        "for a test",
                        null));
    }

    private static String request(String more) {
        return "{\"model\":\"paid:m\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]" + more + "}";
    }

    private RawClient.Response ask(String more) throws IOException {
        return serai.post("/v1/chat/completions", request(more));
    }

    private String balance() {
        return Dollars.ofNanos(ledger.balance(Account.DEFAULT).balanceNanos());
    }

    private List<UsageEvent> events() {
        return new UsageRecords(database)
                .events(EventFilter.of(Account.DEFAULT), null, 100)
                .items();
    }

    private void booksAreSound() {
        assertThat(ledger.verify()).isNotEmpty().allMatch(StoreCheck.Finding::isGood);
    }

    @Test
    void an_answer_is_charged_by_the_time_its_client_has_it() throws IOException {
        grant("1");
        assertThat(ask("").status()).isEqualTo(200);
        assertThat(balance()).isEqualTo("0.999694");
        assertThat(events()).singleElement().satisfies(event -> {
            assertThat(Dollars.ofNanos(event.chargeNanos())).isEqualTo(PaidModel.COST);
            assertThat(event.isFinal()).isTrue();
            assertThat(event.result().outcome()).isEqualTo("answered");
            assertThat(event.result().stopReason()).isEqualTo("stop");
            assertThat(event.usage().totalInput()).isEqualTo(100);
        });
        booksAreSound();
    }

    @Test
    void without_credits_nothing_is_sent() throws IOException {
        RawClient.Response refused = ask("");
        assertThat(refused.status()).isEqualTo(402);
        assertThat(refused.body()).contains("insufficient_credits", "$0 of credits are left");
        assertThat(provider.connections()).isZero();
        assertThat(events()).isEmpty();
    }

    @Test
    void the_limit_of_a_request_says_what_it_is_reckoned_with() throws IOException {
        grant("0.01");
        RawClient.Response refused = ask(",\"max_tokens\":1000");
        assertThat(refused.status()).isEqualTo(402);
        assertThat(refused.body()).contains("$0.01 of credits are left");
        assertThat(ask(",\"max_tokens\":900").status()).isEqualTo(200);
    }

    @Test
    void a_stream_flows_and_its_end_waits_for_its_charge() throws Exception {
        grant("1");
        does = connection -> {
            connection.write(RawServer.streamHead());
            connection.write(RawServer.chunk(ChatEvents.says("yes") + ChatEvents.FINISH
                            + "data: {\"id\":\"c-1\",\"object\":\"chat.completion.chunk\",\"choices\":[],\"usage\":"
                            + PaidModel.USAGE
                            + "}\n\n" + ChatEvents.DONE)
                    + RawServer.lastChunk());
        };
        RawClient.Response answer = ask(",\"stream\":true");
        assertThat(answer.body()).endsWith(ChatEvents.DONE);
        assertThat(answer.cleanEnd()).isTrue();
        assertThat(balance()).isEqualTo("0.999694");
        booksAreSound();
    }

    @Test
    void what_fails_costs_nothing_and_what_was_held_is_free_again() throws IOException {
        grant("0.05");
        does = connection -> connection.write(RawServer.json(400, "{}"));
        for (int i = 0; i < 3; i++) {
            assertThat(ask("").status()).isEqualTo(400);
        }
        does = PrepaidTest::answer;
        assertThat(ask("").status()).isEqualTo(200);
        assertThat(balance()).isEqualTo("0.049694");
        Await.until("every attempt is told of", () -> events().size() == 4);
        assertThat(events())
                .filteredOn(event -> event.chargeNanos() == 0)
                .hasSize(3)
                .allSatisfy(event -> assertThat(event.result().status()).isEqualTo(400));
    }

    @Test
    void a_client_that_leaves_pays_for_what_came_until_then() throws Exception {
        grant("1");
        does = connection -> {
            connection.write(RawServer.streamHead()
                    + RawServer.chunk(ChatEvents.says(
                            "a word and another one and many more words after that, so that it counts")));
            connection.waitUntilClientLeaves();
        };
        try (RawClient client = serai.client()) {
            client.post(
                    "/v1/chat/completions",
                    request(",\"stream\":true"),
                    "Authorization: Bearer " + RunningSerai.KEY,
                    "Content-Type: application/json");
            client.readHead();
            client.readChunk();
        }
        Await.until("it is charged", () -> !events().isEmpty());
        UsageEvent event = events().get(0);
        assertThat(event.result().outcome()).isEqualTo("cancelled");
        assertThat(event.isEstimated()).isTrue();
        assertThat(event.usage().totalOutput()).isPositive();
        assertThat(event.chargeNanos()).isPositive().isEqualTo(event.bill().chargeNanos());
        booksAreSound();
    }

    @Test
    void a_model_that_nobody_knows_the_price_of_is_refused_and_not_free() throws IOException {
        grant("1");
        RawClient.Response refused =
                serai.post("/v1/chat/completions", "{\"model\":\"paid:nobody-knows\",\"messages\":[]}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body()).contains("price_unknown", "paid:nobody-knows");
        assertThat(provider.connections()).isZero();
    }

    @Test
    void who_only_meters_refuses_nobody_and_writes_down_what_it_would_have_cost() throws Exception {
        serai.close();
        serai = start("metering");
        assertThat(ask("").status()).isEqualTo(200);
        Await.until("it is written down", () -> !events().isEmpty());
        assertThat(events()).singleElement().satisfies(event -> {
            assertThat(event.chargeNanos()).isZero();
            assertThat(Dollars.ofNanos(event.bill().chargeNanos())).isEqualTo(PaidModel.COST);
        });
        assertThat(balance()).isEqualTo("0");
    }
}
