package dev.serai.management;

import dev.serai.control.Actor;
import dev.serai.store.Store;
import dev.serai.store.StoreAwayException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of the store what is kept for a time only: answers to repeat for idempotency keys, and entries of the audit that are older than
 * the operator wants them. Blocks.
 */
final class Retention {
    private static final Actor ACTOR = new Actor(Actor.Kind.SYSTEM, "retention");

    private final ControlPlane plane;
    private final @Nullable Duration auditKept;

    /** @param auditKept null for ever */
    Retention(ControlPlane plane, @Nullable Duration auditKept) {
        this.plane = plane;
        this.auditKept = auditKept;
    }

    /** The step of a route. A store that is away is purged the next time. */
    void purge(Exchange exchange) {
        Clock clock = plane.clock();
        try {
            Store store = plane.store();
            Instant answersBefore = clock.instant().minus(Idempotency.KEPT);
            if (store.read(session -> session.idempotency().hasOlder(answersBefore))) {
                store.change(ACTOR, session -> session.idempotency().purge(answersBefore));
            }
            if (auditKept != null) {
                purgeAudit(store, clock.instant().minus(auditKept));
            }
        } catch (StoreAwayException e) {
            // Whoever watches the store has told of it.
        }
    }

    /** In steps, since all changes wait for each. */
    private static void purgeAudit(Store store, Instant before) {
        boolean isMore = store.read(session -> session.audit().hasOlder(before));
        while (isMore) {
            isMore = store.change(ACTOR, session -> session.audit().purge(before));
        }
    }
}
