"""Words that a query gives a meaning: keywords beside those of the fields, and their values."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any, Final

from arsip.archive import keys
from arsip.archive.find.parts import Coded, Part, Text
from arsip.archive.find.periods import Period, period
from arsip.fields import (
    BY_KEYWORD,
    DIRECTION,
    DOC_TYPE,
    LANGUAGE,
    SENSITIVITY,
    URGENCY,
    Field,
)

BOUNDS: Final = {
    "after": "after", "sesudah": "after", "setelah": "after",
    "before": "before", "sebelum": "before",
    "since": "since", "sejak": "since", "mulai": "since",
    "until": "until", "sampai": "until", "hingga": "until",
}  # fmt: skip
"""Keywords of days beside a date, in both languages -> how they lie to it; see bounded."""
PAGE_KEYWORDS: Final = frozenset({"page", "halaman", "hlm"})
"""Keywords of a page by its number."""
FIELD_KEYWORDS: Final = frozenset({"has", "ada", "punya"})
"""Keywords of a field that a letter must have, whatever it says."""
STATE_KEYWORDS: Final = frozenset({"is", "status"})
"""Keywords of how a letter is: one of STATES."""
FILE_KEYWORDS: Final = frozenset({"file", "berkas"})
"""Keywords of the name of the file that a letter came as."""

STATES: Final = {
    "doubtful": "doubtful", "ragu": "doubtful", "meragukan": "doubtful",
    "trash": "trashed", "trashed": "trashed", "sampah": "trashed",
    "secret": "secret", "rahasia": "secret",
    "waiting": "waiting", "menunggu": "waiting",
    "unread": "unread", "belum dibaca": "unread", "belum terbaca": "unread",
    "read": "read", "dibaca": "read", "terbaca": "read",
}  # fmt: skip
"""How a letter can be, in the words of both languages -> slug."""

OR: Final = frozenset({"OR", "ATAU", "|", "||"})
AND: Final = frozenset({"AND", "DAN", "&", "&&"})
"""What joins the parts beside it."""
AMBIGUOUS: Final = {
    "or": "small_or", "atau": "small_or",
    "terbaru": "newest", "terakhir": "newest", "latest": "newest", "newest": "newest",
}  # fmt: skip
"""Words that beside others may mean more than they say -> slug of the hint."""

KEYWORDS: Final = (
    *BY_KEYWORD,
    *BOUNDS,
    *sorted(PAGE_KEYWORDS | FIELD_KEYWORDS | STATE_KEYWORDS | FILE_KEYWORDS),
)
"""All that may stand before a colon."""

_LABELS: Final = (
    r"(?i)\s*(?:(?:tahun|thn?\.?|year)\s+(?:19|20)\d\d(?![^\s).,;?!])"
    r"|(?:no|nomor|nomer|nmr)[.:]*\s+(?::\s+)?[^\s:]*\d)"
)
"""A year, or a number, behind the word that says so of it."""
_GLUED: Final = r"(?i)(?:no|nomor|nmr)\.(?=\S*\d)|https?://(?=\w)"
"""What stands before a number, or an address, without a gap."""

FILLERS: Final = frozenset({
    "yang", "dan", "di", "ke", "dari", "untuk", "dengan", "pada", "ini", "itu", "adalah", "oleh",
    "bahwa", "agar", "kepada", "tersebut", "tentang", "mengenai", "yg", "utk", "dgn", "kpd",
    "the", "of", "to", "from", "for", "by", "and", "in", "on", "with", "about",
    "a", "an", "at", "is", "are", "that", "this", "dated", "ttg", "tsb", "dr", "ada",
    "cari", "carikan", "tolong", "mana", "apa", "kapan", "pak", "bpk", "bu",
})  # fmt: skip
"""Words that join others, ask or address: beside these they say nothing of a letter. None that
makes another name of one: sekolah menengah atas, dalam negeri, bagi hasil, peran serta, hari
ibu."""
EXCEPT: Final = frozenset({"bukan", "kecuali", "tanpa", "selain", "not", "except", "without"})
"""Words that may mean a dash before the one behind."""
LACKED: Final = {
    **{name: name for name in ("nomor", "tanggal", "perihal", "lampiran", "tembusan", "ttd")},
    "tanda tangan": "ttd", "number": "number", "date": "date", "subject": "subject",
    "attachment": "attachment", "signature": "signed",
}  # fmt: skip
"""What a letter may lack, as people call it -> keyword of the field."""
NOT_KIN: Final = {"undang": "undang undang", "undangan": "perundang undangan"}
"""Word -> words in which it means something else: a law is no invitation."""
LETTER: Final = frozenset({"surat", "srt", "letter", "letters"})
"""What every letter is, and many do not say of themselves."""
LETTER_BEHIND: Final = frozenset({"letter", "letters"})
"""The same behind the words that tell which: ``incoming letters``."""
_OTHER_THINGS: Final = frozenset({
    "surat jalan", "surat suara", "surat berharga", "surat utang", "surat hutang",
    "surat setoran", "surat nikah", "surat kabar", "surat sakit", "surat tanah", "surat menyurat",
})  # fmt: skip
"""Things that are called so and are no letters."""

NO_KEYWORDS: Final = frozenset({"bulan", "bln", "tahun", "thn", "month", "year"})
"""What people take for keywords of dates."""
_ENGLISH: Final = frozenset({*BOUNDS.values(), "month", "year"})
"""Those of them and of BOUNDS that are English."""

CALLED: Final[Mapping[Field[Any], Mapping[str, str]]] = {
    DOC_TYPE: {
        "official letter": "surat_dinas",
        "invitation": "undangan",
        "nd": "nota_dinas", "nodin": "nota_dinas",
        "memo": "memorandum",
        "disposition": "disposisi",
        "se": "surat_edaran", "circular": "surat_edaran",
        "sk": "keputusan", "surat keputusan": "keputusan", "decree": "keputusan",
        "decision": "keputusan",
        "regulation": "peraturan", "perda": "peraturan", "perbup": "peraturan",
        "instruction": "instruksi",
        "prosedur": "sop", "procedure": "sop",
        "guideline": "pedoman", "guidelines": "pedoman", "juknis": "pedoman",
        "sprin": "surat_perintah", "order": "surat_perintah",
        "st": "surat_tugas",
        "spt": "surat_perintah surat_tugas", "surat perintah tugas": "surat_perintah surat_tugas",
        "assignment": "surat_tugas",
        "spd": "sppd", "travel order": "sppd",
        "suket": "surat_keterangan", "certificate": "surat_keterangan",
        "power of attorney": "surat_kuasa",
        "cover letter": "surat_pengantar",
        "ba": "berita_acara", "bast": "berita_acara", "official report": "berita_acara",
        "announcement": "pengumuman",
        "report": "laporan",
        "telaah": "telaahan_staf",
        "notulen": "notula", "risalah": "notula", "minutes": "notula",
        "agreement": "perjanjian", "contract": "perjanjian", "kontrak": "perjanjian",
        "mou": "perjanjian", "pks": "perjanjian",
        "recommendation": "rekomendasi",
        "statement": "surat_pernyataan", "declaration": "surat_pernyataan",
        "permit": "surat_izin", "ijin": "surat_izin", "surat ijin": "surat_izin",
        "summons": "surat_panggilan",
        "award": "piagam",
        "absensi": "daftar_hadir", "presensi": "daftar_hadir", "attendance list": "daftar_hadir",
        "kwitansi": "kuitansi",
        "faktur": "invoice", "tagihan": "invoice", "bill": "invoice",
        "struk": "receipt",
    },
    LANGUAGE: {
        "indonesia": "id", "indonesian": "id", "bahasa indonesia": "id",
        "inggris": "en", "english": "en", "bahasa inggris": "en",
        "campuran": "mixed", "dwibahasa": "mixed", "bilingual": "mixed",
    },
    SENSITIVITY: {
        "ordinary": "biasa", "restricted": "terbatas",
        "secret": "rahasia", "top secret": "sangat_rahasia",
    },
    URGENCY: {"important": "penting", "urgent": "segera", "very urgent": "sangat_segera"},
    DIRECTION: {"incoming": "masuk", "in": "masuk", "outgoing": "keluar", "out": "keluar"},
}  # fmt: skip
"""What codes are called too, in both languages: field -> words -> code, or some with blanks
between."""

SAME_LABEL: Final = {SENSITIVITY: URGENCY}
"""Letters write both secrecy and speed after the one word "Sifat"."""
TOKEN: Final = re.compile(
    r"""\s*(?:
      (?P<minus>-(?=[^\s\-]))?
      (?: (?P<open>\()
        | (?P<keyword>[^\W\d]\w*):(?=\s*[^\s)])
          \s*(?:(?P<group>\()|"(?P<said>[^"]*)(?:"|$)|(?P<value>[^\s|"()]*))(?P<more>\*)?
        | "(?P<phrase>[^"]*)"(?P<star>\*)?
        | (?P<bare>\|+|[^\s|"()]+)
      )
      | (?P<close>\)) | "
    )""",
    re.VERBOSE,
)
"""One part of a query as typed."""
_ODD_QUOTES: Final = str.maketrans(dict.fromkeys("“”„‟«»", '"'))
_DASH: Final = r"(?<![^\s(])[\u2212\u2013\u2014](?=\w)"
"""A dash before a word as word processors make it."""
_CHOICES: Final = r"(?<![^\s(-])([^\W\d]\w*:)([^\s|\"()]+(?:\|+[^\s|\"()]+)+)"
"""A field with some values, between bars."""
_COLON: Final = r"(?<![^\s(])(?P<minus>-?)(?P<keyword>[^\W\d]\w*)\s+:(?=\s)"
"""A colon that stands by itself behind a word."""
_PAGE_DIGITS: Final = 4
"""Digits of a page's number, at most."""
_DATE_WORDS: Final = 8
"""Words that a date may take: ``1 september 2022 s.d. 30 september`` unquoted."""
_TRAFFIC: Final = re.compile(r"\s*lalu\s+lintas\b", re.IGNORECASE)
"""Behind a month it is what the letter is about: no month that is past."""
_AFTER_ALL: Final = Period(dt.date.max, dt.date.max - dt.timedelta(days=1))
_BEFORE_ALL: Final = Period(dt.date.min + dt.timedelta(days=1), dt.date.min)
"""No days: those after the last one and those before the first."""

_KINDS: Final = _OTHER_THINGS.union(
    (code.replace("_", " ") for code in DOC_TYPE.choices if code != "surat_dinas"),
    (name for name, codes in CALLED[DOC_TYPE].items() if codes.startswith("surat")),
)
"""Kinds that are called letters: a decree (``surat keputusan``) says only what it decides."""


def is_any_letter(word: str, behind: str) -> bool:
    """Whether a word says no more than that a letter is wanted, and no kind with the one behind."""
    return word in LETTER and f"{word} {behind}" not in _KINDS


def coded(known: Field[Any], value: str, *, prefix: bool) -> tuple[Coded, ...]:
    """The code of a short list that the value spells, else those that hold or start with it."""
    words = keys.words(value)
    if not prefix and (exact := _spelled(known, words)):
        return (exact,)
    found = (Coded(field, _codes(field, words, prefix=prefix)) for field in _lists(known))
    return tuple(one for one in found if one.codes)


def end_of_code(known: Field[Any], token: re.Match[str]) -> int:
    """Where a value ends with as many of the plain words behind it as spell a code with it."""
    spelled = (
        end
        for end in reversed(ends(token))
        if _spelled(known, keys.words(token.string[token.start("value") : end]))
    )
    return next(spelled, token.end())


def _lists(known: Field[Any]) -> tuple[Field[Any], ...]:
    return (known, SAME_LABEL[known]) if known in SAME_LABEL else (known,)


def _spelled(known: Field[Any], words: str) -> Coded | None:
    """What the words spell of a short list, as a code or as what codes are called too."""
    for field in _lists(known):
        called = CALLED.get(field, {}).get(words, "").split()
        codes = called or [code for code in field.choices if keys.words(code) == words]
        if codes:
            return Coded(field, tuple(codes))
    return None


def _codes(field: Field[Any], words: str, *, prefix: bool) -> tuple[str, ...]:
    """The codes that start with the words, or hold them."""
    names = {code: keys.words(code) for code in field.choices}
    if prefix:
        return tuple(code for code, name in names.items() if name.startswith(words))
    return tuple(code for code, name in names.items() if f" {words} " in f" {name} ")


def dated(token: re.Match[str], *, today: dt.date) -> tuple[Period | None, int]:
    """The days that a value names with as many of the plain words behind it as belong; their end.

    The longest run of words that has the form of a date is it, even when there is no such day.
    """
    if token["said"] is not None:
        return period(token["said"], today=today), token.end()
    for end in reversed(ends(token)):
        found = period(token.string[token.start("value") : end], today=today)
        if found is not None:
            return found, end
    return None, token.end()


def cleaned(text: str) -> str:
    """The text with plain quotes and dashes, and fields as the language has them.

    ``Perihal : Undangan``, as letters print it, and ``dari:disdik|dinkes``.
    """
    plain = text.translate(_ODD_QUOTES)
    if not text.isascii():
        plain = re.sub(_DASH, "-", plain)
    if ":" in plain:
        plain = re.sub(_COLON, _closed, plain)
    return re.sub(_CHOICES, r"\1(\2)", plain) if "|" in plain else plain


def _closed(apart: re.Match[str]) -> str:
    """A keyword and its colon, but for one that says of a number that it is one."""
    label = re.match(_LABELS, apart.string[apart.start("keyword") :])
    field = not label and apart["keyword"].lower() in KEYWORDS
    return f"{apart['minus']}{apart['keyword']}:" if field else apart[0]


def is_label(token: re.Match[str]) -> bool:
    """Whether the word says of the one behind it that it is a year, or a number."""
    begins = token["bare"][0] in "nNtTyY" and not token["minus"]
    return begins and bool(re.match(_LABELS, token.string[token.start() :]))


def unlabelled(word: str) -> str:
    """The word without what stands glued before it: ``no.1182``, ``https://arsip.go.id``."""
    label = re.match(_GLUED, word) if "." in word or ":" in word else None
    return word[label.end() :] if label else word


def ends(token: re.Match[str]) -> list[int]:
    """Where a date may end: behind its first word and behind each of the words that follow."""
    ends = [token.end()]
    while len(ends) < _DATE_WORDS and not _TRAFFIC.match(token.string, ends[-1]):
        behind = TOKEN.match(token.string, ends[-1])
        if behind is None or not behind["bare"] or behind["minus"] or behind["bare"] in OR | AND:
            break
        ends.append(behind.end())
    return ends


def bounded(keyword: str, days: Period) -> Period:
    """The days strictly after or before the period, or from its start or to its end."""
    one = dt.timedelta(days=1)
    bound = BOUNDS.get(keyword, "")
    if bound == "after":
        return Period(days.last + one, dt.date.max) if days.last < dt.date.max else _AFTER_ALL
    if bound == "before":
        return Period(dt.date.min, days.first - one) if days.first > dt.date.min else _BEFORE_ALL
    if bound == "since":
        return Period(days.first, dt.date.max)
    return Period(dt.date.min, days.last) if bound == "until" else days


def looks_like_a_field(keyword: str, value: str) -> bool:
    """Whether two words with a colon between them ask for something: 10:30, https:// do not."""
    plain = keys.words(value).isdigit() or value.startswith("/")
    return keyword in NO_KEYWORDS or not plain


def date_keyword(like: str) -> str:
    """The keyword of dates, in the language of another word that was typed for it."""
    return "date" if like in _ENGLISH else "tanggal"


def number_key(bare: str) -> str | None:
    """The key of a bare word that looks like a number or a part of one, else None.

    A word of several parts needs a digit; a single one must be mostly digits, so that ``l23``
    is one and ``S2`` is a degree.
    """
    digits = sum(sign.isdigit() for sign in bare)
    number = keys.number(bare)
    if not digits or ("/" not in number and digits * 2 <= len(number)):
        return None
    return number


def one_word(first: Part, second: Part) -> Text | None:
    """Two words that side by side are one which means something else: undang undang, a law."""
    if not (isinstance(first, Text) and first.loose and isinstance(second, Text) and second.loose):
        return None
    both = f"{first.text} {second.text}"
    return Text(both.replace(" ", "-")) if both in NOT_KIN.values() else None


def page_number(value: str) -> int | None:
    """The number of a page that the value names; None: it names none."""
    named = value.isdecimal() and len(value) <= _PAGE_DIGITS
    return int(value) or None if named else None
