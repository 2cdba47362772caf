"""CPU time that an engine gets besides what its child may burn itself."""

from __future__ import annotations

import math
import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def cpu_lent(seconds: float, *, burned: float = 0.0) -> Iterator[None]:
    """Lets an engine that works inside burn CPU for as long as the clock gives it.

    The limit of a child's own CPU is shorter, and is handed down to a program that it starts. What
    a library burns in the child itself is not counted against that limit.

    Args:
        seconds: patience with the engine, by the clock on the wall.
        burned: CPU seconds that the process of the engine has burned before.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    if soft == resource.RLIM_INFINITY:
        yield
        return
    most = math.inf if hard == resource.RLIM_INFINITY else hard
    before = time.process_time()
    enough = max(soft, int(burned + seconds) + 1)
    resource.setrlimit(resource.RLIMIT_CPU, (int(min(enough, most)), hard))
    try:
        yield
    finally:
        left = soft + round(time.process_time() - before)
        resource.setrlimit(resource.RLIMIT_CPU, (int(min(left, most)), hard))
