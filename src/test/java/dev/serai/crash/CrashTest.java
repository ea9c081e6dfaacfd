package dev.serai.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.RunningSerai;
import dev.serai.access.Secrets;
import dev.serai.control.Account;
import dev.serai.control.Actor;
import dev.serai.credits.Balance;
import dev.serai.credits.Dollars;
import dev.serai.credits.Grant;
import dev.serai.credits.Lot;
import dev.serai.store.Cursor;
import dev.serai.store.Database;
import dev.serai.store.DatabaseUrl;
import dev.serai.store.Ledger;
import dev.serai.store.Migrations;
import dev.serai.store.Page;
import dev.serai.store.StoreCheck;
import dev.serai.store.TestDatabase;
import dev.serai.store.UsageRecords;
import dev.serai.testing.Await;
import dev.serai.testing.ChatEvents;
import dev.serai.testing.RawClient;
import dev.serai.testing.RawServer;
import dev.serai.usage.EventFilter;
import dev.serai.usage.UsageEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Serai is killed at random moments under load: every answer that a client saw whole is charged, no answer is charged twice, and the books
 * are sound. {@code make crash} does it fifty times on each database.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class CrashTest {
    private static final int KILLS = Integer.getInteger("serai.crash.kills", 2);
    private static final int CLIENTS = 12;
    private static final String USAGE = "{\"prompt_tokens\":100,\"completion_tokens\":20,\"total_tokens\":120}";
    private static final String ANSWER =
            "{\"id\":\"c-1\",\"object\":\"chat.completion\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
                    + "\"content\":\"yes\"},\"finish_reason\":\"stop\"}],\"usage\":" + USAGE + "}";
    private static final String STREAM = ChatEvents.says("yes") + ChatEvents.FINISH
            + "data: {\"id\":\"c-1\",\"object\":\"chat.completion.chunk\",\"choices\":[],\"usage\":" + USAGE + "}\n\n"
            + ChatEvents.DONE;

    /** At 1 and 10 dollars a million tokens, and the fee. */
    private static final long COST_NANOS = Dollars.nanos("0.000306");

    private static final long GRANTED_NANOS = Dollars.nanos("1000");

    @TempDir
    Path home;

    private final Set<String> seenWhole = ConcurrentHashMap.newKeySet();
    private final Random random = new Random();
    private volatile boolean loading;

    private final RawServer provider = RawServer.start(connection -> {
        while (connection.hasRequest()) {
            if (connection.request().text().contains("\"stream\":true")) {
                connection.write(RawServer.streamHead() + RawServer.chunk(STREAM) + RawServer.lastChunk());
            } else {
                connection.write(RawServer.json(200, ANSWER));
            }
        }
    });

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void whoever_kills_it_finds_every_answer_charged_once_and_the_books_sound(TestDatabase kind) throws Exception {
        Files.createDirectories(home.resolve("data"));
        String setting = kind == TestDatabase.SQLITE ? "" : TestDatabase.postgres();
        DatabaseUrl url = DatabaseUrl.parse(setting, home.resolve("data"), new Secrets(1));
        Map<String, String> environment = Map.of(
                "SERAI_CREDITS",
                "prepaid",
                "SERAI_RELOAD",
                "off",
                "SERAI_BOOTSTRAP_ACCESS_KEY",
                RunningSerai.KEY,
                "SERAI_DATABASE_URL",
                setting);
        writeProvider();
        try (Database database = Database.open(url)) {
            new Migrations(database).migrate();
            Ledger ledger = new Ledger(database, Clock.systemUTC(), new SecureRandom());
            ledger.grant(new Actor(Actor.Kind.COMMAND, "test"), grant());
            int port = freePort();
            for (int kill = 0; kill < KILLS; kill++) {
                ServerProcess server = ServerProcess.start(home, port, freePort(), environment);
                loadUntilKilled(server, port);
            }
            ServerProcess last = ServerProcess.start(home, port, freePort(), environment);
            assertThat(ask(port, false)).isNotNull();
            Await.within(10_000, "the spool is empty", this::spoolIsEmpty);
            last.stop();
            check(database, ledger);
        } finally {
            provider.close();
        }
    }

    private static Grant grant() {
        return new Grant(
                Account.DEFAULT,
                Lot.Kind.PURCHASE,
                GRANTED_NANOS,
                Instant.now().plus(Duration.ofDays(365)),
                "for a test",
                null);
    }

    private void writeProvider() throws IOException {
        Files.createDirectories(home.resolve("config/providers"));
        Files.writeString(home.resolve("config/providers/paid.yaml"), """
                id: paid
                name: A server in a test
                baseUrl: http://127.0.0.1:%d/v1
                dialects: {openai-chat: /chat/completions}
                auth: none
                modelDefaults: {kind: chat, source: the test}
                models:
                  - id: m
                    price: {input: 1, output: 10}
                """.formatted(provider.port()));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void loadUntilKilled(ServerProcess server, int port) throws InterruptedException {
        loading = true;
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            boolean streams = i % 2 == 0;
            Thread client = new Thread(() -> load(port, streams));
            client.start();
            clients.add(client);
        }
        int before = seenWhole.size();
        Await.within(60_000, "answers flow", () -> seenWhole.size() > before + CLIENTS);
        TimeUnit.MILLISECONDS.sleep(random.nextInt(1_000));
        server.kill();
        loading = false;
        for (Thread client : clients) {
            client.join();
        }
    }

    private void load(int port, boolean streams) {
        while (loading) {
            String id = ask(port, streams);
            if (id != null) {
                seenWhole.add(id);
            }
        }
    }

    /** The id of a request whose answer came whole; null if it did not. */
    private static @Nullable String ask(int port, boolean streams) {
        try (RawClient client = new RawClient(port)) {
            RawClient.Response answer = client.post(
                            "/v1/chat/completions",
                            "{\"model\":\"paid:m\",\"max_tokens\":50,\"stream\":" + streams
                                    + ",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}",
                            "Authorization: Bearer " + RunningSerai.KEY,
                            "Content-Type: application/json")
                    .read();
            boolean whole =
                    streams ? answer.body().contains("[DONE]") : answer.body().equals(ANSWER);
            return answer.status() == 200 && whole ? answer.header("x-serai-request-id") : null;
        } catch (IOException e) {
            return null;
        }
    }

    private boolean spoolIsEmpty() {
        try (var files = Files.list(home.resolve("data/spool"))) {
            return files.findAny().isEmpty();
        } catch (IOException e) {
            return false;
        }
    }

    private void check(Database database, Ledger ledger) {
        Map<String, Integer> charged = new HashMap<>();
        long events = 0;
        UsageRecords records = new UsageRecords(database);
        @Nullable Cursor after = null;
        do {
            Page<UsageEvent> page = records.events(EventFilter.of(Account.DEFAULT), after, Page.MAX_LIMIT);
            for (UsageEvent event : page.items()) {
                if (event.chargeNanos() > 0) {
                    events++;
                    assertThat(event.result().outcome()).isIn("answered", "cancelled", "broken");
                    charged.merge(event.call().requestId(), 1, Integer::sum);
                }
            }
            after = page.next();
        } while (after != null);
        System.out.printf("%d kills: %d answers seen whole, %d charged%n", KILLS, seenWhole.size(), charged.size());
        assertThat(seenWhole).isNotEmpty().allSatisfy(id -> assertThat(charged).containsEntry(id, 1));
        assertThat(charged.values()).allMatch(times -> times == 1);
        Balance balance = ledger.balance(Account.DEFAULT);
        assertThat(balance.leasedNanos()).isZero();
        assertThat(GRANTED_NANOS - balance.balanceNanos()).isEqualTo(events * COST_NANOS);
        assertThat(ledger.verify()).isNotEmpty().allMatch(StoreCheck.Finding::isGood);
    }
}
