"""How the index folds one sign: its own tokenizer is asked, so that nobody folds otherwise."""

from __future__ import annotations

import functools
import sqlite3
import unicodedata
from typing import Final

TOKENIZE: Final = "unicode61 remove_diacritics 2"
"""How the index parts a text into words: as its tables say in ``sql/``."""
_KNOWN: Final = ("\xa0", "\xb4"), ("\xb6", "\u017e"), ("\u2010", "\u2026")
"""From and up to which signs it folds as Unicode does: all signs of most letters."""


@functools.lru_cache(1_000)
def plain(sign: str) -> str:
    """What a sign beyond ASCII is among words: nothing for an accent, a blank for a gap."""
    if any(first <= sign <= last for first, last in _KNOWN):
        letter = unicodedata.normalize("NFD", sign)[0].lower()
        return letter if letter.isalnum() else " "
    index = _index()
    index.execute("INSERT INTO one VALUES (?)", (f"a{sign}b".encode("utf-8", "replace").decode(),))
    words = index.execute("SELECT term FROM word").fetchall()
    index.execute("DELETE FROM one")
    return words[0][0][1:-1] if len(words) == 1 else " "


@functools.cache
def _index() -> sqlite3.Connection:
    """An index in memory that nothing is kept in."""
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    connection.execute(f"CREATE VIRTUAL TABLE one USING fts5 (text, tokenize = '{TOKENIZE}')")
    connection.execute("CREATE VIRTUAL TABLE word USING fts5vocab (one, instance)")
    return connection
