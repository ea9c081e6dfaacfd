-- The same file for SQLite and PostgreSQL: TEXT, BIGINT and INTEGER only. Times are microseconds since 1970 (UTC), documents are
-- JSON, and binary values are base64. The pair (account_id, id) is what others refer to, so that nothing can refer to another
-- account's objects.

CREATE TABLE account (
    id         TEXT   NOT NULL PRIMARY KEY,
    name       TEXT   NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version    BIGINT NOT NULL
);

CREATE TABLE api_key (
    id           TEXT   NOT NULL PRIMARY KEY,
    account_id   TEXT   REFERENCES account (id),
    role         TEXT   NOT NULL CHECK (role IN ('operator', 'admin', 'reader')),
    name         TEXT   NOT NULL,
    description  TEXT   NOT NULL,
    hash         TEXT   NOT NULL UNIQUE,
    expires_at   BIGINT,
    last_used_at BIGINT,
    created_at   BIGINT NOT NULL,
    updated_at   BIGINT NOT NULL,
    version      BIGINT NOT NULL,
    CHECK ((role = 'operator') = (account_id IS NULL))
);
CREATE INDEX api_key_by_age ON api_key (account_id, created_at, id);

CREATE TABLE custom_provider (
    id          TEXT   NOT NULL PRIMARY KEY,
    account_id  TEXT   NOT NULL REFERENCES account (id),
    provider_id TEXT   NOT NULL,
    name        TEXT   NOT NULL,
    base_url    TEXT   NOT NULL,
    document    TEXT   NOT NULL,
    created_at  BIGINT NOT NULL,
    updated_at  BIGINT NOT NULL,
    version     BIGINT NOT NULL,
    UNIQUE (account_id, provider_id)
);
CREATE INDEX custom_provider_by_age ON custom_provider (account_id, created_at, id);

-- custom_provider_id is provider_id where that names a custom provider, which then cannot be deleted.
CREATE TABLE provider_key (
    id                 TEXT   NOT NULL PRIMARY KEY,
    account_id         TEXT   NOT NULL REFERENCES account (id),
    provider_id        TEXT   NOT NULL,
    custom_provider_id TEXT,
    name               TEXT   NOT NULL,
    description        TEXT   NOT NULL,
    master_key_id      TEXT,
    wrapped_key        TEXT,
    nonce              TEXT,
    ciphertext         TEXT,
    redacted           TEXT,
    reference          TEXT,
    created_at         BIGINT NOT NULL,
    updated_at         BIGINT NOT NULL,
    version            BIGINT NOT NULL,
    UNIQUE (account_id, id),
    FOREIGN KEY (account_id, custom_provider_id) REFERENCES custom_provider (account_id, provider_id),
    CHECK (custom_provider_id IS NULL OR custom_provider_id = provider_id),
    CHECK ((reference IS NULL) = (ciphertext IS NOT NULL)),
    CHECK ((ciphertext IS NULL) = (master_key_id IS NULL)
        AND (ciphertext IS NULL) = (wrapped_key IS NULL)
        AND (ciphertext IS NULL) = (nonce IS NULL)
        AND (ciphertext IS NULL) = (redacted IS NULL))
);
CREATE INDEX provider_key_by_age ON provider_key (account_id, created_at, id);
CREATE INDEX provider_key_by_provider ON provider_key (account_id, custom_provider_id);
CREATE INDEX provider_key_by_master_key ON provider_key (master_key_id);

CREATE TABLE key_configuration (
    id          TEXT   NOT NULL PRIMARY KEY,
    account_id  TEXT   NOT NULL REFERENCES account (id),
    name        TEXT   NOT NULL,
    description TEXT   NOT NULL,
    document    TEXT   NOT NULL,
    created_at  BIGINT NOT NULL,
    updated_at  BIGINT NOT NULL,
    version     BIGINT NOT NULL,
    UNIQUE (account_id, id)
);
CREATE INDEX key_configuration_by_age ON key_configuration (account_id, created_at, id);

-- Which provider keys and custom providers a configuration's document names: what keeps them from being deleted.
CREATE TABLE configuration_provider_key (
    account_id       TEXT NOT NULL,
    configuration_id TEXT NOT NULL,
    provider_key_id  TEXT NOT NULL,
    PRIMARY KEY (account_id, configuration_id, provider_key_id),
    FOREIGN KEY (account_id, configuration_id) REFERENCES key_configuration (account_id, id) ON DELETE CASCADE,
    FOREIGN KEY (account_id, provider_key_id) REFERENCES provider_key (account_id, id)
);
CREATE INDEX configuration_by_provider_key ON configuration_provider_key (account_id, provider_key_id);

CREATE TABLE configuration_provider (
    account_id         TEXT NOT NULL,
    configuration_id   TEXT NOT NULL,
    provider_id        TEXT NOT NULL,
    custom_provider_id TEXT,
    PRIMARY KEY (account_id, configuration_id, provider_id),
    FOREIGN KEY (account_id, configuration_id) REFERENCES key_configuration (account_id, id) ON DELETE CASCADE,
    FOREIGN KEY (account_id, custom_provider_id) REFERENCES custom_provider (account_id, provider_id),
    CHECK (custom_provider_id IS NULL OR custom_provider_id = provider_id)
);
CREATE INDEX configuration_by_provider ON configuration_provider (account_id, custom_provider_id);

CREATE TABLE access_key (
    id               TEXT   NOT NULL PRIMARY KEY,
    account_id       TEXT   NOT NULL REFERENCES account (id),
    name             TEXT   NOT NULL,
    description      TEXT   NOT NULL,
    metadata         TEXT   NOT NULL,
    configuration_id TEXT,
    hash             TEXT   NOT NULL UNIQUE,
    limits           TEXT   NOT NULL,
    expires_at       BIGINT,
    last_used_at     BIGINT,
    created_at       BIGINT NOT NULL,
    updated_at       BIGINT NOT NULL,
    version          BIGINT NOT NULL,
    FOREIGN KEY (account_id, configuration_id) REFERENCES key_configuration (account_id, id)
);
CREATE INDEX access_key_by_age ON access_key (account_id, created_at, id);
CREATE INDEX access_key_by_configuration ON access_key (account_id, configuration_id);

CREATE TABLE gateway_config (
    account_id TEXT   NOT NULL PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
    document   TEXT   NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version    BIGINT NOT NULL
);

-- Refers to nothing, because it outlives what it tells of.
CREATE TABLE audit (
    id              TEXT   NOT NULL PRIMARY KEY,
    created_at      BIGINT NOT NULL,
    actor_kind      TEXT   NOT NULL,
    actor_id        TEXT   NOT NULL,
    account_id      TEXT,
    action          TEXT   NOT NULL,
    object_type     TEXT   NOT NULL,
    object_id       TEXT   NOT NULL,
    before_document TEXT,
    after_document  TEXT
);
CREATE INDEX audit_by_age ON audit (account_id, created_at, id);

-- Answers to repeat. One may show a new token, so that it is sealed like a provider key.
CREATE TABLE idempotency (
    actor           TEXT    NOT NULL,
    idempotency_key TEXT    NOT NULL,
    request_hash    TEXT    NOT NULL,
    status          INTEGER NOT NULL,
    master_key_id   TEXT    NOT NULL,
    wrapped_key     TEXT    NOT NULL,
    nonce           TEXT    NOT NULL,
    ciphertext      TEXT    NOT NULL,
    created_at      BIGINT  NOT NULL,
    PRIMARY KEY (actor, idempotency_key)
);
CREATE INDEX idempotency_by_age ON idempotency (created_at);
CREATE INDEX idempotency_by_master_key ON idempotency (master_key_id);

-- One row. Every change counts it up before anything else, which also makes changes wait for each other.
CREATE TABLE store_change (
    id      INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    counter BIGINT  NOT NULL
);
INSERT INTO store_change (id, counter) VALUES (1, 0);
