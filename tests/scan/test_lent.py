from __future__ import annotations

import resource
import subprocess
import sys

import pytest

SOURCE = """
import resource, time
from arsip.scan.lent import cpu_lent
limits = {soft}, {hard}
resource.setrlimit(resource.RLIMIT_CPU, limits)
with cpu_lent(120, burned=10):
    inside = resource.getrlimit(resource.RLIMIT_CPU)[0]
    enough = time.process_time() + 0.7
    while time.process_time() < enough:
        pass
print(inside, resource.getrlimit(resource.RLIMIT_CPU)[0])
"""


@pytest.mark.parametrize(
    ("soft", "hard", "inside", "after"),
    [
        (40, resource.RLIM_INFINITY, 131, 41),
        (400, resource.RLIM_INFINITY, 400, 401),
        (40, 100, 100, 41),
        (40, 40, 40, 40),
        (resource.RLIM_INFINITY, resource.RLIM_INFINITY, *[resource.RLIM_INFINITY] * 2),
    ],
)
def test_what_an_engine_burns_does_not_count_against_its_child(
    soft: int, hard: int, inside: int, after: int
) -> None:
    said = subprocess.run(
        [sys.executable, "-c", SOURCE.format(soft=soft, hard=hard)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.split() == [str(inside), str(after)]
