-- How words begin, and their beginnings without one letter: archive/mistakes.py. The words stand
-- here themselves: their numbers would have to be looked up one by one.
DROP TABLE slice;
CREATE TABLE slice (
    mark       INTEGER PRIMARY KEY,    -- CRC-32 of it, without the first bit
    words      TEXT NOT NULL           -- each with a line end behind it
);
