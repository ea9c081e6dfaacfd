package dev.serai.steps;

import dev.serai.selection.Experience;
import dev.serai.selection.Planner;
import dev.serai.selection.Selection;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** What is left of a selection to an ordered list of candidates. */
final class PlanCandidates implements Processor {
    private final Planner planner;
    private final Experience experience;

    PlanCandidates(Planner planner, Experience experience) {
        this.planner = planner;
        this.experience = experience;
    }

    @Override
    public void process(Exchange exchange) {
        Selection selection = Variables.selection(exchange);
        exchange.setVariable(
                Variables.ATTEMPTS, new Attempts(planner.plan(selection), selection.isStreamed(), experience));
        exchange.setVariable(Variables.TRY_NEXT, true);
    }
}
