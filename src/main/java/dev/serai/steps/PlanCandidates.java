package dev.serai.steps;

import dev.serai.dialect.Dialects;
import dev.serai.error.ErrorCode;
import dev.serai.error.GatewayException;
import dev.serai.failover.Course;
import dev.serai.failover.Failover;
import dev.serai.failover.Wishes;
import dev.serai.selection.Experience;
import dev.serai.selection.Plan;
import dev.serai.selection.Planner;
import dev.serai.selection.Selection;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/** What is left of a selection to an ordered list of candidates. */
final class PlanCandidates implements Processor {
    private final Dialects dialects;
    private final Planner planner;
    private final Failover failover;
    private final Experience experience;

    PlanCandidates(Dialects dialects, Planner planner, Failover failover, Experience experience) {
        this.dialects = dialects;
        this.planner = planner;
        this.failover = failover;
        this.experience = experience;
    }

    @Override
    public void process(Exchange exchange) {
        Selection selection = Variables.selection(exchange);
        String dialect = Variables.require(exchange, Variables.DIALECT, String.class);
        Plan plan = dialects.get(dialect).hasEstimate() ? planner.planIfSpoken(selection) : planner.plan(selection);
        Course course = failover.begin(plan, Variables.permit(exchange).wishes().and(wishes(exchange.getMessage())));
        exchange.setVariable(Variables.ATTEMPTS, new Attempts(course, selection.isStreamed(), experience));
        exchange.setVariable(Variables.TRY_NEXT, !plan.candidates().isEmpty());
    }

    private static Wishes wishes(Message message) {
        String header = message.getHeader(Wishes.HEADER, String.class);
        if (header == null) {
            return Wishes.NONE;
        }
        try {
            return Wishes.parse(header);
        } catch (IllegalArgumentException e) {
            throw new GatewayException(
                    ErrorCode.BAD_REQUEST, "The header " + Wishes.HEADER + " " + e.getMessage() + ".");
        }
    }
}
