package dev.serai.steps;

import dev.serai.access.Allowance;
import dev.serai.credits.Budget;
import dev.serai.credits.Budgets;
import dev.serai.credits.Dollars;
import dev.serai.credits.Period;
import dev.serai.error.ErrorCode;
import dev.serai.error.GatewayException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;
import org.jspecify.annotations.Nullable;

/** Keeps what the request may cost of the budgets of its access key and account, or refuses it: nothing has been sent by then. */
final class HoldBudget extends AsyncProcessorSupport {
    private final @Nullable Budgets budgets;

    /** @param budgets null if nothing is counted */
    HoldBudget(@Nullable Budgets budgets) {
        this.budgets = budgets;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        CallMeter meter = exchange.getVariable(Variables.METER, CallMeter.class);
        List<Budget> limits = limits(exchange);
        if (budgets == null || meter == null || limits.isEmpty()) {
            callback.done(true);
            return true;
        }
        long nanos = meter.expected().costNanos();
        Budgets.Answer known = budgets.tryReserve(meter.accountId(), limits, nanos);
        if (known != null) {
            take(exchange, meter, known);
            callback.done(true);
            return true;
        }
        budgets.await(
                meter.accountId(),
                limits,
                nanos,
                answer -> meter.onLoop(() -> {
                    take(exchange, meter, answer);
                    callback.done(false);
                }));
        return false;
    }

    private static List<Budget> limits(Exchange exchange) {
        Allowed allowed = Allowed.of(exchange, Allowance.ALL);
        if (!allowed.hasBudget()) {
            return List.of();
        }
        List<Budget> limits = new ArrayList<>(2);
        if (allowed.key().hasBudget()) {
            limits.add(Budget.ofKey(Variables.accessKey(exchange).id(), allowed.key()));
        }
        if (allowed.account().hasBudget()) {
            limits.add(Budget.ofAccount(allowed.account()));
        }
        return limits;
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
