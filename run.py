#!/usr/bin/env python3
"""Sets arsip up in .venv and shows it: ``python3 run.py demo | test | check | lock``.

Any Python since 2.7 can read this file, so that an old one can be told that it is too old.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - these are the Pythons that it is for
    VERSION = ".".join(str(part) for part in sys.version_info[:3])
    sys.stderr.write(
        "arsip needs Python 3.11 or newer; this is %(v)s. Try: python3.11 run.py\n"  # noqa: UP031 - 2.7
        "arsip perlu Python 3.11 atau lebih baru; ini %(v)s. Coba: python3.11 run.py\n"
        % {"v": VERSION}
    )
    sys.exit(3)

sys.dont_write_bytecode = True  # nothing outside .venv is changed

from tools.workshop import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
