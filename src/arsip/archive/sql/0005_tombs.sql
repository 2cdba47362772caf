-- Letters that were destroyed: what the ledger says of them, so that it is known without reading it.

CREATE TABLE tomb (
    id      INTEGER PRIMARY KEY,       -- accession number
    digest  TEXT NOT NULL,             -- SHA-256 of the file it came in
    time    TEXT NOT NULL,             -- ISO 8601 with offset
    who     TEXT NOT NULL,
    why     TEXT NOT NULL,
    fields  TEXT NOT NULL              -- JSON object: field -> value in words
);
CREATE INDEX tomb_digest ON tomb (digest);
