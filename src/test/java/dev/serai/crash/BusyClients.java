package dev.serai.crash;

import dev.serai.RunningSerai;
import dev.serai.testing.Await;
import dev.serai.testing.RawClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Clients that ask Serai without a pause, half of them for streams, and remember what they were told. */
final class BusyClients {
    private static final int CLIENTS = 12;
    private static final String WHOLE = "whole";
    private static final String BROKEN = "200, without its end";
    private static final String NOBODY = "no answer";

    /** What clients may be told while a server fails, dies and starts. */
    static final Set<String> EXPECTED = Set.of(WHOLE, BROKEN, NOBODY, "503 store_unavailable", "503 overloaded");

    private final int port;
    private final Set<String> seenWhole = ConcurrentHashMap.newKeySet();
    private final Map<String, LongAdder> told = new ConcurrentHashMap<>();
    private final AtomicLong longestMillis = new AtomicLong();
    private final List<Thread> clients = new ArrayList<>();
    private volatile boolean asking;

    BusyClients(int port) {
        this.port = port;
    }

    void start() {
        asking = true;
        for (int i = 0; i < CLIENTS; i++) {
            boolean streams = i % 2 == 0;
            Thread client = new Thread(() -> askOn(streams));
            client.setDaemon(true);
            client.start();
            clients.add(client);
        }
    }

    private void askOn(boolean streams) {
        while (asking) {
            String outcome = ask(streams);
            if (!outcome.equals(WHOLE)) {
                try {
                    TimeUnit.MILLISECONDS.sleep(2); // whoever refuses needs the processor for better things
                } catch (InterruptedException e) {
                    return;
                }
            }
        }
    }

    /** Asks once. @return what came of it, such as {@code whole} or {@code 503 store_unavailable} */
    String ask(boolean streams) {
        long began = System.nanoTime();
        String outcome = outcome(streams);
        longestMillis.accumulateAndGet(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began), Math::max);
        told.computeIfAbsent(outcome, first -> new LongAdder()).increment();
        return outcome;
    }

    private String outcome(boolean streams) {
        try (RawClient client = new RawClient(port)) {
            RawClient.Response answer = client.post(
                            "/v1/chat/completions",
                            PaidProvider.request(streams),
                            "Authorization: Bearer " + RunningSerai.KEY,
                            "Content-Type: application/json")
                    .read();
            if (PaidProvider.isWhole(answer, streams)) {
                seenWhole.add(answer.header("x-serai-request-id"));
                return WHOLE;
            }
            return answer.status() == 200 ? BROKEN : answer.status() + " " + code(answer.body());
        } catch (IOException e) {
            return NOBODY;
        }
    }

    private static String code(String body) {
        int at = body.indexOf("\"code\":\"");
        return at < 0 ? body : body.substring(at + 8, body.indexOf('"', at + 8));
    }

    /** Waits until each client has about one answer more. */
    void awaitAnswers() {
        int before = seenWhole.size();
        Await.within(60_000, "answers flow", () -> seenWhole.size() > before + CLIENTS);
    }

    /** Waits until so many more were told this. */
    void awaitTold(String outcome, int times) {
        long before = count(outcome);
        Await.within(30_000, "clients are told: " + outcome, () -> count(outcome) >= before + times);
    }

    long count(String outcome) {
        LongAdder count = told.get(outcome);
        return count == null ? 0 : count.sum();
    }

    /** The ids of requests whose answers came whole. */
    Set<String> seenWhole() {
        return seenWhole;
    }

    /** What clients were told, and how often. */
    Map<String, LongAdder> told() {
        return new TreeMap<>(told);
    }

    /** How long the slowest answer took. */
    long longestMillis() {
        return longestMillis.get();
    }

    /** Returns when the last of them has its answer. */
    void stop() throws InterruptedException {
        asking = false;
        for (Thread client : clients) {
            client.join();
        }
        clients.clear();
    }
}
