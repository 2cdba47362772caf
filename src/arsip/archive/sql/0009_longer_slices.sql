-- Slices are of the first seven letters of a word, no longer of six, and of both ways that it may look:
-- archive/mistakes.py. Seven letters have a seventh of the rivals that six have.
DELETE FROM slice;
