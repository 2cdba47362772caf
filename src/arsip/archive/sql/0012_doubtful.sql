-- Letters with a value that a person should look at are listed by what is doubtful: archive/being.py.
CREATE INDEX finding_doubtful ON finding (entry) WHERE rank = 0 AND doubtful;
