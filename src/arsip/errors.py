"""What can go wrong, in four families by what must stop, and the exit code of each."""

from __future__ import annotations

from typing import ClassVar


def quoted(path: object) -> str:
    """A path for a hint that can be typed: a shell takes it as one word, whatever is in it."""
    return "'" + str(path).replace("'", "'\\''") + "'"


class ArsipError(Exception):
    """Anything arsip tells a person about: one sentence, and a hint that can be typed.

    Attributes:
        exit_code: what the process ends with when this error ends it (design: never reused).
        slug: a stable word for scripts; never translated.
    """

    exit_code: ClassVar[int] = 1
    slug: ClassVar[str] = "error"

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class SourceError(ArsipError):
    """This file only: it is set aside with a note, and the others go on."""

    exit_code = 4
    slug = "unreadable"


class Unreadable(SourceError):
    """No page of the file can be opened."""


class PasswordNeeded(SourceError):
    """The file is encrypted and no known password opens it."""

    slug = "password"


class NotADocument(SourceError):
    """The bytes are of no kind that arsip reads."""

    slug = "not_a_document"


class TooLarge(SourceError):
    """The file, a page count or an image is above a limit."""

    slug = "too_large"


class Incomplete(SourceError):
    """The file is cut off: its structure does not reach its end."""

    slug = "incomplete"


class Crashed(SourceError):
    """The child that read the file died, twice."""

    slug = "crashed"


class UsageError(ArsipError):
    """The words typed do not make a command."""

    exit_code = 2
    slug = "usage"


class BadValue(UsageError):
    """A value does not fit its field."""

    slug = "bad_value"


class SetupError(ArsipError):
    """This machine lacks something; the hint is the line to type."""

    exit_code = 3
    slug = "setup"


class NothingFound(ArsipError):
    """No letter answers to the words or the ID."""

    exit_code = 5
    slug = "nothing_found"


class ArchiveError(ArsipError):
    """The archive cannot be written now: stop before writing anything."""

    exit_code = 6
    slug = "archive"


class Busy(ArchiveError):
    """Another arsip holds the archive or the folder."""

    slug = "busy"


class NoSpace(ArchiveError):
    """The disk is full."""

    slug = "no_space"


class Damaged(ArchiveError):
    """The archive is not as arsip left it."""

    exit_code = 7
    slug = "damaged"
