-- Letters stand in the index the newest first: archive/places.py. The index of words is made anew from
-- the pages, once it is seen to be empty.

INSERT INTO page_words (page_words) VALUES ('delete-all');
INSERT INTO card_words (card_words) VALUES ('delete-all');

-- Turned by way of numbers below zero, so that no row meets one that still stands where it goes.
UPDATE entry SET place = 308060880895 - place;
UPDATE card SET place = -place;
UPDATE card SET place = 308060880895 + place;
UPDATE page SET id = -id;
UPDATE page SET id = (308060880895 - (-id >> 10) << 10) + (-id & 1023);
