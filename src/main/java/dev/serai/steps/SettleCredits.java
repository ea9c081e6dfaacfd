package dev.serai.steps;

import dev.serai.error.ErrorCode;
import dev.serai.error.GatewayException;
import dev.serai.upstream.ReplyStream;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;

/**
 * Charges for an answer before the client has it. The end of a stream waits by itself: its charge is not known before it is whole.
 */
final class SettleCredits extends AsyncProcessorSupport {
    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        CallMeter meter = exchange.getVariable(Variables.METER, CallMeter.class);
        if (meter == null || !meter.isPrepaid() || exchange.getMessage().getBody() instanceof ReplyStream) {
            callback.done(true);
            return true;
        }
        meter.settle(failed -> {
            if (failed != null) {
                exchange.setException(new GatewayException(
                        ErrorCode.STORE_UNAVAILABLE,
                        "There is an answer, but " + CallMeter.NOT_KEPT + ". Try again later."));
            }
            callback.done(false);
        });
        return false;
    }
}
