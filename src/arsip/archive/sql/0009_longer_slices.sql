-- Slices are of the first seven letters of a word, no longer of six: archive/mistakes.py. Seven have
-- a seventh of the rivals that six have.
DELETE FROM slice;
