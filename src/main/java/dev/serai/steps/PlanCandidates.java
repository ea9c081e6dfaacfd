package dev.serai.steps;

import dev.serai.selection.Planner;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Model names to an ordered list of candidates. */
final class PlanCandidates implements Processor {
    private final Planner planner;

    PlanCandidates(Planner planner) {
        this.planner = planner;
    }

    @Override
    public void process(Exchange exchange) {
        var request = Variables.request(exchange);
        exchange.setVariable(Variables.ATTEMPTS, new Attempts(planner.planNames(request.dialect(), request.models())));
        exchange.setVariable(Variables.TRY_NEXT, true);
    }
}
