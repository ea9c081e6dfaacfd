package dev.serai.steps;

import dev.serai.access.AccessKey;
import dev.serai.access.Allowance;
import dev.serai.credits.Budget;
import dev.serai.credits.Tariff;
import dev.serai.dialect.Dialects;
import dev.serai.error.ErrorCode;
import dev.serai.error.GatewayException;
import dev.serai.gateway.ClientCall;
import dev.serai.usage.UsageEvent;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;

/** From here on it is counted what the request uses. If somebody is held to what it costs, it is worked out what it may cost at most. */
final class BeginMetering implements Processor {
    private final @Nullable Metering metering;
    private final Dialects dialects;

    /** @param metering null if nothing is counted */
    BeginMetering(@Nullable Metering metering, Dialects dialects) {
        this.metering = metering;
        this.dialects = dialects;
    }

    @Override
    public void process(Exchange exchange) {
        ClientCall call = ClientCall.of(exchange);
        // A question for a number of tokens uses none.
        if (call == null || dialects.get(Variables.request(exchange).dialect()).hasEstimate()) {
            return;
        }
        List<Budget> budgets = budgets(exchange);
        if (metering == null) {
            if (!budgets.isEmpty()) {
                throw new GatewayException(
                        ErrorCode.BUDGET_EXCEEDED,
                        "This access key or its account has a budget, and this gateway counts nothing, so nobody knows what"
                                + " is left of it. Whoever runs it can have it count (serai.credits), or lift the budget.");
            }
            return;
        }
        if (metering.isPrepaid() && !metering.settlements().isSound()) {
            throw new GatewayException(
                    ErrorCode.STORE_UNAVAILABLE,
                    "What requests cost cannot be written down at this moment: neither the store nor the disk takes it."
                            + " Try again later.");
        }
        CallMeter meter = meter(exchange, call, metering);
        exchange.setVariable(Variables.METER, meter);
        if (metering.isPrepaid() || !budgets.isEmpty()) {
            meter.expects(new CostForecast(exchange, metering, meter.tariff()).highest(), budgets);
        }
    }

    private static List<Budget> budgets(Exchange exchange) {
        Allowed allowed = Allowed.of(exchange, Allowance.ALL);
        if (!allowed.hasBudget()) {
            return List.of();
        }
        List<Budget> budgets = new ArrayList<>(2);
        if (allowed.key().hasBudget()) {
            budgets.add(Budget.ofKey(Variables.accessKey(exchange).id(), allowed.key()));
        }
        if (allowed.account().hasBudget()) {
            budgets.add(Budget.ofAccount(allowed.account()));
        }
        return budgets;
    }

    private static CallMeter meter(Exchange exchange, ClientCall call, Metering by) {
        AccessKey key = Variables.accessKey(exchange);
        UsageEvent.Call request = new UsageEvent.Call(
                call.requestId(), key.accountId(), key.id(), call.dialect(), Variables.request(exchange).stream());
        Tariff tariff = Variables.permit(exchange).terms().over(by.tariff());
        return new CallMeter(by, request, tariff, Variables.attempts(exchange), call.loop()::run);
    }
}
