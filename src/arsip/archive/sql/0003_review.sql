-- What waits for a person's word, and where a person says that the letter does not say.

ALTER TABLE entry ADD COLUMN denied TEXT NOT NULL DEFAULT '[]';  -- JSON list of field names
ALTER TABLE entry ADD COLUMN waits TEXT NOT NULL DEFAULT '[]';   -- JSON list of field names
CREATE INDEX entry_waiting ON entry (id) WHERE waits <> '[]';
