"""What slugs mean: why a file or page was not read, in plain words, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from arsip.archive import aside
from arsip.archive.aside import Aside
from arsip.errors import NotADocument
from arsip.words import N_, _


class Reason(NamedTuple):
    """A sentence, and what a person can do; empty: nothing."""

    sentence: str
    hint: str = ""


REPLACED: Final = "damaged"
"""Why something is aside that a repair took out of the archive."""

STATUSES: Final = {
    "filed": N_("filed"),
    "duplicate": N_("duplicate"),
    "set_aside": N_("set aside"),
    "waiting": N_("waiting"),
    "refused": N_("left alone"),
}
"""Slug -> its word, in the order of the summary."""

REASONS: Final[Mapping[str, Reason]] = {
    # a file that is set aside
    "unreadable": Reason(N_("it cannot be opened"), N_("scan the letter again")),
    "password": Reason(
        N_("it is locked with a password"),
        N_("give its password: --password-file FILE"),
    ),
    "not_a_document": Reason(
        N_("it is no PDF, image or text"), N_("save it as PDF, then file that")
    ),
    "too_large": Reason(N_("it is larger than the limit"), N_("scan at 300 dpi, or in parts")),
    "incomplete": Reason(N_("its end is missing"), N_("copy or scan it again")),
    "crashed": Reason(N_("reading it failed twice"), N_("open it, print it to PDF, and file that")),
    # a file that is filed
    "not_removed": Reason(
        N_("it is in the archive, but could not be removed here"),
        N_("remove it yourself, or allow it: chmod u+w FOLDER"),
    ),
    "trashed": Reason(N_("it is in the trash"), N_("bring it back: arsip untrash ID")),
    # a file that waits
    "empty": Reason(N_("it is empty so far"), N_("wait until the scanner is done")),
    "changing": Reason(N_("it is still changing"), N_("wait until the scanner is done")),
    "open": Reason(
        N_("a program still has it open to write"), N_("wait until the scanner is done")
    ),
    "away": Reason(
        N_("the folder is not there"), N_("mount the share again; then it goes on by itself")
    ),
    "vanished": Reason(N_("it is not there any more"), N_("look at its name and place")),
    "unreadable_now": Reason(N_("the disk did not give it"), N_("try again; check the disk")),
    "no_space": Reason(N_("there is no space left"), N_("free some space, then try again")),
    "busy": Reason(N_("another arsip has it in hand"), N_("try again")),
    # a file that is refused
    "not_a_file": Reason(N_("it is no regular file"), N_("name the file itself")),
    "destroyed": Reason(
        N_("its letter was destroyed"), N_("to file it all the same: arsip ingest --again FILE")
    ),
    "no_permission": Reason(N_("you may not read it"), N_("ask its owner: chmod +r FILE")),
    # a page that could not be read
    "memory": Reason(N_("it needs more memory than the limit")),
    "time": Reason(N_("it took longer than the limit")),
    "timeout": Reason(N_("reading it took longer than the limit")),
    "broken": Reason(N_("the page is damaged")),
    "ocr_failed": Reason(N_("the text recognition failed")),
    # what is to be known of a letter that is filed
    "damaged": Reason(N_("The file is damaged; what could be read of it is filed.")),
    "active_content": Reason(N_("The file holds programs; open it with care.")),
    "not_understood": Reason(N_("Its fields could not be read; type them: arsip edit")),
    "no_reading_copy": Reason(N_("No searchable copy could be made; the original opens instead.")),
    "signed": Reason(N_("The file bears an electronic signature.")),
}
"""Slug -> what it means; an unknown slug is told as it is."""

AWAITED: Final[Mapping[str, Reason]] = {
    "incomplete": Reason(
        N_("its end is not there yet"), N_("wait; without it, it is set aside later")
    ),
}
"""Slug -> what it means of a file that is still waited for, where that is another thing."""


DOUBTS: Final[Mapping[str, Reason]] = {
    "unread": Reason(N_("could not be read: {note}"), N_("scan it again")),
    "faint": Reason(N_("too faint to be read well"), N_("scan it again, darker")),
    "unsure": Reason(N_("hard to read"), N_("look at it, or scan it again at 300 dpi")),
    "cut_off": Reason(
        N_("the print runs over the edge of the sheet"), N_("lay it straight, scan it again")
    ),
    "missing": Reason(N_("missing; it says that it has {note} pages"), N_("look for the rest")),
    "attached": Reason(
        N_("it speaks of attached sheets ({note}), and not all are here"),
        N_("look for the rest"),
    ),
    "pending": Reason(N_("not read yet"), "arsip reread --ocr --pending"),
    "blank": Reason(N_("blank")),
    "wordless": Reason(N_("without a word")),
    "turned": Reason(N_("lay turned by {note} degrees and was put right")),
}
"""Reason of a doubt about pages -> what it means, the gravest first."""


def told(slug: str, status: str = "") -> str:
    """The slug in plain words, for a file of this status."""
    reason = _reason(slug, status)
    return _(reason.sentence) if reason else slug.replace("_", " ")


def explained(slug: str, status: str = "") -> str:
    """The slug in plain words, and what a person can do."""
    todo = advice(slug, status)
    return f"{told(slug, status)}; {todo}" if todo else told(slug, status)


def laid_aside(one: Aside) -> tuple[str, str]:
    """Why a file was set aside, and what to do; of what is no document its reader has said both."""
    if one.reason == NotADocument.slug and one.note:
        return one.note, ""
    if one.reason == REPLACED:
        return _(aside.REASONS[REPLACED]), ""
    return told(one.reason), advice(one.reason)


def advice(slug: str, status: str = "") -> str:
    """What a person can do; empty when there is nothing."""
    reason = _reason(slug, status)
    return _(reason.hint) if reason and reason.hint else ""


def _reason(slug: str, status: str) -> Reason | None:
    awaited = AWAITED.get(slug) if status == "waiting" else None
    return awaited or REASONS.get(slug)
