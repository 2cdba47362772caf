-- Words are folded as the index folds them, and bullets stand apart: archive/keys.py.
DELETE FROM slice;
