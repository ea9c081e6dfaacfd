package dev.serai.selection;

import dev.serai.error.GatewayException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one name of a request stands for, as far as it is still possible. Belongs to one {@link Selection}. */
final class Group {
    private final Strategy strategy;
    private List<Option> options;
    private @Nullable GatewayException refusal;

    Group(Strategy strategy, List<Option> options) {
        this.strategy = strategy;
        this.options = options;
    }

    /** A name that stands for nothing in this request, and why. */
    Group(GatewayException refusal) {
        this.strategy = Strategy.ORDERED;
        this.options = List.of();
        this.refusal = refusal;
    }

    List<Option> options() {
        return options;
    }

    boolean isEmpty() {
        return options.isEmpty();
    }

    /** Why the first of those that are gone is gone; null if none is. */
    @Nullable
    GatewayException refusal() {
        return refusal;
    }

    /** Lets those go that the check refuses, and tells {@code dropped} of each. */
    void keep(Check check, Selection selection) {
        List<Option> kept = null;
        for (int i = 0; i < options.size(); i++) {
            Option option = options.get(i);
            GatewayException reason = check.refusal(option.target(), selection);
            if (reason != null) {
                kept = kept == null ? new ArrayList<>(options.subList(0, i)) : kept;
                refuse(option.target(), reason, selection);
            } else if (kept != null) {
                kept.add(option);
            }
        }
        options = kept == null ? options : kept;
    }

    void refuse(Target target, GatewayException reason, Selection selection) {
        refusal = refusal == null ? reason : refusal;
        selection.drop(target, reason);
    }

    /** Puts them into the order in which to try them, the healthy ones first. */
    void order(RequestShape request, Health health) {
        if (options.size() > 1) {
            options = healthyFirst(strategy.order(options, request), health);
        }
    }

    private static List<Option> healthyFirst(List<Option> options, Health health) {
        List<Option> ordered = new ArrayList<>(options.size());
        List<Option> ill = new ArrayList<>();
        for (Option option : options) {
            (health.isHealthy(option.target()) ? ordered : ill).add(option);
        }
        ordered.addAll(ill);
        return ordered;
    }
}
