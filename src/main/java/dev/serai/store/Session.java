package dev.serai.store;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The store within one transaction. Of one thread. */
public final class Session {
    private final Handle handle;
    private final @Nullable Journal journal;

    Session(Handle handle, @Nullable Journal journal) {
        this.handle = handle;
        this.journal = journal;
    }

    public AccountTable accounts() {
        return new AccountTable(handle, journal);
    }

    public AccessKeyTable accessKeys() {
        return new AccessKeyTable(handle, journal);
    }

    public ApiKeyTable apiKeys() {
        return new ApiKeyTable(handle, journal);
    }

    public KeyConfigurationTable configurations() {
        return new KeyConfigurationTable(handle, journal);
    }

    public ProviderKeyTable providerKeys() {
        return new ProviderKeyTable(handle, journal);
    }

    public CustomProviderTable customProviders() {
        return new CustomProviderTable(handle, journal);
    }

    public GatewayConfigTable gatewayConfigs() {
        return new GatewayConfigTable(handle, journal);
    }

    public AuditTable audit() {
        return new AuditTable(handle, journal);
    }

    public IdempotencyTable idempotency() {
        return new IdempotencyTable(handle, journal);
    }

    /** How many changes there were, this one included. */
    public long changes() {
        return handle.createQuery("SELECT counter FROM store_change")
                .mapTo(Long.class)
                .one();
    }

    Handle handle() {
        return handle;
    }

    Journal journal() {
        if (journal == null) {
            throw new IllegalStateException("this session reads; changes are made in Store.change");
        }
        return journal;
    }
}
