-- Money is nano-dollars (10^-9 USD), so that a BIGINT holds nine billion dollars. The books are double entry and append only: nothing
-- changes or deletes a row of ledger_transaction or ledger_entry. Sums that are kept beside them (credit_account, credit_lot,
-- usage_day) can be computed again, and serai credits verify does. Nothing here refers to an account or a key: it outlives them.

-- One row, made when it is first needed. What writes to the books counts it up before anything else, so that all of it, of all nodes, is in
-- one order, in which it also becomes visible.
CREATE TABLE ledger_position (
    id         INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    position   BIGINT  NOT NULL,
    updated_at BIGINT  NOT NULL
);

-- balance is what is left in the lots less the overdraft; granted is what the lots that have not expired were worth.
CREATE TABLE credit_account (
    account_id TEXT   NOT NULL PRIMARY KEY,
    balance    BIGINT NOT NULL,
    overdraft  BIGINT NOT NULL CHECK (overdraft >= 0),
    granted    BIGINT NOT NULL CHECK (granted >= 0),
    wanted_at  BIGINT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX credit_account_wanted ON credit_account (wanted_at) WHERE wanted_at IS NOT NULL;

-- expired_at is when its rest was taken out of the books, which is a while after expires_at.
CREATE TABLE credit_lot (
    id         TEXT   NOT NULL PRIMARY KEY,
    account_id TEXT   NOT NULL REFERENCES credit_account (account_id),
    kind       TEXT   NOT NULL CHECK (kind IN ('purchase', 'promotional', 'refund', 'adjustment')),
    granted    BIGINT NOT NULL CHECK (granted > 0),
    remaining  BIGINT NOT NULL CHECK (remaining BETWEEN 0 AND granted),
    expires_at BIGINT NOT NULL,
    expired_at BIGINT,
    created_at BIGINT NOT NULL,
    CHECK (expired_at IS NULL OR remaining = 0)
);
CREATE INDEX credit_lot_in_use ON credit_lot (account_id, expires_at, id) WHERE remaining > 0;
CREATE INDEX credit_lot_to_expire ON credit_lot (expires_at) WHERE expired_at IS NULL;

-- What of a balance a node may spend by itself.
CREATE TABLE credit_lease (
    account_id TEXT   NOT NULL,
    node       TEXT   NOT NULL,
    amount     BIGINT NOT NULL CHECK (amount >= 0),
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, node)
);

-- amount is by how much the balance of the account changed. events and oldest are of a charge: how many events it is for, and when the oldest
-- of them was, so that it is known for how long they must all be there. refers_to is the transaction that is refunded, and event_id
-- the event, if it is for one.
CREATE TABLE ledger_transaction (
    id          TEXT   NOT NULL PRIMARY KEY,
    position    BIGINT NOT NULL,
    account_id  TEXT   NOT NULL REFERENCES credit_account (account_id),
    kind        TEXT   NOT NULL CHECK (kind IN
        ('purchase', 'promotional', 'charge', 'expiry', 'refund', 'adjustment', 'cover')),
    at          BIGINT NOT NULL,
    amount      BIGINT NOT NULL,
    events      BIGINT NOT NULL,
    oldest      BIGINT,
    description TEXT   NOT NULL,
    actor       TEXT   NOT NULL,
    external_id TEXT,
    refers_to   TEXT,
    event_id    TEXT
);
CREATE INDEX ledger_transaction_by_age ON ledger_transaction (account_id, at, id);
CREATE INDEX ledger_transaction_by_position ON ledger_transaction (position, account_id);
CREATE UNIQUE INDEX ledger_transaction_external ON ledger_transaction (external_id) WHERE external_id IS NOT NULL;
CREATE INDEX ledger_transaction_refunds ON ledger_transaction (refers_to) WHERE refers_to IS NOT NULL;

-- Books: lot:<id>, overdraft:<account>, fees, model-costs, granted-purchase, granted-promotional, expired, adjustments, refunds.
CREATE TABLE ledger_entry (
    transaction_id TEXT    NOT NULL REFERENCES ledger_transaction (id),
    n              INTEGER NOT NULL,
    book           TEXT    NOT NULL,
    lot_id         TEXT    REFERENCES credit_lot (id),
    amount         BIGINT  NOT NULL CHECK (amount <> 0),
    PRIMARY KEY (transaction_id, n)
);
CREATE INDEX ledger_entry_by_lot ON ledger_entry (lot_id) WHERE lot_id IS NOT NULL;

-- settlement is the position of the transaction that kept the event. The document is the whole event.
CREATE TABLE usage_event (
    id            TEXT    NOT NULL PRIMARY KEY,
    account_id    TEXT    NOT NULL,
    access_key_id TEXT    NOT NULL,
    provider      TEXT    NOT NULL,
    model         TEXT    NOT NULL,
    attempt       INTEGER NOT NULL,
    is_final      INTEGER NOT NULL CHECK (is_final IN (0, 1)),
    at            BIGINT  NOT NULL,
    settlement    BIGINT  NOT NULL,
    charge        BIGINT  NOT NULL CHECK (charge >= 0),
    document      TEXT    NOT NULL
);
CREATE INDEX usage_event_by_age ON usage_event (account_id, at, id);
CREATE INDEX usage_event_by_settlement ON usage_event (settlement);

-- Days are counted from 1970-01-01 (UTC). charge is what the account paid; model_cost is what the model costs, whoever pays for it.
CREATE TABLE usage_day (
    account_id     TEXT   NOT NULL,
    day            BIGINT NOT NULL,
    access_key_id  TEXT   NOT NULL,
    provider       TEXT   NOT NULL,
    model          TEXT   NOT NULL,
    key_source     TEXT   NOT NULL CHECK (key_source IN ('managed', 'user')),
    requests       BIGINT NOT NULL,
    attempts       BIGINT NOT NULL,
    failed         BIGINT NOT NULL,
    estimated      BIGINT NOT NULL,
    input          BIGINT NOT NULL,
    cache_read     BIGINT NOT NULL,
    cache_write_5m BIGINT NOT NULL,
    cache_write_1h BIGINT NOT NULL,
    input_audio    BIGINT NOT NULL,
    input_image    BIGINT NOT NULL DEFAULT 0,
    output         BIGINT NOT NULL,
    reasoning      BIGINT NOT NULL,
    output_audio   BIGINT NOT NULL,
    output_image   BIGINT NOT NULL DEFAULT 0,
    web_searches   BIGINT NOT NULL DEFAULT 0,
    charge         BIGINT NOT NULL,
    model_cost     BIGINT NOT NULL,
    fee            BIGINT NOT NULL,
    PRIMARY KEY (account_id, day, access_key_id, provider, model, key_source)
);

-- How far each reader of events has come.
CREATE TABLE usage_sink (
    name       TEXT   NOT NULL PRIMARY KEY,
    position   BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);

-- One row, made when it is first needed: events before this moment are not all kept any more.
CREATE TABLE usage_retention (
    id          INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    kept_from   BIGINT  NOT NULL,
    updated_at  BIGINT  NOT NULL
);
