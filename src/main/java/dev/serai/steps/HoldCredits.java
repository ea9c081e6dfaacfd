package dev.serai.steps;

import dev.serai.access.AccessKey;
import dev.serai.credits.Dollars;
import dev.serai.credits.Tariff;
import dev.serai.credits.Wallets;
import dev.serai.dialect.Dialects;
import dev.serai.error.ErrorCode;
import dev.serai.error.GatewayException;
import dev.serai.gateway.ClientCall;
import dev.serai.usage.UsageEvent;
import java.util.Locale;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;
import org.jspecify.annotations.Nullable;

/**
 * Begins to count what the request uses, and holds what it may cost at most out of the credits of its account, if accounts pay. Refuses it
 * if there is not so much left: nothing has been sent by then.
 */
final class HoldCredits extends AsyncProcessorSupport {
    private final @Nullable Metering metering;
    private final Dialects dialects;

    /** @param metering null if nothing is counted */
    HoldCredits(@Nullable Metering metering, Dialects dialects) {
        this.metering = metering;
        this.dialects = dialects;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        ClientCall call = ClientCall.of(exchange);
        if (metering != null && call != null && !isQuestion(exchange)) {
            CallMeter meter = meter(exchange, call, metering);
            exchange.setVariable(Variables.METER, meter);
            if (metering.isPrepaid() && !hold(exchange, callback, call, metering, meter)) {
                return false;
            }
        }
        callback.done(true);
        return true;
    }

    /** A question for a number of tokens uses none. */
    private boolean isQuestion(Exchange exchange) {
        return dialects.get(Variables.request(exchange).dialect()).hasEstimate();
    }

    private static CallMeter meter(Exchange exchange, ClientCall call, Metering by) {
        AccessKey key = Variables.require(exchange, Variables.ACCESS_KEY, AccessKey.class);
        UsageEvent.Call request = new UsageEvent.Call(
                call.requestId(), key.accountId(), key.id(), call.dialect(), Variables.request(exchange).stream());
        Tariff tariff = Variables.permit(exchange).terms().over(by.tariff());
        return new CallMeter(by, request, tariff, Variables.attempts(exchange), call.loop()::run);
    }

    /** @return whether it is decided; if not, the callback is called later */
    private boolean hold(Exchange exchange, AsyncCallback callback, ClientCall call, Metering by, CallMeter meter) {
        try {
            long nanos = forecast(exchange, by, meter);
            Wallets.Answer known =
                    nanos == 0 ? new Wallets.Nothing() : by.wallets().tryHold(meter.accountId(), nanos);
            if (known != null) {
                take(meter, known);
                return true;
            }
            by.wallets().await(meter.accountId(), nanos, answer -> call.loop().run(() -> {
                try {
                    take(meter, answer);
                } catch (GatewayException refused) {
                    exchange.setException(refused);
                }
                callback.done(false);
            }));
            return false;
        } catch (RuntimeException e) {
            exchange.setException(e); // here: thrown out of a step like this, nobody would catch it
            return true;
        }
    }

    private long forecast(Exchange exchange, Metering by, CallMeter meter) {
        if (!by.settlements().isSound()) {
            throw new GatewayException(
                    ErrorCode.STORE_UNAVAILABLE,
                    "What requests cost cannot be written down at this moment: neither the store nor the disk takes it."
                            + " Try again later.");
        }
        return new CostForecast(exchange, by, meter.tariff()).nanos();
    }

    private static void take(CallMeter meter, Wallets.Answer answer) {
        if (answer instanceof Wallets.Granted granted) {
            meter.holds(granted.hold());
        } else if (answer instanceof Wallets.Insufficient left) {
            throw insufficient(left.wantedNanos(), left.balanceNanos());
        } else if (answer instanceof Wallets.Unknown) {
            throw new GatewayException(
                    ErrorCode.STORE_UNAVAILABLE,
                    "How many credits are left cannot be told: the store is away. Try again later.");
        }
    }

    private static GatewayException insufficient(long wantedNanos, long balanceNanos) {
        return new GatewayException(
                ErrorCode.INSUFFICIENT_CREDITS,
                String.format(
                        Locale.ROOT,
                        "This request may cost up to $%s, and $%s of credits are left, some of them held for requests under"
                                + " way. Add credits, or ask for less: a lower limit to the output, a shorter input, a cheaper"
                                + " model.",
                        Dollars.ofNanos(wantedNanos),
                        Dollars.ofNanos(balanceNanos)));
    }
}
