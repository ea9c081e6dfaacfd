package dev.serai.steps;

import dev.serai.dialect.Dialects;
import dev.serai.selection.Experience;
import dev.serai.selection.Plan;
import dev.serai.selection.Planner;
import dev.serai.selection.Selection;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** What is left of a selection to an ordered list of candidates. */
final class PlanCandidates implements Processor {
    private final Dialects dialects;
    private final Planner planner;
    private final Experience experience;

    PlanCandidates(Dialects dialects, Planner planner, Experience experience) {
        this.dialects = dialects;
        this.planner = planner;
        this.experience = experience;
    }

    @Override
    public void process(Exchange exchange) {
        Selection selection = Variables.selection(exchange);
        String dialect = Variables.require(exchange, Variables.DIALECT, String.class);
        Plan plan = dialects.get(dialect).hasEstimate() ? planner.planIfSpoken(selection) : planner.plan(selection);
        exchange.setVariable(Variables.ATTEMPTS, new Attempts(plan, selection.isStreamed(), experience));
        exchange.setVariable(Variables.TRY_NEXT, !plan.candidates().isEmpty());
    }
}
