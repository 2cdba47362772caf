"""The words by which the end of a letter is known: offices, ranks, courtesies, footers.

Source: forms of PermenPANRB 80/2012 and Peraturan ANRI 5/2021, and usage of offices.
"""

from __future__ import annotations

import re
from typing import Final

FOOTER: Final = re.compile(
    r"\W*(Dokumen\s+(ini|elektronik)|(telah\s+)?d[il]\s?tanda\s?tangani\s+secara|"
    r"(yang\s+)?d[il]terb[il]tkan\s+oleh|"
    r"Ba[l1]a[il1]\s+(Besar\s+)?Ser|BSrE\b|UU\s*[Il]TE|\W*\d?\.?\s*UU\s|d[il]p[il]nda[il]|Halaman\s+\d|"
    r"hasil\s+cetak|[\"']?Informasi\s+Elektronik|Kementerian\s+.*tidak\s+menerima|elektron[il]k\W*$|"
    r"sertif[il]kat\s+e[l1]ektron|\W*catatan\s*:|Surat\s+ini\s+(sah|ditanda)|ha[l1]\s+\d|"
    r"\W*\d{1,2}\W*$|Scanned\s+(by|with)|untuk\s+mem(verifikasi|astikan)|Unduh\b|Token\b)",
    re.IGNORECASE,
)
_OFFICES: Final = (
    r"KEPALA|SEKRETAR[Il1]S|D[Il1]REKTUR|BUPAT[Il1]|GUBERNUR|WAL[Il1]\s*KOTA|CA(?:M|RN)AT|LURAH|KETUA|"
    r"KOORD[Il1]NATOR|[Il1]NSPEKTUR|DEKAN|WAK[Il1]L|REKTOR|MENTER[Il1]|AS[Il1]STEN|MANAJER|MANAGER|"
    r"KEUCH[Il1]K|NOTUL[Il1]S|HEAD|D[Il1]RECTOR|ACCOUNT|COUNSELLOR|VICE|DEAN|PENGAWAS|PEJABAT|"
    r"KOMANDAN|BENDAHARA|PANIT[Il1]A|PENGURUS|PRES[Il1]DEN|KAPOL\w+|WADIR|KABAG|KABID|KASI|LEKTOR|"
    r"PIMPINAN|PENANGGUNG|PJ|PLT|PLH|PJS|KADES|PERBEKEL|UNIT|TIM|PARAN[Il1]RADYA|SECRETARY|CHAIR\w*|"
    r"WAL[Il1]\s+NAGAR[Il1]|PENGASUH|DEPUT[Il1Y]|JAKSA|HAKIM|PANITERA|KUASA|SEKDA|STAF|CHIEF|GENERAL|"
    r"SENIOR|OFFICER|SEKJEN|DIRJEN|PENGHULU|DANRAMIL|KAPUS\w*|D[Il1]REKS[Il1]|PERWAKILAN|PARAN|"
    r"MANAGING|PRINCIPAL|PANGLIMA|DANDIM|PEMBANTU|AJUDAN|PEMIMPIN|SUPERVISOR|KABIRO|KASUBAG|"
    r"KASUBBAG|KASEK|KEPSEK|PIHAK|PEMOHON|PENGIR[Il1]M|PENER[Il1]MA|PELAPOR|PELAMAR|PENYUSUN"
)
OFFICE: Final = re.compile(rf"\W*({_OFFICES})\b", re.IGNORECASE)
BEHALF: Final = re.compile(r"\W*(a\s?\.?\s?n\s?\.|an\.|a\.n\b|atas\s+nama)\s*:?\s*", re.IGNORECASE)
UNDER: Final = re.compile(r"\W*(u\s?\.\s?b\s?\.?|untuk\s+beliau)(?=\W|$)\s*", re.IGNORECASE)
ACTING: Final = re.compile(r"\W*(Plt|Plh|Pjs|Pj|P[Il1]t|P[Il1]h)\b\.?\s*", re.IGNORECASE)
RANK: Final = re.compile(
    r"\W*(Pangkat\b|Tingk\w*\b|T[Kk]\.\s|.*[([]?\b[IVl1]{1,3}\s?[/.]\s?[a-e]\W*$|Pe\w{1,4}b[il]na\b|Penata\b|"
    r".*\bTk\b\.?\s*[Il1|]?\W*$|.*\bUtama M(uda|adya)\b|"
    r"Pengatur\b|Juru\b|Gol(ongan)?\b|[IVl1]{1,3}\s?/\s?[a-e]\b|"
    r"(AJUN\s+)?KOM[Il1]SAR[Il1]S|[Il1]NSPEKTUR\s+(POL|SATU|DUA)|"
    r"(LET|MA|KO|BR[Il1]G|KAP)[A-Z]*(JEN|KOL|TEN)\w*|A[Il1]PDA|A[Il1]PTU|BR[Il1]P\w+|[Il1]PDA|"
    r"[Il1]PTU|NPA|NIDN)",
    re.IGNORECASE,
)
ORGANISATION: Final = re.compile(
    r"\W*(PT|CV|UD|PO|YAYASAN|KOPERAS[Il1]|D[Il1]NAS|BADAN|KANTOR|PEMER[Il1]NTAH|KEMENTER[Il1]AN|"
    r"SEKOLAH|UN[Il1]VERS[Il1]TAS|FAKULTAS|LEMBAGA|BALA[Il1]|BAG[Il1]AN|B[Il1]DANG|B[Il1]RO|SEKS[Il1]|"
    r"KABUPATEN|PROV[Il1]NS[Il1]|KOTA|KECAMATAN|KELURAHAN|DESA|RSUD|PUSKESMAS|UPT\w*|HIMPUNAN|IKATAN|"
    r"PERSATUAN|FORUM|BANK|PERUM\w*|SMP|SMA|SMK|SDN?|MTS\w*|MADRASAH|DAN|SERTA|DAERAH|REPUBL[Il1]K)\b",
    re.IGNORECASE,
)
GREETING: Final = re.compile(
    r"\W*(hormat\s+(kami|saya)|yours|sincerely|faithfully|respectfully|"
    r"((kind|best|warm)\s+)?regards|salam\s+hormat)",
    re.IGNORECASE,
)
ELECTRONIC: Final = re.compile(r"\W*(telah\s+)?d[il1]tandatangan[il1]\s+secara", re.IGNORECASE)
SIGNED: Final = re.compile(
    r"\W*(ttd\b|t\.?\s?t\.?\s?d\b\.?|cap\b|\[|\$|meterai|materai|tanda\s+tangan|"
    r"d[il]tandatangani|secara\s+e[l1]ektron|dokumen)",
    re.IGNORECASE,
)
"""What stands in the place of a hand's signature."""
NOT_NAME: Final = re.compile(
    rf"(?:{SIGNED.pattern})|{GREETING.pattern}|"
    r"\W*(mengetahui|menyetujui|mengesahkan|disetujui|disahkan|diketahui|"
    r"ditetapkan|dikeluarkan|dibuat|pa[dt]+a\s+tangga[l1it|]?|tanggal\b|saksi|tembusan|"
    r"salinan|lampiran|demikian|wassalam|elektronik|nama\b|jabatan\b|yang\s+(me|ber)\w+)",
    re.IGNORECASE,
)
WITNESS: Final = re.compile(
    r"\W*(mengetahui|menyetujui|mengesahkan|disetujui|diketahui|disahkan|saksi|"
    r"salinan\s+sesuai|sa[l1]inan\b.*as[l1]i)",
    re.IGNORECASE,
)
CLOSERS: Final = re.compile(
    r"\W*(Demikian|Demik[il]an[l1]ah|Atas\s+perhatian|terima\s*kasih|mestinya|kerja\s?sama|Kasih\b)|"
    r"terima\s*kasih\W*$|\bThank\s+you",
    re.IGNORECASE,
)
ENACTED: Final = re.compile(
    r"\W*(D[il1]?\s?[tl]etapkan|D[il1]ke[l1]uarkan|D[il1]sahkan|D[il1]buat)\s+d[il1]\b",
    re.IGNORECASE,
)
"""``Ditetapkan di``: above a signature, never elsewhere at the start of a line."""
