-- The same letter scanned twice: which letter each is the same as, and what such are found by.

ALTER TABLE entry ADD COLUMN same_as INTEGER;                    -- accession number of that letter
ALTER TABLE entry ADD COLUMN sure INTEGER NOT NULL DEFAULT 0;    -- 1: a rendition of it; 0: a person should look
CREATE INDEX entry_same ON entry (same_as) WHERE same_as IS NOT NULL;
CREATE INDEX entry_rendition ON entry (id, same_as) WHERE sure = 1;

-- A few pairs of words that stand for the text of a letter: archive/likeness.py, sketch().
CREATE TABLE sketch (
    key        INTEGER NOT NULL,
    entry      INTEGER NOT NULL REFERENCES entry (id) ON DELETE CASCADE,
    PRIMARY KEY (key, entry)
) WITHOUT ROWID;
CREATE INDEX sketch_entry ON sketch (entry);
