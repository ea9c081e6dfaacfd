package dev.serai;

import dev.serai.store.Ledger;
import dev.serai.store.StoreException;
import dev.serai.store.UsageRetention;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What {@code credits.camel.yaml} and {@code usage.camel.yaml} have done now and then, on the threads of its timers: it blocks. Nodes that share a database may all do
 * it, at the same time too. A store that is away is told in the log; the next round does what this one did not.
 *
 * @param kept for how long usage events are kept; empty for ever
 */
record DailyWork(Ledger ledger, UsageRetention retention, Optional<Duration> kept, Clock clock) {
    private static final Logger LOG = LoggerFactory.getLogger(DailyWork.class);

    void install(CamelContext context) {
        Processor expiry = exchange -> expireLots();
        Processor preparing = exchange -> prepareUsageDays();
        Processor forgetting = exchange -> forgetUsage();
        context.getRegistry().bind("expireOldLots", expiry);
        context.getRegistry().bind("prepareUsageDays", preparing);
        context.getRegistry().bind("forgetOldUsage", forgetting);
    }

    private void expireLots() {
        try {
            int expired = ledger.expireLots(clock.instant());
            if (expired > 0) {
                LOG.info("{} lots of credits have expired", expired);
            }
        } catch (StoreException e) {
            LOG.warn("credits that have expired cannot be taken out of the books now: {}", e.getMessage());
        }
    }

    private void prepareUsageDays() {
        try {
            retention.makeRoom();
        } catch (StoreException e) {
            LOG.warn("usage events of the next days cannot be given parts of their own now: {}", e.getMessage());
        }
    }

    private void forgetUsage() {
        if (kept.isEmpty()) {
            return;
        }
        LocalDate firstKept = LocalDate.ofInstant(clock.instant().minus(kept.get()), ZoneOffset.UTC);
        try {
            long forgotten = retention.forget(firstKept);
            if (forgotten > 0) {
                LOG.info("{} usage events of days before {} are forgotten", forgotten, firstKept);
            }
        } catch (StoreException e) {
            LOG.warn("usage events of days before {} cannot be forgotten now: {}", firstKept, e.getMessage());
        }
    }
}
