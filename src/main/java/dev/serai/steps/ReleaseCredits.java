package dev.serai.steps;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** The request has failed: what was held for it can be held for another. */
final class ReleaseCredits implements Processor {
    @Override
    public void process(Exchange exchange) {
        CallMeter meter = exchange.getVariable(Variables.METER, CallMeter.class);
        if (meter != null) {
            meter.release();
        }
    }
}
