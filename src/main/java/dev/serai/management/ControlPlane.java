package dev.serai.management;

import dev.serai.access.AccessToken;
import dev.serai.access.Pepper;
import dev.serai.access.Secret;
import dev.serai.control.Account;
import dev.serai.control.Actor;
import dev.serai.control.ApiKey;
import dev.serai.control.Role;
import dev.serai.control.Stamp;
import dev.serai.secrets.Vault;
import dev.serai.store.Database;
import dev.serai.store.Ledger;
import dev.serai.store.Migrations;
import dev.serai.store.Session;
import dev.serai.store.Store;
import dev.serai.store.StoreAwayException;
import dev.serai.store.StoreException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store of what is managed, and what its secrets are made with. A database that is away stops no start: it is prepared by
 * the first call that finds it. Blocks; thread-safe.
 */
public final class ControlPlane implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlPlane.class);
    private static final Actor FIRST_START = new Actor(Actor.Kind.SYSTEM, "first-start");

    private final Database database;
    private final Store store;
    private final Pepper pepper;
    private final Supplier<Vault> vault;
    private final SecureRandom random;
    private final Clock clock;
    private volatile boolean isPrepared;

    /**
     * @param database closed with this
     * @param vault    with the master keys of the moment
     */
    public ControlPlane(Database database, Pepper pepper, Supplier<Vault> vault, SecureRandom random, Clock clock) {
        this.database = database;
        this.store = new Store(database, clock, random);
        this.pepper = pepper;
        this.vault = vault;
        this.random = random;
        this.clock = clock;
    }

    /**
     * Brings the schema up to date and makes the default account, if the database is there.
     *
     * @throws StoreException if the database is there and cannot be used, such as one that a newer Serai made
     */
    public void begin() {
        try {
            store();
        } catch (StoreAwayException e) {
            LOG.atWarn()
                    .addKeyValue("reason", e.getMessage())
                    .log("the store is away; the management API waits for it");
        }
    }

    /**
     * The store, with a current schema.
     *
     * @throws StoreAwayException if it is away
     */
    public Store store() {
        if (!isPrepared) {
            prepare();
        }
        return store;
    }

    private synchronized void prepare() {
        if (isPrepared) {
            return;
        }
        new Migrations(database).migrate();
        if (store.read(session -> isMissing(session))) {
            store.change(FIRST_START, session -> {
                // Of nodes that start at once, one is the first.
                if (isMissing(session)) {
                    session.accounts().insert(new Account(Account.DEFAULT, "Default", Stamp.first(clock.instant())));
                }
                return true;
            });
        }
        isPrepared = true;
    }

    private static boolean isMissing(Session session) {
        return session.accounts().find(Account.DEFAULT, Account.DEFAULT).isEmpty();
    }

    /**
     * An operator's key for a store that has no API key at all, kept from now on; to be called when somebody is about to see it.
     *
     * @return its token; empty if there is a key already, or the store is away
     */
    public Optional<Secret> firstApiKey() {
        try {
            return store().read(ControlPlane::hasApiKey)
                    ? Optional.empty()
                    : Optional.ofNullable(store().change(FIRST_START, this::makeFirstApiKey));
        } catch (StoreAwayException e) {
            return Optional.empty();
        }
    }

    private static boolean hasApiKey(Session session) {
        return !session.apiKeys().all().isEmpty();
    }

    private @Nullable Secret makeFirstApiKey(Session session) {
        if (hasApiKey(session)) {
            return null;
        }
        AccessToken token = AccessToken.generate(AccessToken.Kind.API, random);
        session.apiKeys()
                .insert(new ApiKey(
                        token.id(),
                        null,
                        Role.OPERATOR,
                        "first",
                        "",
                        pepper.hash(token.value().reveal()),
                        null,
                        null,
                        Stamp.first(clock.instant())));
        return token.value();
    }

    Pepper pepper() {
        return pepper;
    }

    /**
     * The books of the store.
     *
     * @throws StoreAwayException if it is away
     */
    public Ledger ledger() {
        return new Ledger(store().database(), clock, random);
    }

    /** The database, whether it is there or not. */
    public Database database() {
        return database;
    }

    /** Who is told of each change that is made here, before whoever made it hears that it is made. */
    public void whenChanged(Runnable listener) {
        store.whenChanged(listener);
    }

    /** Encrypts and decrypts provider keys; to be asked for anew each time, because master keys are exchanged. */
    public Vault vault() {
        return vault.get();
    }

    /** For ids and keys. */
    public SecureRandom random() {
        return random;
    }

    /** The clock of all that is managed. */
    public Clock clock() {
        return clock;
    }

    /** Closes the connections. */
    @Override
    public void close() {
        database.close();
    }
}
