package dev.serai.control;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * With whose credentials a provider is called, step by step.
 *
 * @param model the provider's own name of it; null for all its models. A rule for a model wins over one for its provider.
 */
public record RoutingRule(String provider, @Nullable String model, List<Step> steps) {
    private static final int MAX_STEPS = 20;

    public RoutingRule {
        Checks.providerId("provider", provider);
        if (model != null) {
            if (model.isBlank()) {
                throw new IllegalArgumentException("model must not be blank; leave it out for every model");
            }
            Checks.line("model", model, Checks.MAX_MODEL);
        }
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("steps must have one step at least");
        }
        Checks.atMost("steps", steps, MAX_STEPS);
        Checks.distinct("steps", steps);
        steps = List.copyOf(steps);
    }

    /** What tells it from other rules: the provider, and the model without regard to case. */
    String subject() {
        return provider + ":" + (model == null ? "" : model.toLowerCase(Locale.ROOT));
    }
}
