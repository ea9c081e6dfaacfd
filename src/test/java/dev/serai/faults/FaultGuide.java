package dev.serai.faults;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The table of docs/failover.md, drawn from {@link Faults}. */
final class FaultGuide {
    static final Path PAGE = Path.of("docs/failover.md");

    private static final String BEGIN = "<!-- drawn from the tests; a test compares -->\n";
    private static final String END = "<!-- end of what is drawn -->\n";
    private static final String HEAD =
            "| A provider… | Streamed | Whole | Alone | With a fallback | …and held back | …or gone on with |";
    private static final String LINE = "|---|---|---|---|---|---|---|";

    private final List<FaultCase> faults;

    FaultGuide(List<FaultCase> faults) {
        this.faults = List.copyOf(faults);
    }

    /** The page with the table in its place. */
    String page(String page) {
        StringBuilder table = new StringBuilder("\n" + HEAD + "\n" + LINE + "\n");
        faults.forEach(fault -> table.append(row(fault)).append('\n'));
        return page.substring(0, page.indexOf(BEGIN) + BEGIN.length())
                + table.append('\n')
                + page.substring(page.indexOf(END));
    }

    /** The table with how long the client waited at most, of those faults that were tried. */
    String measured(Map<String, Duration> longest) {
        StringBuilder table = new StringBuilder(HEAD + " Longest |\n" + LINE + "--:|\n");
        for (FaultCase fault : faults) {
            if (longest.containsKey(fault.name())) {
                table.append(row(fault))
                        .append(" ")
                        .append(longest.get(fault.name()).toMillis())
                        .append(" ms |\n");
            }
        }
        return table.toString();
    }

    private static String row(FaultCase fault) {
        return "| "
                + String.join(
                        " | ",
                        fault.name(),
                        fault.mode().streamed,
                        fault.mode().whole,
                        fault.alone().label,
                        fault.helped().label,
                        fault.mode().includes(true) ? fault.held().label : "–",
                        fault.mode().includes(true) ? fault.goneOn().label : "–")
                + " |";
    }
}
