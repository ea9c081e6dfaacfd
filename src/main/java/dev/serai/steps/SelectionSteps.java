package dev.serai.steps;

import dev.serai.dialect.Dialects;
import dev.serai.failover.Failover;
import dev.serai.selection.CapabilityCheck;
import dev.serai.selection.Experience;
import dev.serai.selection.Naming;
import dev.serai.selection.Planner;
import dev.serai.selection.ScopeCheck;
import dev.serai.selection.Selection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.Predicate;
import org.apache.camel.Processor;

/**
 * What {@code selection.camel.yaml} refers to: its steps, and the questions that it asks.
 */
public record SelectionSteps(
        Naming naming,
        ScopeCheck scopes,
        CapabilityCheck capabilities,
        Planner planner,
        Failover failover,
        Experience experience) {
    /** The questions, by the names under which {@code ref} finds them. */
    public Map<String, Predicate> questions() {
        return Map.of(
                "isNameLeft", asking(Selection::hasName),
                "isProviderNamed", asking(selection -> selection.directory().namesProvider(selection.name())),
                "isModelListed",
                        asking(selection ->
                                !selection.directory().listed(selection.name()).isEmpty()),
                "isAlias", asking(selection -> selection.directory().alias(selection.name()) != null),
                "isCounted", exchange -> Variables.attempts(exchange).hasNext());
    }

    Map<String, Processor> steps(Dialects dialects) {
        Map<String, Processor> steps = new HashMap<>();
        steps.put("readNames", new ReadNames(dialects));
        steps.put("takeProvider", doing(naming::takeNamed));
        steps.put("takeModel", doing(naming::takeListed));
        steps.put("takeAlias", doing(naming::takeAlias));
        steps.put("refuseName", doing(selection -> {
            throw selection.directory().notFound(selection.name());
        }));
        steps.put("checkScope", doing(scopes::apply));
        steps.put("checkCapabilities", doing(capabilities::apply));
        steps.put("orderOptions", doing(planner::order));
        steps.put("planCandidates", new PlanCandidates(dialects, planner, failover, experience));
        return steps;
    }

    private static Processor doing(Consumer<Selection> step) {
        return exchange -> step.accept(Variables.selection(exchange));
    }

    /** As plain as a predicate can be: the route asks on the hot path. */
    private static Predicate asking(Function<Selection, Boolean> question) {
        return new Predicate() {
            @Override
            public boolean matches(Exchange exchange) {
                return question.apply(Variables.selection(exchange));
            }
        };
    }
}
