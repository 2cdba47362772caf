-- Letters stand in the index in the order of their dates, fields are asked for in columns of their
-- own, and the words of all pages are known with their stems.

DROP TABLE number_part;
DROP TRIGGER page_added;
DROP TRIGGER page_removed;
DROP TABLE page_words;
DROP TABLE page;
DROP INDEX entry_hidden;

ALTER TABLE entry ADD COLUMN place INTEGER NOT NULL DEFAULT 0;  -- archive/places.py
CREATE INDEX entry_place ON entry (place);
CREATE INDEX entry_hidden ON entry (place) WHERE secret = 1 OR state <> 'filed';
DROP INDEX entry_rendition;
CREATE INDEX entry_rendition ON entry (place, same_as) WHERE sure = 1;

-- One row a page, and two a letter, the sides of its card as a person reads them: number 0 the front
-- with number, subject and sender, number -1 the back with its other fields as words.
CREATE TABLE page (
    id         INTEGER PRIMARY KEY,    -- place * 1024 + 0 and 1 for the card, 2, 3 ... for its pages
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

-- One row a letter: its fields as they are asked for, folded (archive/keys.py).
CREATE TABLE card (
    place      INTEGER PRIMARY KEY,
    entry      INTEGER NOT NULL UNIQUE REFERENCES entry (id) ON DELETE CASCADE,
    number     TEXT NOT NULL,
    subject    TEXT NOT NULL,
    sender     TEXT NOT NULL,
    recipient  TEXT NOT NULL,
    rest       TEXT NOT NULL,
    codes      TEXT NOT NULL           -- a word a code: which field says what
);
CREATE VIRTUAL TABLE card_words USING fts5 (
    number, subject, sender, recipient, rest, codes,
    content = 'card', content_rowid = 'place', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER card_added AFTER INSERT ON card BEGIN
    INSERT INTO card_words (rowid, number, subject, sender, recipient, rest, codes)
    VALUES (new.place, new.number, new.subject, new.sender, new.recipient, new.rest, new.codes);
END;
CREATE TRIGGER card_removed AFTER DELETE ON card BEGIN
    INSERT INTO card_words (card_words, rowid, number, subject, sender, recipient, rest, codes)
    VALUES ('delete', old.place, old.number, old.subject, old.sender, old.recipient, old.rest,
            old.codes);
END;

-- Every word of the pages once. What it is found by beside itself is looked for here, not on pages.
CREATE TABLE vocabulary (
    id         INTEGER PRIMARY KEY,
    word       TEXT NOT NULL UNIQUE,
    stem       TEXT,                   -- archive/stems.py; NULL: it is its own
    pages      INTEGER NOT NULL        -- that hold it, when the index was last tended
);
CREATE INDEX vocabulary_stem ON vocabulary (stem) WHERE stem IS NOT NULL;

-- How words begin, and their beginnings without one letter: archive/mistakes.py.
CREATE TABLE slice (
    mark       INTEGER PRIMARY KEY,    -- CRC-32 of it, without the first bit
    words      BLOB NOT NULL           -- their numbers in the vocabulary, four bytes each
);
