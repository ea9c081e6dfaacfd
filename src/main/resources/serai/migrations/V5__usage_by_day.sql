-- Where the database can do it, events are kept in a part for each day, so that a day is forgotten at once. Parts are made days ahead; what has
-- none is in the rest. An event has the same moment each time that it is sent, so it is still kept once.
ALTER TABLE usage_event RENAME TO usage_event_before;
DROP INDEX usage_event_by_age;
DROP INDEX usage_event_by_settlement;

CREATE TABLE usage_event (
    id            TEXT    NOT NULL,
    account_id    TEXT    NOT NULL,
    access_key_id TEXT    NOT NULL,
    provider      TEXT    NOT NULL,
    model         TEXT    NOT NULL,
    attempt       INTEGER NOT NULL,
    is_final      INTEGER NOT NULL CHECK (is_final IN (0, 1)),
    at            BIGINT  NOT NULL,
    settlement    BIGINT  NOT NULL,
    charge        BIGINT  NOT NULL CHECK (charge >= 0),
    document      TEXT    NOT NULL,
    PRIMARY KEY (id, at)
) ${in_parts};
${rest_of_parts}
CREATE INDEX usage_event_by_age ON usage_event (account_id, at, id);
CREATE INDEX usage_event_by_settlement ON usage_event (settlement);

INSERT INTO usage_event SELECT id, account_id, access_key_id, provider, model, attempt, is_final, at, settlement, charge, document
    FROM usage_event_before;
DROP TABLE usage_event_before;
