"""Where the process starts: ``arsip`` and ``python -m arsip``."""

import gc
import importlib
import os
import sys

INTERRUPTED = 130
"""Exit code; the guard of the counter, not imported yet, has the same."""

COMPLETE = "--complete"
"""What the script of a shell types when somebody presses Tab."""


def main() -> None:
    """Serve one command.

    What is imported lives until the end, so the collector is kept out of the way until the
    command's own work begins (arsip.cli.app turns it on): a fifth less CPU for a search.
    """
    _open_streams()
    gc.disable()
    if sys.argv[1:2] == [COMPLETE]:
        importlib.import_module("arsip.cli.completing").main(sys.argv[2:])
        return
    try:
        counter = importlib.import_module("arsip.cli.app")
        gc.freeze()
        counter.main()
    except KeyboardInterrupt:  # so early that nothing was begun
        sys.exit(INTERRUPTED)


def _open_streams() -> None:
    """Put the null device where a stream is closed, lest a file of the archive get its number."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            nowhere = os.open(os.devnull, os.O_RDWR)
            setattr(sys, name, os.fdopen(nowhere, "w" if number else "r", encoding="utf-8"))


if __name__ == "__main__":
    main()
