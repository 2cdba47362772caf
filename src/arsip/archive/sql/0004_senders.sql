-- What letters that a person confirmed or corrected teach of their sender: one row a sign and letter,
-- so that a count is a count of letters, and goes back when the correction does.

CREATE TABLE lesson (
    sender     TEXT NOT NULL,          -- name of the sender, folded: archive/keys.py, words()
    field      TEXT NOT NULL,          -- whose place it tells; sender for lines of the letterhead
    sign       TEXT NOT NULL,          -- head | behind | shape | under | over | region: habits.py
    value      TEXT NOT NULL,
    entry      INTEGER NOT NULL REFERENCES entry (id) ON DELETE CASCADE,
    PRIMARY KEY (sender, field, sign, value, entry)
) WITHOUT ROWID;
CREATE INDEX lesson_entry ON lesson (entry);
CREATE INDEX lesson_head ON lesson (value, sender) WHERE sign = 'head';
