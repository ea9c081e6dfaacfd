-- Which node delivers to a reader of events for now, so that of several nodes one does. Gone when it is not needed: usage_sink says how far
-- the reader has come.
CREATE TABLE usage_sink_lease (
    name       TEXT   NOT NULL PRIMARY KEY,
    node       TEXT   NOT NULL,
    expires_at BIGINT NOT NULL
);
