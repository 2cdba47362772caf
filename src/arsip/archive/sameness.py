"""What a record says of the letter that its file brings once more. Pure."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from arsip.model import Same


def told(same_as: Same | None) -> dict[str, int | None]:
    """The keys of a record that say so: one is null, or both are."""
    sure = same_as is not None and same_as.sure
    number = same_as and same_as.id
    return {"rendition_of": number if sure else None, "resembles": None if sure else number}


def understood(tree: Mapping[str, Any]) -> Same | None:
    """What a record says; one of before this was looked at lacks the second key.

    Raises:
        ValueError, TypeError: it is no accession number.
    """
    if tree["rendition_of"] is not None:
        return Same(int(tree["rendition_of"]), sure=True)
    return None if tree.get("resembles") is None else Same(int(tree["resembles"]), sure=False)


def likened(tree: Mapping[str, Any], same_as: Same | None) -> dict[str, Any]:
    """The record of a file that brings this letter once more, else untouched; not signed yet."""
    return {**copy.deepcopy(dict(tree)), **told(same_as)}
