package dev.serai;

import dev.serai.permit.StoreWatch;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** How the store is, as a health check of Camel: degraded while it is away, down when its keys are good no longer. Asks nobody. */
final class StoreHealth extends AbstractHealthCheck {
    private final StoreWatch watch;

    StoreHealth(StoreWatch watch) {
        super("serai", "store");
        this.watch = watch;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder result, Map<String, Object> options) {
        if (watch.isTooOld()) {
            result.down().message("the database is away for too long: its access keys are refused");
            return;
        }
        result.up();
        watch.awaySince().ifPresent(since -> result.detail(HealthReport.DEGRADED, true)
                .message("the database is away since " + since + "; its access keys are good until "
                        + watch.goodUntil().map(Object::toString).orElse("then") + ", and nothing can be managed"));
    }
}
