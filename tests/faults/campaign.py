"""The long form: ``python -m tests.faults.campaign [--points 300] [--acts ingest watch ...]``.

Strikes each act at so many of its changes of the disk, by death and by refusals of the system (no
space, a broken disk; once and for ever), and prints how many promises each act broke. Without
--points it strikes at every change.
"""

from __future__ import annotations

import argparse
import sys

from tests.faults.acts import ACTS
from tests.faults.striking import MODES, trials

EVERY = 1 << 30


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--points", type=int, default=EVERY)
    options.add_argument("--acts", nargs="+", choices=sorted(ACTS), default=list(ACTS))
    options.add_argument("--modes", nargs="+", choices=sorted(MODES), default=list(MODES))
    args = options.parse_args()
    total = 0
    for mode in args.modes:
        for act in args.acts:
            faults = MODES[mode](act, args.points)
            told = list(trials(act, faults))
            wrong = [(fault, found) for fault, found in told if found]
            total += len(wrong)
            print(f"{mode:<8} {act:<8} {len(told):>5} faults, {len(wrong)} broke a promise")
            for fault, found in wrong[:5]:
                print("   ", fault, found)
            sys.stdout.flush()
    return 1 if total else 0


if __name__ == "__main__":
    sys.exit(main())
