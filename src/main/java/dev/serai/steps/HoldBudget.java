package dev.serai.steps;

import dev.serai.credits.Budget;
import dev.serai.credits.Budgets;
import dev.serai.credits.Dollars;
import dev.serai.credits.Period;
import dev.serai.error.ErrorCode;
import dev.serai.error.GatewayException;
import java.util.Locale;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;

/** Keeps what the request may cost of the budgets of its access key and account, or refuses it: nothing has been sent by then. */
final class HoldBudget extends AsyncProcessorSupport {
    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        CallMeter meter = exchange.getVariable(Variables.METER, CallMeter.class);
        if (meter == null || meter.budgets().isEmpty()) {
            callback.done(true);
            return true;
        }
        Budgets budgets = meter.metering().budgets();
        long nanos = meter.expected().costNanos();
        Budgets.Answer known = budgets.tryReserve(meter.accountId(), meter.budgets(), nanos);
        if (known != null) {
            take(exchange, meter, known);
            callback.done(true);
            return true;
        }
        budgets.await(
                meter.accountId(),
                meter.budgets(),
                nanos,
                answer -> meter.onLoop(() -> {
                    take(exchange, meter, answer);
                    callback.done(false);
                }));
        return false;
    }

    /** A refusal is set and not thrown: thrown out of a step like this, nobody would catch it. */
    private static void take(Exchange exchange, CallMeter meter, Budgets.Answer answer) {
        if (answer instanceof Budgets.Granted granted) {
            meter.keeps(granted.reservation());
        } else if (answer instanceof Budgets.Exceeded exceeded) {
            exchange.setException(refused(exceeded));
        } else {
            exchange.setException(new GatewayException(
                    ErrorCode.STORE_UNAVAILABLE,
                    "What is left of the budget cannot be told: the store is away. Try again later."));
        }
    }

    private static GatewayException refused(Budgets.Exceeded exceeded) {
        boolean isDay = exceeded.period() == Period.DAY;
        String whose = exceeded.whose() == Budget.Whose.KEY ? "This access key" : "The account of this access key";
        return new GatewayException(
                ErrorCode.BUDGET_EXCEEDED,
                String.format(
                        Locale.ROOT,
                        "%s may spend $%s a %s (%s). $%s are left, and this request may cost up to $%s. Ask for less, wait"
                                + " until %s, or ask whoever runs this gateway for more.",
                        whose,
                        Dollars.ofNanos(exceeded.limitNanos()),
                        isDay ? "day" : "month",
                        isDay ? "budgetPerDay" : "budgetPerMonth",
                        Dollars.ofNanos(exceeded.leftNanos()),
                        Dollars.ofNanos(exceeded.wantedNanos()),
                        exceeded.next()));
    }
}
