package dev.serai.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** The results as Markdown: medians over the rounds. */
final class Report {
    private final Results results;
    private final List<Peer> peers;
    private final List<Stage> stages;
    private final List<String> lines = new ArrayList<>();

    Report(Results results, List<Peer> peers, List<Stage> stages) {
        this.results = results;
        this.peers = List.copyOf(peers);
        this.stages = List.copyOf(stages);
    }

    String text() {
        lines.clear();
        row("Connections", "Peer", "Requests/s", "p50 ms", "p99 ms", "CPU µs/request", "× bare proxy", "Failed");
        row("--:", "---", "--:", "--:", "--:", "--:", "--:", "--:");
        only(Stage.ClosedLoop.class).forEach(this::closedLoop);
        lines.add("");
        if (peers.stream().anyMatch(peer -> peer.name().equals(Peers.SECOND_ANSWERS))) {
            only(Stage.ClosedLoop.class).forEach(this::failedAttempt);
        } else if (peers.stream().anyMatch(peer -> peer.name().equals(Peers.METERS))) {
            for (String name : List.of(Peers.METERS, Peers.PREPAID)) {
                only(Stage.ClosedLoop.class).forEach(stage -> counting(stage, name));
            }
        } else {
            streams();
        }
        row("Peer", "Peak RSS MiB", "Most threads");
        row("---", "--:", "--:");
        peers.forEach(this::process);
        lines.add("");
        lines.add(bystanders());
        return String.join("\n", lines);
    }

    /** In each round, what a request takes more if its first candidate fails. */
    private void failedAttempt(Stage.ClosedLoop stage) {
        double[] more = results.differences(stage, Peers.SECOND_ANSWERS, Peers.FIRST_ANSWERS, Measurement::cpuMicros);
        DoubleSummaryStatistics range = Arrays.stream(more).summaryStatistics();
        lines.add("With " + stage.connections() + " connections, an attempt that fails costs "
                + number("%.0f", Results.median(more)) + " µs of CPU (" + number("%.0f", range.getMin()) + "–"
                + number("%.0f", range.getMax()) + "), the call to the provider and the line of the log included.");
        lines.add("");
    }

    /** In each round, what a gateway that counts does more slowly than one that does not. */
    private void counting(Stage.ClosedLoop stage, String name) {
        double[] throughput = results.ratios(stage, name, Peers.COUNTS_NOTHING, Measurement::perSecond);
        double[] waits = results.differences(
                stage, name, Peers.COUNTS_NOTHING, one -> one.observed().waitMillis(50));
        DoubleSummaryStatistics share = Arrays.stream(throughput).summaryStatistics();
        DoubleSummaryStatistics longer = Arrays.stream(waits).summaryStatistics();
        lines.add("With " + stage.connections() + " connections, " + name + " serves "
                + number("%.2f", Results.median(throughput)) + " times (" + number("%.2f", share.getMin()) + "–"
                + number("%.2f", share.getMax())
                + ") the requests that one serves which counts nothing, and the median waits "
                + number("%.2f", Results.median(waits)) + " ms longer (" + number("%.2f", longer.getMin()) + "–"
                + number("%.2f", longer.getMax()) + ").");
        lines.add("");
    }

    private void streams() {
        row("One by one", "Peer", "Complete", "First event p50 ms", "p99 ms", "Added to direct, p50 ms");
        row("--:", "---", "--:", "--:", "--:", "--:");
        only(Stage.FirstByte.class).forEach(this::firstByte);
        lines.add("");
        row(
                "At once",
                "Peer",
                "Complete",
                "First event p50 ms",
                "p99 ms",
                "Gap p50 ms",
                "p99 ms",
                "CPU µs/stream",
                "× bare proxy");
        row("--:", "---", "--:", "--:", "--:", "--:", "--:", "--:", "--:");
        only(Stage.Streams.class).forEach(this::streams);
        lines.add("");
    }

    private void closedLoop(Stage.ClosedLoop stage) {
        for (Peer peer : peers) {
            String name = peer.name();
            row(
                    Integer.toString(stage.connections()),
                    name,
                    number("%.0f", results.median(stage, name, Measurement::perSecond)),
                    number(
                            "%.2f",
                            results.median(stage, name, one -> one.observed().waitMillis(50))),
                    number(
                            "%.2f",
                            results.median(stage, name, one -> one.observed().waitMillis(99))),
                    number("%.0f", results.median(stage, name, Measurement::cpuMicros)),
                    ratio(stage, name),
                    Long.toString(failures(stage, name)));
        }
    }

    private void firstByte(Stage.FirstByte stage) {
        double direct =
                results.median(stage, Peers.DIRECT, one -> one.observed().waitMillis(50));
        for (Peer peer : peers) {
            String name = peer.name();
            double median = results.median(stage, name, one -> one.observed().waitMillis(50));
            row(
                    Integer.toString(stage.streams()),
                    name,
                    complete(stage, name),
                    number("%.2f", median),
                    number(
                            "%.2f",
                            results.median(stage, name, one -> one.observed().waitMillis(99))),
                    name.equals(Peers.DIRECT) ? "–" : number("%.2f", median - direct));
        }
    }

    private void streams(Stage.Streams stage) {
        for (Peer peer : peers) {
            String name = peer.name();
            row(
                    Integer.toString(stage.count()),
                    name,
                    complete(stage, name),
                    number(
                            "%.2f",
                            results.median(stage, name, one -> one.observed().waitMillis(50))),
                    number(
                            "%.2f",
                            results.median(stage, name, one -> one.observed().waitMillis(99))),
                    number(
                            "%.1f",
                            results.median(stage, name, one -> one.observed().gapMillis(50))),
                    number(
                            "%.1f",
                            results.median(stage, name, one -> one.observed().gapMillis(99))),
                    number("%.0f", results.median(stage, name, Measurement::cpuMicros)),
                    ratio(stage, name));
        }
    }

    private void process(Peer peer) {
        OptionalLong kib = peer.process().peakResidentKib();
        long threads = stages.stream()
                .flatMap(stage -> results.of(stage, peer.name()).stream())
                .mapToLong(Measurement::threads)
                .max()
                .orElse(0);
        row(
                peer.name(),
                kib.isPresent() ? Long.toString(kib.getAsLong() / 1024) : "–",
                threads > 0 ? Long.toString(threads) : "–");
    }

    private String bystanders() {
        double[] cores = results.all().stream().mapToDouble(Measurement::others).toArray();
        return "Meanwhile, other programs used " + number("%.2f", Results.median(cores)) + " cores at the median and "
                + number("%.2f", Arrays.stream(cores).max().orElse(Double.NaN)) + " at most.";
    }

    /** Median and range over the rounds. The direct call goes through nothing, so it has nothing to compare. */
    private String ratio(Stage stage, String peer) {
        if (peer.equals(Peers.DIRECT)) {
            return "–";
        }
        double[] ratios = results.ratios(stage, peer, Peers.BARE_PROXY, Measurement::cpuMicros);
        DoubleSummaryStatistics range = Arrays.stream(ratios).summaryStatistics();
        return number("%.2f", Results.median(ratios))
                + (peer.equals(Peers.BARE_PROXY)
                        ? ""
                        : " (" + number("%.2f", range.getMin()) + "–" + number("%.2f", range.getMax()) + ")");
    }

    private String complete(Stage stage, String peer) {
        long complete = 0;
        long total = 0;
        for (Measurement one : results.of(stage, peer)) {
            complete += one.observed().completed();
            total += one.observed().total();
        }
        return complete + "/" + total;
    }

    private long failures(Stage stage, String peer) {
        return results.of(stage, peer).stream()
                .mapToLong(one -> one.observed().total() - one.observed().completed())
                .sum();
    }

    private <S extends Stage> List<S> only(Class<S> kind) {
        return stages.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private void row(String... cells) {
        lines.add("| " + String.join(" | ", cells) + " |");
    }

    private static String number(String format, double value) {
        return Double.isNaN(value) || Double.isInfinite(value) ? "–" : String.format(Locale.ROOT, format, value);
    }
}
