-- Letters are found by the name of the file that they came as: archive/find/tables.py.
CREATE INDEX entry_source ON entry (source COLLATE NOCASE, place);
