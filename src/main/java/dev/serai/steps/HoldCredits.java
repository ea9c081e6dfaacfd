package dev.serai.steps;

import dev.serai.credits.Dollars;
import dev.serai.credits.Wallets;
import dev.serai.error.ErrorCode;
import dev.serai.error.GatewayException;
import java.util.Locale;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;

/**
 * Holds what the request may cost at most out of the credits of its account, if accounts pay. Refuses it if there is not so much left: nothing
 * has been sent by then.
 */
final class HoldCredits extends AsyncProcessorSupport {
    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        CallMeter meter = exchange.getVariable(Variables.METER, CallMeter.class);
        if (meter == null || !meter.isPrepaid()) {
            callback.done(true);
            return true;
        }
        Wallets wallets = meter.metering().wallets();
        long nanos = meter.expected().chargeNanos();
        Wallets.Answer known = nanos == 0 ? new Wallets.Nothing() : wallets.tryHold(meter.accountId(), nanos);
        if (known != null) {
            take(exchange, meter, known);
            callback.done(true);
            return true;
        }
        wallets.await(
                meter.accountId(),
                nanos,
                answer -> meter.onLoop(() -> {
                    take(exchange, meter, answer);
                    callback.done(false);
                }));
        return false;
    }

    /** A refusal is set and not thrown: thrown out of a step like this, nobody would catch it. */
    private static void take(Exchange exchange, CallMeter meter, Wallets.Answer answer) {
        if (answer instanceof Wallets.Granted granted) {
            meter.holds(granted.hold());
        } else if (answer instanceof Wallets.Insufficient left) {
            exchange.setException(insufficient(left.wantedNanos(), left.balanceNanos()));
        } else if (answer instanceof Wallets.Unknown) {
            exchange.setException(new GatewayException(
                    ErrorCode.STORE_UNAVAILABLE,
                    "How many credits are left cannot be told: the store is away. Try again later."));
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
