package dev.serai.permit;

import dev.serai.control.FailoverOverrides;
import dev.serai.control.GatewayConfig;
import dev.serai.control.KeyConfiguration;
import dev.serai.control.Timeouts;
import dev.serai.failover.Action;
import dev.serai.failover.Fault;
import dev.serai.failover.Rescue;
import dev.serai.failover.Wishes;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What accounts and configurations want of failing over, as the wishes of a request. */
final class StoredWishes {
    private StoredWishes() {}

    static Wishes of(GatewayConfig config) {
        return wishes(Map.of(), null, config.timeouts(), config.rescue(), config.hedgeAfter());
    }

    static Wishes of(KeyConfiguration configuration) {
        FailoverOverrides failover = configuration.failover();
        Map<Fault, Action> actions = new HashMap<>();
        failover.after().forEach((fault, action) -> actions.put(Fault.named(fault), Action.named(action)));
        return wishes(actions, failover.attempts(), configuration.timeouts(), failover.rescue(), failover.hedgeAfter());
    }

    private static Wishes wishes(
            Map<Fault, Action> actions,
            @Nullable Long attempts,
            Timeouts timeouts,
            @Nullable String rescue,
            @Nullable Duration hedge) {
        return new Wishes(
                actions,
                attempts == null ? Integer.MAX_VALUE : (int) Math.min(attempts, Integer.MAX_VALUE),
                timeouts.total(),
                timeouts.perRequest(),
                timeouts.streamIdle(),
                timeouts.longestStream(),
                timeouts.connect(),
                rescue == null ? null : Rescue.named(rescue),
                hedge);
    }
}
