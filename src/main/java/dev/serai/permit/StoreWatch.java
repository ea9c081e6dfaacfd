package dev.serai.permit;

import dev.serai.access.AccessKey;
import dev.serai.store.ChangeNotices;
import dev.serai.store.Database;
import dev.serai.store.Store;
import dev.serai.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what the hot path knows of the store as new as the store: it looks every second, and as soon as another node tells of
 * a change. As long as the store is away, what was known last goes on, for so long as the operator allows. Thread-safe.
 */
public final class StoreWatch implements StoreFreshness, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StoreWatch.class);
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration USES_EVERY = Duration.ofSeconds(30);

    private final Supplier<Store> store;
    private final ChangeNotices notices;
    private final PermitLoader loader;
    private final Consumer<PermitSource> whenLoaded;
    private final Clock clock;
    private final Duration maxStaleness;
    private final Map<String, Instant> used = new ConcurrentHashMap<>();
    private final ScheduledExecutorService looking = Executors.newScheduledThreadPool(2, StoreWatch::thread);
    private volatile @Nullable Instant seenAt;
    private volatile @Nullable Instant awaySince;
    private long change = -1;

    /**
     * @param store        throws {@link StoreException} as long as it cannot be used
     * @param whenLoaded   told of everything that is loaded, one after the other
     * @param maxStaleness how long keys of the store are good when the store is away
     */
    public StoreWatch(
            Database database,
            Supplier<Store> store,
            PermitLoader loader,
            Consumer<PermitSource> whenLoaded,
            Clock clock,
            Duration maxStaleness) {
        this.store = store;
        this.notices = new ChangeNotices(database, this::look);
        this.loader = loader;
        this.whenLoaded = whenLoaded;
        this.clock = clock;
        this.maxStaleness = maxStaleness;
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "serai-store-watch");
        thread.setDaemon(true);
        return thread;
    }

    /** Looks once, and from now on by itself. A store that is away is tried again and again. */
    public void start() {
        look();
        var unusedLooks =
                looking.scheduleWithFixedDelay(this::look, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
        // On the other thread: a vault that is slow holds up no news of the store.
        var unusedRefreshing = looking.scheduleWithFixedDelay(
                this::refresh, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
        var unusedTelling = looking.scheduleWithFixedDelay(
                this::tellUses, USES_EVERY.toMillis(), USES_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        notices.start();
    }

    /** Sees to it that what was changed before this call is in force after it. For whoever made a change here. Blocks. */
    public synchronized void look() {
        try {
            if (loader.changes() != change) {
                StoredState state = loader.load();
                whenLoaded.accept(state);
                change = state.change();
            }
            seenAt = clock.instant();
            if (awaySince != null) {
                awaySince = null;
                LOG.info("the store is back");
            }
        } catch (StoreException e) {
            if (awaySince == null) {
                awaySince = clock.instant();
                LOG.atWarn()
                        .addKeyValue("reason", e.getMessage())
                        .log("the store is away; keys and configurations are those that were known last");
            }
        } catch (RuntimeException e) {
            if (awaySince == null) {
                awaySince = clock.instant();
                LOG.atError()
                        .setCause(e)
                        .log("the store cannot be read; keys and configurations are those that were known last");
            }
        }
    }

    private void refresh() {
        try {
            if (loader.refresh()) {
                lookAnew();
            }
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("values that lie outside the store cannot be looked for");
        }
    }

    private synchronized void lookAnew() {
        change = -1;
        look();
    }

    /** Since when the store is away; empty if it was there when it was looked for last. */
    public Optional<Instant> awaySince() {
        return Optional.ofNullable(awaySince);
    }

    /** Until when keys of the store are good although it is away; empty if they have never been seen. */
    public Optional<Instant> goodUntil() {
        return Optional.ofNullable(seenAt).map(seen -> seen.plus(maxStaleness));
    }

    @Override
    public boolean isTooOld() {
        Instant seen = seenAt;
        return seen == null || seen.plus(maxStaleness).isBefore(clock.instant());
    }

    @Override
    public void uses(AccessKey key, Instant now) {
        Instant last = used.get(key.id());
        if (last == null || last.plus(USES_EVERY).isBefore(now)) {
            used.put(key.id(), now);
        }
    }

    private void tellUses() {
        Map<String, Instant> told = Map.copyOf(used);
        if (told.isEmpty()) {
            return;
        }
        try {
            store.get().accessKeysUsed(told);
            told.forEach(used::remove);
        } catch (StoreException e) {
            // The next time, then.
        }
    }

    @Override
    public void close() {
        notices.close();
        looking.shutdownNow();
        tellUses();
    }
}
