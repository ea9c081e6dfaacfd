package dev.serai.reload;

import dev.serai.config.Problem;
import dev.serai.telemetry.Measures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Tells of each reload once, in the log and in the meters. */
final class ReloadLog {
    private static final Logger LOG = LoggerFactory.getLogger(ReloadLog.class);
    private static final int MAX_NAMES = 50;
    private static final int MAX_PROBLEMS = 20;

    private final Measures measures;

    ReloadLog(Measures measures) {
        this.measures = measures;
    }

    /**
     * Changed files are in force.
     *
     * @param changes       by the kind of thing that they are changes of
     * @param afterProblems whether the files before these were refused
     */
    void applied(String part, Map<String, Changes> changes, boolean afterProblems) {
        if (changes.values().stream().allMatch(Changes::isEmpty) && !afterProblems) {
            LOG.atDebug().addKeyValue("part", part).log("changed files say the same as before");
            return;
        }
        measures.reload(part, "applied");
        LoggingEventBuilder line = LOG.atInfo().addKeyValue("part", part);
        for (Map.Entry<String, Changes> kind : changes.entrySet()) {
            line = kind.getValue().isEmpty() ? line : line.addKeyValue(kind.getKey(), told(kind.getValue()));
        }
        line.log("configuration reloaded");
    }

    private static String told(Changes changes) {
        List<String> told = new ArrayList<>();
        add(told, "added", changes.added());
        add(told, "changed", changes.changed());
        add(told, "removed", changes.removed());
        if (changes.reordered()) {
            told.add("in another order");
        }
        return String.join("; ", told);
    }

    private static void add(List<String> told, String what, List<String> names) {
        if (!names.isEmpty()) {
            told.add(what + " " + join(names, MAX_NAMES, ", "));
        }
    }

    /**
     * Changed files are wrong.
     *
     * @param before what was wrong with the files before these; the same is not told again
     */
    void refused(String part, List<Problem> problems, List<Problem> before) {
        measures.reload(part, "refused");
        if (!problems.equals(before)) {
            LOG.atWarn()
                    .addKeyValue("part", part)
                    .addKeyValue(
                            "problems",
                            join(problems.stream().map(Problem::toString).toList(), MAX_PROBLEMS, "; "))
                    .log("changed configuration refused; what was in force stays in force");
        }
    }

    /** Files that may be right could not be put in force: a fault of Serai or of the routes. */
    void failed(String part, Exception cause) {
        measures.reload(part, "failed");
        LOG.atError()
                .setCause(cause)
                .addKeyValue("part", part)
                .log("changed configuration failed to load; what was in force stays in force");
    }

    private static String join(List<String> texts, int max, String separator) {
        String shown = texts.stream().limit(max).collect(Collectors.joining(separator));
        return texts.size() <= max ? shown : shown + separator + "and " + (texts.size() - max) + " more";
    }
}
