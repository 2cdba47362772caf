"""The vocabulary: every metadata field of a letter, once."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any, Final, Generic, NamedTuple, TypeVar

from arsip.words import N_

T = TypeVar("T")


class Kind(NamedTuple, Generic[T]):
    """How values of one type are typed by a person, kept in JSON and shown.

    Attributes:
        parse: from what a person types; raises ValueError with the form that is expected.
        dump: to a JSON value.
        load: back from the JSON value; ``load(dump(x)) == x``.
        plain: one line of text for tables, CSV and the index.
    """

    parse: Callable[[str], T]
    dump: Callable[[T], Any]
    load: Callable[[Any], T]
    plain: Callable[[T], str]


class Field(Generic[T]):
    """One metadata field; its name is the JSON key, its keywords are what a query may call it."""

    __slots__ = ("choices", "keywords", "kind", "name", "title")

    def __init__(
        self,
        name: str,
        kind: Kind[T],
        title: str,
        keywords: tuple[str, ...] = (),
        choices: tuple[str, ...] = (),
    ) -> None:
        self.name = name
        self.kind = kind
        self.title = title
        self.keywords = keywords
        self.choices = choices


_DAY_FIRST: Final = re.compile(
    r"(?P<day>[0-9]{1,2})(?P<gap>[-/. ])\s*(?P<month>[0-9]{1,2}|[A-Za-z]+)\.?(?P=gap)\s*"
    r"(?P<year>[0-9]{4})"
)
_TAG: Final = re.compile(r"[^\W_][\w. -]{0,39}")
LONGEST_NOTE: Final = 2_000


def _line(text: str) -> str:
    folded = " ".join(text.split())
    if not folded:
        raise ValueError(N_("some text"))
    return folded


def _lines(text: str) -> tuple[str, ...]:
    return tuple(_line(part) for part in re.split(r"[;\n]", text) if part.strip())


def _date(text: str) -> dt.date:
    """ISO, or day, month and year as offices write them: ``15/3/2024``, ``15 Maret 2024``."""
    try:
        spelled = _DAY_FIRST.fullmatch(text.strip())
        if spelled is None:
            return dt.date.fromisoformat(text.strip())
        month = spelled["month"].lower()
        of_year = int(month) if month.isdecimal() else MONTHS.get(month, 0)
        return dt.date(int(spelled["year"]), of_year, int(spelled["day"]))
    except ValueError:
        raise ValueError(N_("a date like 2024-03-15")) from None


def _tags(text: str) -> tuple[str, ...]:
    tags = [" ".join(part.lower().split()) for part in re.split(r"[,;\n]", text)]
    kept = tuple(dict.fromkeys(tag for tag in tags if tag))
    if not kept or not all(_TAG.fullmatch(tag) for tag in kept):
        raise ValueError(N_("tags like ijazah, pegawai baru (letters, digits, . _ -)"))
    return kept


class Retag(NamedTuple):
    """Tags that a letter gets and loses; the others stay."""

    plus: tuple[str, ...] = ()
    minus: tuple[str, ...] = ()

    def upon(self, tags: tuple[str, ...]) -> tuple[str, ...] | None:
        """The tags afterwards; None: no tag is left."""
        kept = tuple(tag for tag in tags if tag not in self.minus)
        return (*kept, *(tag for tag in self.plus if tag not in kept)) or None


def retag(text: str) -> Retag | None:
    """What ``+ijazah, -pegawai`` does to tags; None: it is no such word, but tags.

    Raises:
        ValueError: some parts bear a sign and others do not, or a tag is none.
    """
    parts = [part.strip() for part in re.split(r"[,;\n]", text) if part.strip()]
    signs = {part[0] for part in parts}
    if not signs & {"+", "-"}:
        return None
    if signs - {"+", "-"}:
        raise ValueError(N_("+ or - before each of the tags, or before none"))
    plus, minus = (
        tuple(tag for part in parts if part[0] == sign for tag in _tags(part[1:])) for sign in "+-"
    )
    return Retag(plus, minus)


def _note(text: str) -> str:
    line = _line(text)
    if len(line) > LONGEST_NOTE:
        raise ValueError(N_("a note of at most 2000 signs"))
    return line


def _count(text: str) -> int:
    if not re.fullmatch(r"[1-9]\d{0,3}", text.strip()):
        raise ValueError(N_("a number like 3"))
    return int(text)


def _choice(codes: tuple[str, ...]) -> Kind[str]:
    def parse(text: str) -> str:
        code = "_".join(text.lower().split())
        if code not in codes:
            raise ValueError(" | ".join(codes))
        return code

    return Kind(parse=parse, dump=str, load=str, plain=str)


TEXT: Final[Kind[str]] = Kind(parse=_line, dump=str, load=str, plain=str)
TEXTS: Final[Kind[tuple[str, ...]]] = Kind(parse=_lines, dump=list, load=tuple, plain="; ".join)
DATE: Final[Kind[dt.date]] = Kind(
    parse=_date, dump=dt.date.isoformat, load=dt.date.fromisoformat, plain=dt.date.isoformat
)
COUNT: Final[Kind[int]] = Kind(parse=_count, dump=int, load=int, plain=str)
TAGS_KIND: Final[Kind[tuple[str, ...]]] = Kind(parse=_tags, dump=list, load=tuple, plain=", ".join)
NOTE_KIND: Final[Kind[str]] = Kind(parse=_note, dump=str, load=str, plain=str)


class Reference(NamedTuple):
    """A letter that another one answers or cites.

    Attributes:
        number: in its normal form.
        date: None when it is not said.
    """

    number: str
    date: dt.date | None = None


class Occasion(NamedTuple):
    """A meeting or another event that a letter calls to.

    Attributes:
        date: ISO; two with a stroke between them are the first and last day.
        time: ``HH:MM`` or ``HH:MM-HH:MM``; None when it is not said.
        place: as printed; None when it is not said.
    """

    date: str
    time: str | None = None
    place: str | None = None


def _references(text: str) -> tuple[Reference, ...]:
    found = []
    for part in _lines(text):
        match = re.fullmatch(r"(.+?)(?:\s*\((\d{4}-\d\d-\d\d)\))?", part)
        assert match is not None, "any line is a number with or without a date"
        found.append(Reference(match[1], _date(match[2]) if match[2] else None))
    return tuple(found)


def _plain_reference(one: Reference) -> str:
    return f"{one.number} ({one.date.isoformat()})" if one.date else one.number


def _occasion(text: str) -> Occasion:
    date, *rest = [part.strip() for part in text.split(",", 2)]
    for day in date.split("/"):
        _date(day)
    time = rest.pop(0) if rest and re.fullmatch(r"\d\d:\d\d(-\d\d:\d\d)?", rest[0]) else None
    return Occasion(date, time, ", ".join(rest) or None)


REFERENCES_KIND: Final[Kind[tuple[Reference, ...]]] = Kind(
    parse=_references,
    dump=lambda value: [
        {"number": one.number, "date": one.date.isoformat() if one.date else None} for one in value
    ],
    load=lambda value: tuple(
        Reference(one["number"], _date(one["date"]) if one["date"] else None) for one in value
    ),
    plain=lambda value: "; ".join(map(_plain_reference, value)),
)
OCCASION: Final[Kind[Occasion]] = Kind(
    parse=_occasion,
    dump=lambda value: {"date": value.date, "time": value.time, "place": value.place},
    load=lambda value: Occasion(value["date"], value["time"], value["place"]),
    plain=lambda value: ", ".join(part for part in (value.date, value.time, value.place) if part),
)

_MONTHS: Final = (
    "januari jan djanuari januwari january",
    "februari feb peb pebruari febuari pebuari februwari february",
    "maret mar mrt maart march",
    "april apr aprl",
    "mei mai may mej",
    "juni jun djuni june",
    "juli jul djuli july",
    "agustus agt agu ags agst agus agust aug august",
    "september sep sept setember",
    "oktober okt oct october",
    "november nov nopember nop",
    "desember des dec december desemb",
)
MONTHS: Final = {name: month for month, names in enumerate(_MONTHS, 1) for name in names.split()}
"""Names of months -> 1 to 12, as letters print and clerks type them: old and short ones too."""

SENSITIVITIES: Final = ("biasa", "terbatas", "rahasia", "sangat_rahasia")
SECRET: Final = frozenset({"rahasia", "sangat_rahasia"})
"""Left out of listings, search and export unless ``--rahasia`` is given."""
URGENCIES: Final = ("biasa", "penting", "segera", "sangat_segera")
LANGUAGES: Final = ("id", "en", "mixed")
DIRECTIONS: Final = ("masuk", "keluar")
"""Came in, went out."""
SIGNED: Final = ("claimed", "signed")
"""A letter says that it is signed electronically; its file carries a signature, not verified."""
SCHEMES: Final = ("permendagri83_2022", "legacy_000_999", "ministry")
"""Filing schemes: of regional government since 2022, before it, and those of ministries."""
DOC_TYPES: Final = (
    "surat_dinas",
    "undangan",
    "nota_dinas",
    "memorandum",
    "disposisi",
    "surat_edaran",
    "keputusan",
    "peraturan",
    "instruksi",
    "sop",
    "pedoman",
    "surat_perintah",
    "surat_tugas",
    "sppd",
    "surat_keterangan",
    "surat_kuasa",
    "surat_pengantar",
    "berita_acara",
    "pengumuman",
    "laporan",
    "telaahan_staf",
    "notula",
    "perjanjian",
    "rekomendasi",
    "surat_pernyataan",
    "surat_izin",
    "surat_panggilan",
    "radiogram",
    "piagam",
    "daftar_hadir",
    "kuitansi",
    "invoice",
    "receipt",
)
"""Kinds of letter (PermenPANRB 80/2012, Peraturan ANRI 5/2021), and office papers."""

LETTER_NUMBER: Final = Field("letter_number", TEXT, N_("Number"), ("number", "nomor", "no"))
DATE_OF_LETTER: Final = Field("date", DATE, N_("Date"), ("date", "tanggal", "tgl"))
SUBJECT: Final = Field("subject", TEXT, N_("Subject"), ("subject", "hal", "perihal"))
SENDER: Final = Field("sender", TEXT, N_("From"), ("from", "dari", "sender", "pengirim"))
RECIPIENT: Final = Field("recipient", TEXTS, N_("To"), ("to", "kepada", "recipient", "tujuan"))
SENSITIVITY: Final = Field(
    "sensitivity", _choice(SENSITIVITIES), N_("Secrecy"), ("sensitivity", "sifat"), SENSITIVITIES
)
URGENCY: Final = Field(
    "urgency", _choice(URGENCIES), N_("Urgency"), ("urgency", "derajat"), URGENCIES
)
ATTACHMENTS: Final = Field(
    "attachments", TEXT, N_("Attachments"), ("attachments", "attachment", "lampiran")
)
DOC_TYPE: Final = Field(
    "doc_type", _choice(DOC_TYPES), N_("Kind"), ("type", "kind", "jenis"), DOC_TYPES
)
LANGUAGE: Final = Field(
    "language", _choice(LANGUAGES), N_("Language"), ("lang", "bahasa"), LANGUAGES
)
PLACE: Final = Field("place", TEXT, N_("Place"), ("place", "kota"))
SIGNATORY: Final = Field(
    "signatory", TEXT, N_("Signed by"), ("signatory", "signed", "ttd", "penandatangan")
)
SIGNATORY_TITLE: Final = Field(
    "signatory_title", TEXT, N_("Office of the signer"), ("position", "jabatan")
)
SIGNATORY_ID: Final = Field("signatory_id", TEXT, N_("NIP of the signer"), ("nip",))
ON_BEHALF_OF: Final = Field("on_behalf_of", TEXT, N_("On behalf of"), ("behalf", "an"))
COPIES_TO: Final = Field("copies_to", TEXTS, N_("Copies to"), ("cc", "tembusan"))
REFERENCES: Final = Field(
    "references", REFERENCES_KIND, N_("Answers or cites"), ("reference", "rujukan")
)
EVENT: Final = Field("event", OCCASION, N_("Event"), ("acara", "tempat"))
DEADLINE: Final = Field("deadline", DATE, N_("Deadline"), ("tenggat", "batas"))
CLASSIFICATION_CODE: Final = Field(
    "classification_code", TEXT, N_("Classification"), ("code", "kode")
)
CLASSIFICATION_SCHEME: Final = Field(
    "classification_scheme", _choice(SCHEMES), N_("Filing scheme"), ("scheme", "skema"), SCHEMES
)
CLASSIFICATION_NAME: Final = Field(
    "classification_name", TEXT, N_("Filed under"), ("classification", "klasifikasi")
)
EFFECTIVE_FROM: Final = Field(
    "effective_from", DATE, N_("In force from"), ("effective", "berlaku", "tmt")
)
RECEIVED_DATE: Final = Field("received_date", DATE, N_("Received"), ("received", "diterima"))
AGENDA_NUMBER: Final = Field(
    "agenda_number", TEXT, N_("Number in the register"), ("register", "agenda")
)
PAGES_ANNOUNCED: Final = Field(
    "pages_announced", COUNT, N_("Pages announced"), ("announced", "jumlah")
)
DIRECTION: Final = Field("direction", _choice(DIRECTIONS), N_("Direction"), ("arah",), DIRECTIONS)
ESIGNED: Final = Field("esigned", _choice(SIGNED), N_("Electronic signature"), ("tte",), SIGNED)
UNIT: Final = Field("unit", TEXT, N_("Unit"), ("unit", "bagian"))
"""Whose letter it is within the office."""
TAGS: Final = Field("tags", TAGS_KIND, N_("Tags"), ("tag", "label"))
NOTE: Final = Field("note", NOTE_KIND, N_("Note"), ("catatan",))

FIELDS: Final[tuple[Field[Any], ...]] = (
    LETTER_NUMBER,
    DATE_OF_LETTER,
    SUBJECT,
    SENDER,
    RECIPIENT,
    SENSITIVITY,
    URGENCY,
    ATTACHMENTS,
    DOC_TYPE,
    LANGUAGE,
    PLACE,
    SIGNATORY,
    SIGNATORY_TITLE,
    SIGNATORY_ID,
    ON_BEHALF_OF,
    COPIES_TO,
    REFERENCES,
    EVENT,
    DEADLINE,
    EFFECTIVE_FROM,
    CLASSIFICATION_CODE,
    CLASSIFICATION_SCHEME,
    CLASSIFICATION_NAME,
    RECEIVED_DATE,
    AGENDA_NUMBER,
    DIRECTION,
    ESIGNED,
    PAGES_ANNOUNCED,
    UNIT,
    TAGS,
    NOTE,
)
"""In the order they are shown."""

FOLLOWING: Final = frozenset({CLASSIFICATION_SCHEME, CLASSIFICATION_NAME})
"""Values that follow from the filing code: whoever settles that has settled them."""

PERSONAL: Final = frozenset({UNIT, TAGS, NOTE})
"""What only people say of a letter; it does not stand in it."""

BY_NAME: Final = {field.name: field for field in FIELDS}
BY_KEYWORD: Final = {word: field for field in FIELDS for word in (field.name, *field.keywords)}
