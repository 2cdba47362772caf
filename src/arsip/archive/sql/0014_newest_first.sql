-- Letters stand in the index the newest first: archive/places.py. The index of words is made anew from
-- the pages, once it is seen to be empty.

INSERT INTO page_words (page_words) VALUES ('delete-all');
INSERT INTO card_words (card_words) VALUES ('delete-all');

UPDATE entry SET place = 308060880895 - place;

CREATE TABLE page_turned (
    id         INTEGER PRIMARY KEY,    -- place * 1024 + 0 and 1 for the card, 2, 3 ... for its pages
    entry      INTEGER NOT NULL REFERENCES entry (id) ON DELETE CASCADE,
    number     INTEGER NOT NULL,
    text       TEXT NOT NULL,
    UNIQUE (entry, number)
);
INSERT INTO page_turned
    SELECT (308060880895 - (id >> 10) << 10) + (id & 1023), entry, number, text
    FROM page ORDER BY id DESC;
DROP TABLE page;
ALTER TABLE page_turned RENAME TO page;
CREATE TRIGGER page_added AFTER INSERT ON page BEGIN
    INSERT INTO page_words (rowid, text) VALUES (new.id, new.text);
END;
CREATE TRIGGER page_removed AFTER DELETE ON page BEGIN
    INSERT INTO page_words (page_words, rowid, text) VALUES ('delete', old.id, old.text);
END;

UPDATE card SET place = -place;
UPDATE card SET place = 308060880895 + place;
