package dev.serai.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The driver: starts the peers, warms them up, measures them in turns, prints the table and ends what it started. */
@Command(
        name = "bench",
        showDefaultValues = true,
        sortOptions = false,
        description = "Measures the gateway beside a bare proxy and a direct call, on loopback.")
public final class Bench implements Callable<Integer> {
    @SuppressWarnings("UnusedVariable") // picocli sets it, and prints the options instead of running
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "show this")
    private boolean help;

    @Option(names = "--gateway", paramLabel = "JAR", description = "the gateway to start; without it, there is none")
    private @Nullable Path gateway;

    @Option(names = "--peer", paramLabel = "NAME=URL,PID,HEADERS[,MODEL]", description = "a running gateway to compare")
    private List<String> externals = List.of();

    @Option(names = "--failing-over", description = "only what an attempt that fails costs the gateway")
    private boolean failingOver;

    @Option(names = "--credits", description = "only what counting and charging cost the gateway")
    private boolean credits;

    @Option(names = "--rounds", description = "every peer is measured once in each round")
    private int rounds = 5;

    @Option(names = "--warm-up", description = "seconds for each peer, half requests, half streams")
    private int warmUpSeconds = 20;

    @Option(names = "--seconds", description = "length of one closed loop")
    private int seconds = 8;

    @Option(names = "--connections", split = ",", description = "connections of the closed loops")
    private List<Integer> connections = List.of(1, 32, 128);

    @Option(names = "--first-bytes", description = "streams one by one")
    private int firstBytes = 1_000;

    @Option(names = "--streams", description = "streams at once")
    private int streams = 1_000;

    @Option(names = "--chunks", description = "events of each of them")
    private int chunks = 20;

    @Option(names = "--gap", description = "milliseconds between two events")
    private int gapMillis = 100;

    @Option(names = "--jvm", split = " ", description = "options of every server's JVM")
    private List<String> jvmOptions = List.of("-Xms384m", "-Xmx384m", "-XX:+UseParallelGC");

    public static void main(String[] args) {
        System.exit(new CommandLine(new Bench())
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    say("%s", failure);
                    return 1;
                })
                .execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("serai-bench");
        say("Logs and data: %s", folder);
        try (Peers peers = new Peers(folder, jvmOptions);
                LoadGenerator generator = new LoadGenerator()) {
            if (gateway != null && failingOver) {
                peers.startFailingOver(gateway.toAbsolutePath());
            } else if (gateway != null && credits) {
                peers.startCredits(gateway.toAbsolutePath());
            } else if (gateway != null) {
                peers.startGateway(gateway.toAbsolutePath());
            }
            for (String external : externals) {
                peers.add(Peers.external(external));
            }
            peers.all().forEach(peer -> prove(generator, peer));
            peers.all().forEach(peer -> warmUp(generator, peer));
            Map<String, Long> before = counted(peers);
            Results results = measure(generator, peers.all());
            System.out.println(machine() + "\n\n" + new Report(results, peers.all(), stages()).text());
            if (credits) {
                System.out.println(settled(results, before, counted(peers)));
                System.out.printf(
                        Locale.ROOT,
                        "A write of 4 KiB is durable after %.2f ms here, at the median of 300.%n",
                        DiskSync.medianMillis(folder));
            }
        }
        return 0;
    }

    private List<Stage> stages() {
        List<Stage> stages = new ArrayList<>();
        connections.forEach(count -> stages.add(new Stage.ClosedLoop(count, Duration.ofSeconds(seconds))));
        if (!failingOver && !credits) {
            stages.add(new Stage.FirstByte(firstBytes));
            stages.add(new Stage.Streams(streams, answer()));
        }
        return stages;
    }

    private static Map<String, Long> counted(Peers peers) throws IOException, InterruptedException {
        Map<String, Long> counted = new TreeMap<>();
        for (Map.Entry<String, AdminPort> one : peers.counting().entrySet()) {
            counted.put(one.getKey(), one.getValue().counted());
        }
        return counted;
    }

    /** That every answer was counted, and none twice. */
    private static String settled(Results results, Map<String, Long> before, Map<String, Long> after) {
        List<String> lines = new ArrayList<>();
        after.forEach((name, count) -> lines.add(String.format(
                Locale.ROOT,
                "Of %s: %,d requests were answered, and %,d are in its books.",
                name,
                results.all().stream()
                        .filter(one -> one.peer().equals(name))
                        .mapToLong(one -> one.observed().completed())
                        .sum(),
                count - before.getOrDefault(name, 0L))));
        return String.join("\n", lines);
    }

    private Answer answer() {
        return new Answer(true, chunks, Duration.ofMillis(gapMillis));
    }

    private Results measure(LoadGenerator generator, List<Peer> peers) {
        Results results = new Results();
        for (int round = 1; round <= rounds; round++) {
            for (Stage stage : stages()) {
                say("Round %d of %d: %s", round, rounds, stage);
                for (Peer peer : peers) {
                    results.add(Measurement.of(generator, peers, peer, stage));
                }
            }
        }
        return results;
    }

    /** A peer that answers nonsense quickly would win, so each must first answer well. */
    private static void prove(LoadGenerator generator, Peer peer) {
        Observed plain = generator.run(peer, new Stage.ClosedLoop(1, Duration.ofMillis(200)));
        Observed streamed = generator.run(peer, new Stage.Streams(1, new Answer(true, 3, Duration.ofMillis(10))));
        if (plain.completed() == 0 || plain.completed() < plain.total() || streamed.completed() != 1) {
            throw new IllegalStateException(peer.name() + " does not answer: " + plain.completed() + " of "
                    + plain.total() + " requests, " + streamed.completed() + " of 1 stream");
        }
    }

    private void warmUp(LoadGenerator generator, Peer peer) {
        say("Warming up %s for %d s", peer.name(), warmUpSeconds);
        Duration half = Duration.ofMillis(warmUpSeconds * 500L);
        generator.run(peer, new Stage.ClosedLoop(32, half));
        long end = System.nanoTime() + half.toNanos();
        while (System.nanoTime() < end) {
            generator.run(peer, new Stage.Streams(Math.min(streams, 200), new Answer(true, 20, Duration.ofMillis(20))));
        }
    }

    private String machine() {
        return String.format(
                Locale.ROOT,
                "%d cores, %s %s, Java %s; %d rounds in turns after %d s of warm-up each; servers run with %s",
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                Runtime.version(),
                rounds,
                warmUpSeconds,
                String.join(" ", jvmOptions));
    }

    private static void say(String format, Object... arguments) {
        System.err.printf(Locale.ROOT, format + "%n", arguments);
    }
}
