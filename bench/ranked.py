"""Whether the best letters are shown where only a part of those that answer is ranked.

    python bench/ranked.py --archive DIR [--pages 100000] [--queries 100] [--seed 7]

Asks an archive that ``bench/search.py --archive DIR`` made the same queries twice: as a clerk does,
and with all letters ranked. Of the queries to which more letters answer than are ranked: how often
the first letter is the same, and what share of the first ten and twenty is shown.
"""

from __future__ import annotations

import argparse
import math
from pathlib import Path
from unittest import mock

import made_up
from search import TODAY, families

from arsip.archive import catalog
from arsip.archive.find import gathering, search
from arsip.archive.find.query import parse

FAMILIES = ("one word", "two words", "word and sender", "word and kind", "word and month")


def share(shown: list[int], best: list[int]) -> float:
    """How many of the best are shown, as a part of one."""
    return len(set(shown) & set(best)) / len(best)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--archive", type=Path, required=True)
    asked.add_argument("--pages", type=int, default=100_000)
    asked.add_argument("--queries", type=int, default=100, help="of each family, at most")
    asked.add_argument("--seed", type=int, default=7)
    options = asked.parse_args()
    connection = catalog.connect(options.archive / str(options.pages) / "catalog.sqlite3", wait=0)
    words = made_up.Press(options.seed, options.pages).words
    every = families(words, options.seed)
    print(f"{options.pages:,} pages{'partly ranked':>31}   first   in ten  in twenty")
    for family in FAMILIES:
        first, ten, twenty = list[float](), list[float](), list[float]()
        for text in every[family][0][: options.queries]:
            query = parse(text, today=TODAY)
            found = search.search(connection, query)
            if found.exact:
                continue
            with mock.patch.multiple(gathering, ENOUGH=10**9, EFFORT=math.inf):
                best = [hit.entry.id for hit in search.search(connection, query).hits]
            shown = [hit.entry.id for hit in found.hits]
            first.append(shown[0] == best[0])
            ten.append(share(shown[:10], best[:10]))
            twenty.append(share(shown, best))
        count = len(ten)
        told = "".join(f"{sum(some) / max(count, 1):9.1%}" for some in (first, ten, twenty))
        print(f"{family:30}{count:15}{told}")
    connection.close()


if __name__ == "__main__":
    main()
