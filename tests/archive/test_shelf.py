import datetime as dt
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arsip.archive import shelf
from arsip.archive.shelf import Shelf, clean
from arsip.errors import ArchiveError
from arsip.model import Entry, Finding, Letter

TEMPLATE = "{year}/{sender}/{date} {number} {subject}"
anything = st.text(st.characters(codec=None), max_size=120)


def entry(number: int = 1, *, reading: bool = True, **values: object) -> Entry:
    folder = Path("vault", "ab", "cd", f"{number:064x}")
    findings = {name: (Finding(value, 0.9, "ocr"),) for name, value in values.items()}
    return Entry(
        id=number,
        digest=f"{number:064x}",
        state="filed",
        filed_at=dt.datetime(2024, 3, 15, tzinfo=dt.UTC),
        source="scan.pdf",
        original=folder / "original.tif",
        reading=folder / "reading.pdf" if reading else None,
        pages=(1,),
        letter=Letter(findings),
    )


def put(kept: Shelf, *entries: Entry) -> list[str]:
    places = []
    for one in entries:
        places.append(kept.place(one))
        kept.link(one.file, places[-1])
    return places


@pytest.fixture
def kept(tmp_path: Path) -> Shelf:
    (tmp_path / "shelf").mkdir()
    return Shelf(tmp_path, TEMPLATE)


@given(anything, st.integers(16, 80))
def test_any_text_makes_a_name_that_stays_where_it_is_put(text: str, limit: int) -> None:
    name = clean(text, limit=limit)
    assert name
    assert name not in {".", ".."}
    assert len(name.encode()) <= limit
    assert not set(name) & set('/\\:*?"<>|\0\n')
    assert name[0] not in ".- ~"
    assert name[-1] not in ". "
    assert name == unicodedata.normalize("NFC", name)
    assert not any(unicodedata.category(sign).startswith("C") for sign in name)
    assert clean(name, limit=limit) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("005/3124/Setda", "005-3124-Setda"),
        ("../../etc/passwd", "etc-passwd"),
        ("-rf .", "rf"),
        ("CON", "_CON"),
        ("nul.pdf", "_nul.pdf"),
        ("lampu\u202efdp.exe", "lampu fdp.exe"),
        ("", "tanpa-nama"),
        ("é", "é"),
        ("a" * 79 + "é", "a" * 79),
    ],
)
def test_names_are_cleaned(text: str, name: str) -> None:
    assert clean(text) == name


def test_a_letter_stands_under_its_year_and_sender() -> None:
    letter = entry(
        date=dt.date(2022, 9, 21),
        sender="Sekretariat Daerah",
        letter_number="005/3124/Setda",
        subject="Undangan",
    )
    assert shelf.parts(letter, TEMPLATE) == (
        "2022",
        "Sekretariat Daerah",
        "2022-09-21 005-3124-Setda Undangan",
    )


def test_what_a_letter_does_not_say_is_named_so() -> None:
    assert shelf.parts(entry(), TEMPLATE + " {type} {month} {id}") == (
        "tanpa-tanggal",
        "tanpa-pengirim",
        "tanpa-tanggal tanpa-nomor tanpa-perihal tanpa-jenis tanpa-tanggal 1",
    )


def test_a_secret_letter_stands_apart() -> None:
    assert shelf.parts(entry(sensitivity="rahasia"), "{year}")[0] == "rahasia"
    assert shelf.parts(entry(sensitivity="terbatas"), "{year}") == ("tanpa-tanggal",)


def test_letters_of_one_name_are_numbered_and_lead_to_their_files(kept: Shelf) -> None:
    places = put(kept, entry(1), entry(2), entry(3, reading=False))
    assert [place.split("perihal")[1] for place in places] == [".pdf", " (2).pdf", ".tif"]
    link = kept.folder / places[1]
    assert link.readlink() == Path("../../../vault/ab/cd", f"{2:064x}", "reading.pdf")
    assert kept.stands(entry(2).file, places[1])
    assert not kept.stands(entry(1).file, places[1])


def test_the_folders_of_the_shelf_are_for_its_owner_only(kept: Shelf) -> None:
    (place,) = put(kept, entry(date=dt.date(2022, 9, 21), sender="Camat"))
    for folder in list(Path(place).parents)[:-1]:
        assert (kept.folder / folder).stat().st_mode & 0o077 == 0


def test_names_that_differ_in_case_only_share_a_folder_and_are_numbered(kept: Shelf) -> None:
    places = put(
        kept,
        entry(1, sender="Dinas Air", subject="Rapat"),
        entry(2, sender="DINAS AIR", subject="RAPAT"),
    )
    assert places[1].startswith("tanpa-tanggal/Dinas Air/")
    assert places[1].endswith("RAPAT (2).pdf")


def test_a_letter_keeps_its_place_and_gets_no_second(kept: Shelf) -> None:
    places = put(kept, entry(1), entry(2))
    assert kept.place(entry(2), current=places[1]) == places[1]
    assert kept.place(entry(3), reserved=[places[1].replace("(2)", "(3)")]).endswith("(4).pdf")


def test_a_long_name_is_cut_and_still_numbered(kept: Shelf) -> None:
    places = put(kept, entry(1, subject="surat " * 40), entry(2, subject="surat " * 40))
    assert all(len(part.encode()) <= 80 for place in places for part in place.split("/"))
    assert places[1].endswith(" (2).pdf")


def test_taking_a_link_away_takes_empty_folders_with_it(kept: Shelf) -> None:
    (place,) = put(kept, entry(1, sender="Dinas"))
    kept.unlink(place)
    kept.unlink(place)
    assert list(kept.folder.iterdir()) == []
    kept.flush()


def test_what_a_person_put_there_stays_and_is_gone_around(kept: Shelf) -> None:
    (place,) = put(kept, entry(1))
    kept.unlink(place)
    path = kept.folder / place
    path.parent.mkdir(parents=True)
    path.write_text("catatan sendiri")
    (path.parent / "pintasan").symlink_to("/tmp")  # noqa: S108 - a link is not followed
    assert put(kept, entry(1))[0].endswith("(2).pdf")
    assert kept.plan()(entry(2)).endswith("(2).pdf")
    assert len(list(kept.links())) == 1
    kept.unlink(place)
    assert path.read_text() == "catatan sendiri"


def test_a_plan_gives_places_as_if_the_shelf_were_empty(kept: Shelf) -> None:
    put(kept, entry(9), entry(8))
    place = kept.plan()
    assert [place(entry(number)).split("perihal")[1] for number in (1, 2)] == [".pdf", " (2).pdf"]


def test_a_place_that_is_taken_by_a_link_of_ours_is_given_to_who_is_planned_there(
    kept: Shelf,
) -> None:
    (place,) = put(kept, entry(1))
    kept.link(entry(2).file, place)
    assert kept.stands(entry(2).file, place)
    kept.link(entry(2).file, place)


@pytest.mark.parametrize("place", ["../vault/x.pdf", "2022/../../x.pdf"])
def test_a_place_outside_the_shelf_is_refused(kept: Shelf, place: str) -> None:
    with pytest.raises(ArchiveError):
        kept.link(entry().file, place)


def test_a_folder_that_leads_out_of_the_shelf_is_refused(kept: Shelf, tmp_path: Path) -> None:
    (tmp_path / "luar").mkdir()
    (kept.folder / "tanpa-tanggal").symlink_to(tmp_path / "luar")
    with pytest.raises(ArchiveError):
        put(kept, entry())
    assert list((tmp_path / "luar").iterdir()) == []


@pytest.mark.parametrize(
    "template", ["", "surat", "{nomor}", "{year:>9}", "{year!r}", "{year", "{0}"]
)
def test_templates_that_make_no_names_are_seen(template: str) -> None:
    assert not shelf.fits(template)


def test_the_usual_template_fits() -> None:
    assert shelf.fits(TEMPLATE)


def test_names_that_another_process_added_are_seen(kept: Shelf) -> None:
    other = Shelf(kept.root, TEMPLATE)
    put(kept, entry(1))
    assert put(other, entry(2))[0].endswith("(2).pdf")
    assert put(kept, entry(3))[0].endswith("(3).pdf")
