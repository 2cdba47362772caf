"""Files what lies in a folder and lets it go once the archive holds it: a small ingest."""

import contextlib
import sys
from pathlib import Path

from arsip.archive.store import Archive
from arsip.errors import ArchiveError
from tests.archive import keeping


def main(root: Path, inbox: Path) -> int:
    """0: all is filed; 6: try again."""
    try:
        with Archive.open(root, clock=keeping.clock) as kept, kept.run() as run:
            for path in sorted(inbox.iterdir()):
                text = path.read_text()
                if not (kept.known(keeping.digest(text)) and kept.holds(keeping.digest(text))):
                    desk = run.desk()
                    kept.file(keeping.reading(desk, text, subject="Undangan"), desk)
                if kept.holds(keeping.digest(text)):
                    path.unlink()
    except (ArchiveError, OSError) as error:
        print(error, file=sys.stderr)  # noqa: T201 - read by the test when it fails
        return ArchiveError.exit_code
    return 0


if __name__ == "__main__":
    with contextlib.suppress(BrokenPipeError):
        sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
