package dev.serai;

import dev.serai.usage.Settlements;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Where charges go, as a health check of Camel: degraded while they wait on the local disk, down when nothing takes them, so that requests are refused.
 * Asks nobody.
 */
final class ChargesHealth extends AbstractHealthCheck {
    private final Settlements settlements;
    private final boolean isPrepaid;

    ChargesHealth(Settlements settlements, boolean isPrepaid) {
        super("serai", "charges");
        this.settlements = settlements;
        this.isPrepaid = isPrepaid;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder result, Map<String, Object> options) {
        long spooled = settlements.spooledBytes();
        boolean isSound = settlements.isSound();
        result.state(isSound || !isPrepaid ? State.UP : State.DOWN);
        if (!isSound) {
            result.detail(HealthReport.DEGRADED, true)
                    .message("what requests use can be written down neither in the database nor in spool/"
                            + (isPrepaid ? "; they are refused until it can" : ""));
        } else if (spooled > 0) {
            result.detail(HealthReport.DEGRADED, true)
                    .message("charges wait in spool/ for the database: " + spooled + " bytes");
        }
    }
}
