"""Who signs: the name among titles, stamps, ranks, witnesses and copies."""

from __future__ import annotations

import pytest

from arsip.letter.names import in_part, is_borne, is_name, only_degrees, person
from tests.letter.test_prose import scanned
from tests.letter.typed import END, NIP, facts, letter, read

AT = " " * 20
THANKS = "Demikian, terima kasih.\n\n"


@pytest.mark.parametrize(
    "text",
    ["Drs. BUDI SANTOSA", "Wahyu Adi, 5.H., M.H,", "R. Soekirman", "Siti Le5tari, S.E.",
     "(SUTRISNO)", "I Made Rai Arta", "KH. ABDUL HAKIM", "MUHAMMAD bin ALI"],
)  # fmt: skip
def test_a_name_is_known_by_its_capitals(text: str) -> None:
    assert is_name(text)


@pytest.mark.parametrize(
    "text",
    ["KEPALA DINAS", "Pembina Utama Muda", "'Bembina Tk. I", "ttd.", "PT MAJU JAYA", "Rp 12.000",
     "Ditandatangani secara elektronik", "KECAMATAN TALANG", "terlampir", "NIP 12"],
)  # fmt: skip
def test_titles_ranks_and_offices_are_no_names(text: str) -> None:
    assert not is_name(text)


def test_a_line_of_degrees_is_known() -> None:
    assert only_degrees("M.Sc., Ph.D.")
    assert only_degrees("SH, MM")
    assert not only_degrees("Made S.")


@pytest.mark.parametrize(
    ("read_as", "name"),
    [
        ("Drs. Le5tari", "Drs. Lestari"),
        ("( SUTRISNO )", "SUTRISNO"),
        ("Sit0rus, SH", "Sitorus, SH"),
        ("Lestari/Yusuf Saputra, S.E.", "Lestari Yusuf Saputra, S.E."),
        ("Fltri Harahap, 5.E.", "Fitri Harahap, S.E."),
        ("Ir. Tono Sjregar", "Ir. Tono Siregar"),
        ("Wati S 'iti", "Wati Siti"),
        ("Df. Karlsson Wladimir Sjarif", "Dr. Karlsson Wladimir Sjarif"),
        ("Drs, Karna", "Drs. Karna"),
    ],
)
def test_a_name_is_written_as_its_bearer_writes_it(read_as: str, name: str) -> None:
    assert person(read_as) == name


@pytest.mark.parametrize("name", ["Ir. dra Dewi Lubis", "Lubis", "Rina Wi"])
def test_a_part_of_a_name_is_known_as_one(name: str) -> None:
    assert in_part(name)


def test_an_undersigned_official_is_the_signer_though_a_stamp_covers_his_name() -> None:
    rest = (
        "Yang bertanda tangan di bawah ini:\nNama    : Drs. BUDI SANTOSA\nJabatan : Kepala\n"
        "menerangkan bahwa Rina adalah pegawai.\n"
    )
    covered = letter(rest=rest) + END + " " * 26 + "SANTOSA\n" + NIP
    assert facts(covered)["signatory"] == "Drs. BUDI SANTOSA"
    scrap = letter(rest=rest) + END + " " * 26 + "aljibis\n" + NIP
    assert facts(scrap)["signatory"] == "Drs. BUDI SANTOSA"
    nobody = letter(rest=rest) + END + NIP
    assert facts(nobody)["signatory"] == "Drs. BUDI SANTOSA"


def test_a_name_below_an_electronic_signature_needs_no_title() -> None:
    text = letter() + THANKS + f"{AT}Ditandatangani secara elektronik\n{AT}Wulan Handayani\n"
    assert facts(text)["signatory"] == "Wulan Handayani"


def test_a_witness_in_the_left_column_does_not_sign_the_letter() -> None:
    text = (
        letter()
        + THANKS
        + (
            "Mengetahui,                         Ketua Panitia,\nCamat Talang,\n\n\n"
            "Drs. SUYATNO                        RUDI HARTONO\n"
        )
    )
    assert facts(text)["signatory"] == "RUDI HARTONO"


def test_who_certifies_a_copy_does_not_sign_it() -> None:
    text = (
        letter()
        + THANKS
        + (
            f"{AT}BUPATI LINTANG,\n\n{AT}ttd\n\n{AT}SURYA ATMAJA\n\nSalinan sesuai dengan aslinya\n"
            "KEPALA BAGIAN HUKUM,\n\nRINI ASTUTI, S.H.\nNIP 196407131990021001\n"
        )
    )
    said = facts(text)
    assert said["signatory"] == "SURYA ATMAJA"
    assert "signatory_id" not in said


def test_a_number_a_gap_from_its_label_is_the_signers() -> None:
    text = letter() + END + f"{AT}Drs. BUDI SANTOSA\n{AT}NIP          19640713 199002 1 001\n"
    assert facts(text)["signatory_id"] == "196407131990021001"


def test_a_superior_may_take_two_lines() -> None:
    text = (
        letter()
        + THANKS
        + (
            f"{AT}a.n. KEPALA DINAS SOSIAL DAN\n{AT}     PEMBERDAYAAN\n{AT}SEKRETARIS,\n\n\n"
            f"{AT}Drs. BUDI SANTOSA\n{NIP}"
        )
    )
    said = facts(text)
    assert said["on_behalf_of"] == "KEPALA DINAS SOSIAL DAN PEMBERDAYAAN"
    assert said["signatory_title"] == "SEKRETARIS"


def test_the_second_line_of_a_title_is_no_name() -> None:
    text = (
        letter()
        + THANKS
        + (f"{AT}Asisten Pemerintahan dan\n{AT}Kesejahteraan Rakyat,\n\n\n{AT}Rina Yulianti\n{NIP}")
    )
    said = facts(text)
    assert said["signatory"] == "Rina Yulianti"
    assert said["signatory_title"] == "Asisten Pemerintahan dan Kesejahteraan Rakyat"


def test_long_degrees_go_on_below_a_name() -> None:
    text = letter() + END + f"{AT}Prof. Dr. RINA YULIANTI,\n{AT}M.Sc., Ph.D.\n{NIP}"
    assert facts(text)["signatory"] == "Prof. Dr. RINA YULIANTI, M.Sc., Ph.D."


def test_a_company_signs_with_its_name_above_the_directors() -> None:
    text = (
        letter(kop="PT MAJU JAYA\nJalan Kenari 3\n\n")
        + THANKS
        + ("Hormat kami,\nPT MAJU JAYA\n\n\nRatih Kumala\nManajer Umum\n")
    )
    said = facts(text)
    assert (said["signatory"], said["signatory_title"]) == ("Ratih Kumala", "Manajer Umum")


def test_copies_beside_a_signature_do_not_cut_it_off() -> None:
    text = (
        letter()
        + THANKS
        + (
            f"{AT}                    KEPALA DINAS,\n\n"
            "Tembusan :\n1. Bupati Lintang                       Drs. BUDI SANTOSA\n"
            "2. Arsip                                NIP 196407131990021001\n"
        )
    )
    assert facts(text)["signatory"] == "Drs. BUDI SANTOSA"


@pytest.mark.parametrize("scrap", ["PEMERI", "LINTANG", "KABUPAT DINAS"])
def test_scraps_of_a_stamp_between_title_and_name_are_neither(scrap: str) -> None:
    text = f"{letter()}{END}          {scrap}\n{AT}Rina Yulianti, S.H.\n{NIP}"
    found = scanned(text).findings
    assert found["signatory"][0].value == "Rina Yulianti, S.H."
    assert found["signatory_title"][0].value == "KEPALA DINAS"


def test_other_signers_and_witnesses_are_kept_as_rivals() -> None:
    text = (
        letter()
        + THANKS
        + (
            "Ketua Panitia                 Sekretaris\n\n\n"
            "RUDI HARTONO                  EKA SAPUTRA\n\n"
            "Mengetahui,\nCamat Talang,\n\nDrs. SUYATNO\n"
        )
    )
    best, *rivals = read(text).findings["signatory"]
    assert best.value == "RUDI HARTONO"
    assert [(one.value, one.rule) for one in rivals] == [
        ("EKA SAPUTRA", "other_signer"),
        ("Drs. SUYATNO", "witness"),
    ]
    assert all(one.doubtful for one in rivals)


def test_scraps_of_capitals_between_a_name_and_its_number_are_no_name() -> None:
    text = f"{letter()}{END}{AT}Rina Yulianti, S.H.\n{AT[:-4]}TRI T NE\n{NIP}"
    assert facts(text)["signatory"] == "Rina Yulianti, S.H."


@pytest.mark.parametrize("doubtful", [frozenset({"Yulianti"}), frozenset({"Rina"})])
def test_a_name_with_neither_degree_nor_number_must_be_legible(doubtful: frozenset[str]) -> None:
    text = f"{letter()}{END}{AT}Rina Yulianti\n"
    assert not scanned(text).findings["signatory"][0].doubtful
    worse = scanned(text, doubtful=doubtful).findings.get("signatory")
    assert worse is None or worse[0].doubtful


@pytest.mark.parametrize(
    ("word", "borne"),
    [("Siregar,", True), ("WAHYU", True), ("Drs.", True), ("S.Kom.,", True), ("Rurniawan", False)],
)
def test_names_that_many_bear_are_known(word: str, borne: bool) -> None:  # noqa: FBT001
    assert is_borne(word) == borne


def test_a_rare_word_of_a_name_that_was_hardly_legible_is_more_doubtful_than_a_common_one() -> None:
    def sure(name: str, word: str) -> float:
        text = f"{letter()}{END}{AT}{name}, S.H.\n{NIP}"
        return scanned(text, doubtful=frozenset({word})).findings["signatory"][0].confidence

    assert sure("Rina Setiawan", "Rina") > 2 * sure("Rxna Setiawan", "Rxna")


def test_a_scrap_without_a_letter_makes_no_name_doubtful() -> None:
    text = f"{letter()}{END}{AT}: Rina Setiawan, S.H.\n{NIP}"
    finding = scanned(text, doubtful=frozenset({":"})).findings["signatory"][0]
    assert (finding.value, finding.doubtful) == ("Rina Setiawan, S.H.", False)


@pytest.mark.parametrize("rank", ["S--Befata Tk. |", "Xembna Utama Muda", "Pe ata Tk. I"])
def test_a_rank_that_was_spoilt_is_no_name(rank: str) -> None:
    text = f"{letter()}{END}{AT}Rina Setiawan, S.H.\n{AT}{rank}\n{NIP}"
    assert scanned(text).findings["signatory"][0].value == "Rina Setiawan, S.H."
    assert not is_name(rank)


def test_a_number_below_that_is_torn_off_is_no_old_one() -> None:
    torn = read(f"{letter()}{END}{AT}Rina Yulianti, S.H.\n{AT}NIP. 19690617 1\n")
    assert torn.findings["signatory_id"][0].doubtful
    old = read(f"{letter()}{END}{AT}Rina Yulianti, S.H.\n{AT}NIP. 131 234 567\n")
    assert not old.findings["signatory_id"][0].doubtful


def test_a_name_that_ends_like_a_rank_is_doubtful() -> None:
    (finding,) = scanned(f"{letter()}{END}{AT}Pebata Md.\n{NIP}").findings["signatory"]
    assert finding.doubtful
    assert "signatory" not in scanned(f"{letter()}{END}{AT}Pebata Tk.\n{NIP}").findings
