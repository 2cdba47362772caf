"""A real process that is killed, or refused, by the system at one of its calls."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from arsip.archive.store import Archive
from tests.archive import filing_child, keeping

TEXTS = ("undangan rapat", "surat tugas", "nota dinas")
HOME = Path(__file__).parents[2]


def traced(fault: str, *arguments: Path) -> subprocess.CompletedProcess[str]:
    call = fault.partition(":")[0]
    command = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}"]
    command += ["-e", f"inject={fault}", sys.executable, "-m", "tests.archive.filing_child"]
    # Whoever measures coverage must not do so in there: its own files would be refused, too.
    environ = {name: value for name, value in os.environ.items() if "COVERAGE" not in name}
    return subprocess.run(
        [*command, *map(str, arguments)],
        cwd=HOME,
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )


def works() -> bool:
    if shutil.which("strace") is None:
        return False
    try_out = ["strace", "-qq", "-o", "/dev/null", "-e", "inject=rename:error=EIO:when=9", "true"]
    return subprocess.run(try_out, capture_output=True, check=False).returncode == 0


@pytest.fixture(scope="module")
def _strace() -> None:
    if not works():
        pytest.skip("strace cannot be used here")


KILLS = [
    *(f"fsync:signal=SIGKILL:when={when}" for when in (3, 9, 15, 21)),
    *(f"rename:signal=SIGKILL:when={when}" for when in (1, 2, 4)),
    *(f"write:signal=SIGKILL:when={when}" for when in (4, 8)),
    "symlink:signal=SIGKILL:when=2",
    "fdatasync:signal=SIGKILL:when=2",
    "ftruncate:signal=SIGKILL:when=3",
    "unlink:signal=SIGKILL:when=2",
]
REFUSALS = [
    *(f"fsync:error=ENOSPC:when={when}+" for when in (3, 12)),
    "write:error=ENOSPC:when=5",
    "rename:error=EIO:when=4",
    "pwrite64:error=ENOSPC:when=30+",
    "mkdir:error=ENOSPC:when=6",
    "symlink:error=EIO:when=2",
]


@pytest.mark.slow
@pytest.mark.usefixtures("_strace")
@pytest.mark.parametrize("fault", KILLS + REFUSALS)
def test_no_fault_loses_a_letter_or_files_it_twice(tmp_path: Path, fault: str) -> None:
    root, inbox = tmp_path / "arsip", tmp_path / "pindai"
    Archive.create(root, clock=keeping.clock)
    inbox.mkdir()
    for number, text in enumerate(TEXTS):
        (inbox / f"scan{number}.pdf").write_text(text)

    ended = traced(fault, root, inbox)

    assert "Traceback" not in ended.stderr
    assert ended.returncode in {0, 6, -9, 137}
    everywhere = {*keeping.files(inbox).values(), *keeping.files(root / "vault").values()}
    assert {text.encode() for text in TEXTS} <= everywhere
    assert filing_child.main(root, inbox) == 0
    assert list(inbox.iterdir()) == []
    with Archive.open(root, clock=keeping.clock) as kept:
        assert kept.verify(full=True) == []
        listed = keeping.listing(kept)
    assert sorted(entry.digest for entry in listed) == sorted(map(keeping.digest, TEXTS))
    assert [entry.id for entry in listed] == [1, 2, 3]
    assert len(keeping.links(root)) == 3
    assert list((root / "staging").iterdir()) == []
