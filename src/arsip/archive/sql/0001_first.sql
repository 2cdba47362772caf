-- The catalog: an index over the vault, made again any time by `arsip rebuild`.

CREATE TABLE entry (
    id        INTEGER PRIMARY KEY,     -- accession number, from record.json
    digest    TEXT NOT NULL,           -- SHA-256 of the file it came in
    state     TEXT NOT NULL,           -- filed | trashed
    filed_at  TEXT NOT NULL,           -- ISO 8601 with offset
    source    TEXT NOT NULL,           -- file name as it came
    original  TEXT NOT NULL,           -- below the archive's root
    reading   TEXT,                    -- below the archive's root
    pages     TEXT NOT NULL,           -- JSON list: page numbers of the file
    flags     TEXT NOT NULL,           -- JSON list of slugs
    secret    INTEGER NOT NULL,        -- 1: sensitivity rahasia and above, fact or candidate
    shelf     TEXT NOT NULL,           -- its link below shelf/
    record    TEXT NOT NULL            -- SHA-256 of the record.json it was made from
);
CREATE INDEX entry_digest ON entry (digest);
CREATE INDEX entry_hidden ON entry (id) WHERE secret = 1 OR state <> 'filed';

CREATE TABLE finding (
    entry      INTEGER NOT NULL REFERENCES entry (id) ON DELETE CASCADE,
    field      TEXT NOT NULL,
    rank       INTEGER NOT NULL,       -- 0: the value shown; 1, 2 ...: rivals
    value      TEXT NOT NULL,          -- one line, as shown
    key        TEXT NOT NULL,          -- folded for comparison: archive/keys.py, key()
    json       TEXT NOT NULL,          -- the value as the field keeps it
    confidence REAL NOT NULL,
    origin     TEXT NOT NULL,
    rule       TEXT NOT NULL,
    page       INTEGER,
    box        TEXT,                   -- JSON [left, top, right, bottom] in 1/1000 of the page
    raw        TEXT NOT NULL,
    doubtful   INTEGER NOT NULL,
    PRIMARY KEY (entry, field, rank)
) WITHOUT ROWID;
CREATE INDEX finding_key ON finding (field, key);

-- Every tail of a letter's number that starts at one of its parts, so that any part finds it.
CREATE TABLE number_part (
    part       TEXT NOT NULL,          -- archive/keys.py, number_parts()
    entry      INTEGER NOT NULL REFERENCES entry (id) ON DELETE CASCADE,
    PRIMARY KEY (part, entry)
) WITHOUT ROWID;
CREATE INDEX number_part_entry ON number_part (entry);

-- One row a page, and two a letter, its card: number 0 the front with number, subject and sender,
-- number -1 the back with its other fields as words.
-- The id holds the letter's (archive/keys.py, page_id()), so that finding needs no join.
CREATE TABLE page (
    id         INTEGER PRIMARY KEY,    -- entry * 4096 + 0 and 1 for the card, 2, 3 ... for its pages
    entry      INTEGER NOT NULL REFERENCES entry (id) ON DELETE CASCADE,
    number     INTEGER NOT NULL,
    text       TEXT NOT NULL,
    UNIQUE (entry, number)
);
CREATE VIRTUAL TABLE page_words USING fts5 (
    text, content = 'page', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER page_added AFTER INSERT ON page BEGIN
    INSERT INTO page_words (rowid, text) VALUES (new.id, new.text);
END;
CREATE TRIGGER page_removed AFTER DELETE ON page BEGIN
    INSERT INTO page_words (page_words, rowid, text) VALUES ('delete', old.id, old.text);
END;

-- What was seen in scan folders and left there, so that a restart changes nothing.
CREATE TABLE seen (
    path     BLOB PRIMARY KEY,         -- absolute, in the file system's own bytes
    print    TEXT NOT NULL,            -- dev:inode:size:mtime_ns:ctime_ns
    status   TEXT NOT NULL,            -- waiting | set_aside | refused | filed | duplicate
    reason   TEXT NOT NULL,
    since    TEXT NOT NULL             -- ISO 8601: first seen with this print
);

CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
