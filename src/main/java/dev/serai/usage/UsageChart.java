package dev.serai.usage;

import dev.serai.credits.Dollars;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What an account paid each day, as a picture: a bar for each day, made of the groups that cost most, and the others together. SVG 1.1,
 * without scripts and without references to anything else.
 */
public final class UsageChart {
    private static final int WIDTH = 960;
    private static final int HEIGHT = 320;
    private static final int LEFT = 80;
    private static final int TOP = 40;
    private static final int PLOT_WIDTH = 680;
    private static final int PLOT_HEIGHT = 220;
    private static final String OTHERS = "others";

    /** Told apart by people who do not tell red from green (Okabe and Ito); the last is for the others. */
    private static final List<String> COLOURS =
            List.of("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#999999");

    private static final int MOST_GROUPS = COLOURS.size() - 1;

    private final LocalDate from;
    private final LocalDate to;
    private final Map<LocalDate, Map<String, Long>> days = new HashMap<>();
    private final List<String> groups;
    private final long most;
    private final long total;

    /** @param to the last day, inclusive */
    public UsageChart(LocalDate from, LocalDate to, List<UsageSum> sums) {
        this.from = from;
        this.to = to;
        Map<String, Long> byGroup = sums.stream()
                .collect(Collectors.groupingBy(UsageSum::group, Collectors.summingLong(UsageSum::chargeNanos)));
        List<String> largest = byGroup.entrySet().stream()
                .filter(group -> group.getValue() > 0)
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .toList();
        groups = new ArrayList<>(largest.subList(0, Math.min(MOST_GROUPS, largest.size())));
        if (largest.size() > MOST_GROUPS) {
            groups.add(OTHERS);
        }
        for (UsageSum sum : sums) {
            String group = groups.indexOf(sum.group()) >= 0 ? sum.group() : OTHERS;
            days.computeIfAbsent(sum.day(), day -> new LinkedHashMap<>()).merge(group, sum.chargeNanos(), Long::sum);
        }
        most = days.values().stream().mapToLong(UsageChart::sum).max().orElse(0);
        total = days.values().stream().mapToLong(UsageChart::sum).sum();
    }

    private static long sum(Map<String, Long> day) {
        return day.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The picture. */
    public String svg() {
        StringBuilder svg = new StringBuilder();
        String title = "Cost by day, " + from + " to " + to + ": " + Dollars.ofNanos(total) + " USD";
        svg.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\""
                        + " font-family=\"sans-serif\" font-size=\"12\">%n<title>%s</title>%n"
                        + "<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>%n",
                WIDTH,
                HEIGHT,
                WIDTH,
                HEIGHT,
                escaped(title)));
        text(svg, LEFT, TOP / 2, "start", title);
        axis(svg);
        long count = to.toEpochDay() - from.toEpochDay() + 1;
        for (long day = 0; day < count; day++) {
            bar(svg, from.plusDays(day), day, count);
        }
        legend(svg);
        return svg.append("</svg>\n").toString();
    }

    private void axis(StringBuilder svg) {
        int bottom = TOP + PLOT_HEIGHT;
        for (int part = 0; part <= 2; part++) {
            int y = bottom - PLOT_HEIGHT * part / 2;
            svg.append(String.format(
                    Locale.ROOT,
                    "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"#cccccc\"/>%n",
                    LEFT,
                    y,
                    LEFT + PLOT_WIDTH,
                    y));
            if (part == 0 || most > 0) {
                text(svg, LEFT - 8, y + 4, "end", Dollars.ofNanos(most / 2 * part));
            }
        }
        text(svg, LEFT, bottom + 20, "start", from.toString());
        text(svg, LEFT + PLOT_WIDTH, bottom + 20, "end", to.toString());
    }

    private void bar(StringBuilder svg, LocalDate day, long index, long count) {
        Map<String, Long> parts = days.getOrDefault(day, Map.of());
        double width = (double) PLOT_WIDTH / count;
        double y = TOP + PLOT_HEIGHT;
        for (int i = 0; i < groups.size(); i++) {
            long nanos = parts.getOrDefault(groups.get(i), 0L);
            if (nanos == 0) {
                continue;
            }
            double height = (double) PLOT_HEIGHT * nanos / most;
            y -= height;
            svg.append(String.format(
                    Locale.ROOT,
                    "<rect x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\" fill=\"%s\"><title>%s</title></rect>%n",
                    LEFT + width * index + width * 0.1,
                    y,
                    width * 0.8,
                    height,
                    colour(i),
                    escaped(day + ", " + groups.get(i) + ": " + Dollars.ofNanos(nanos) + " USD")));
        }
    }

    private void legend(StringBuilder svg) {
        int x = LEFT + PLOT_WIDTH + 20;
        for (int i = 0; i < groups.size(); i++) {
            int y = TOP + i * 20;
            svg.append(String.format(
                    Locale.ROOT,
                    "<rect x=\"%d\" y=\"%d\" width=\"12\" height=\"12\" fill=\"%s\"/>%n",
                    x,
                    y,
                    colour(i)));
            text(svg, x + 18, y + 10, "start", groups.get(i));
        }
    }

    private String colour(int group) {
        return groups.get(group).equals(OTHERS) ? COLOURS.get(MOST_GROUPS) : COLOURS.get(group);
    }

    private static void text(StringBuilder svg, int x, int y, String anchor, String text) {
        svg.append(String.format(
                Locale.ROOT, "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>%n", x, y, anchor, escaped(text)));
    }

    /** Names of models come from clients: nothing of them is markup, and what XML has no form for is replaced. */
    private static String escaped(String text) {
        return text.codePoints()
                .mapToObj(point -> switch (point) {
                    case '<' -> "&lt;";
                    case '>' -> "&gt;";
                    case '&' -> "&amp;";
                    case '"' -> "&quot;";
                    default -> point < ' ' || point == 0xfffe || point == 0xffff ? "\ufffd" : Character.toString(point);
                })
                .collect(Collectors.joining());
    }
}
