-- What a person should know of a letter's pages: unread, waiting to be read, faint, missing ...

ALTER TABLE entry ADD COLUMN doubts TEXT NOT NULL DEFAULT '[]';  -- JSON list: [page, reason, note]
CREATE INDEX entry_doubted ON entry (id) WHERE doubts <> '[]';
