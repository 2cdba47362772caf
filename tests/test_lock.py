"""The lock takes the wheels of every promised machine, and what each of them needs."""

from __future__ import annotations

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools import lock

LINUX, MAC = (
    next(target for target in lock.targets() if target["sys_platform"] == system)
    for system in ("linux", "darwin")
)


def pin(name: str, *needs: str) -> lock.Pin:
    return lock.Pin(canonicalize_name(name), "1.0", tuple(map(Requirement, needs)))


@pytest.mark.parametrize(
    ("end", "taken"),
    [
        ("py3-none-any", True),
        ("py2.py3-none-any", True),
        ("cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64", True),
        ("cp313-cp313-musllinux_1_2_aarch64", True),
        ("cp312-cp312-macosx_11_0_arm64", True),
        ("cp37-abi3-macosx_10_12_universal2", True),
        ("py3-none-manylinux_2_17_aarch64", True),
        ("cp310-cp310-manylinux_2_17_x86_64", False),
        ("cp314-abi3-manylinux_2_17_x86_64", False),
        ("cp313-cp313t-manylinux_2_17_x86_64", False),
        ("cp311-cp311-win_amd64", False),
        ("cp311-cp311-manylinux_2_17_s390x", False),
        ("pp311-pypy311_pp73-manylinux_2_17_x86_64", False),
    ],
)
def test_a_wheel_is_taken_when_a_promised_machine_can_run_it(end: str, *, taken: bool) -> None:
    assert lock.fits(pin("pena"), f"pena-1.0-{end}.whl") is taken


def test_a_wheel_of_another_version_or_without_a_proper_name_is_left_out() -> None:
    assert not lock.fits(pin("pena"), "pena-1.1-py3-none-any.whl")
    assert not lock.fits(pin("pena"), "pena.whl")


def test_what_a_package_needs_is_followed_through_markers_and_extras() -> None:
    pins: dict[str, lock.Pin] = {
        one.name: one
        for one in (
            pin("surat", "kertas[tebal]", "jendela; sys_platform == 'win32'"),
            pin("kertas", "karton; extra == 'tebal'", "emas; extra == 'mewah'"),
            pin("karton", "apel; sys_platform == 'darwin'"),
            pin("apel"),
            pin("emas"),
        )
    }
    roots = [Requirement("surat")]
    assert lock.needed(roots, pins, LINUX) == {"surat", "kertas", "karton"}
    assert lock.needed(roots, pins, MAC) == {"surat", "kertas", "karton", "apel"}


def test_a_package_that_only_another_machine_needs_stops_the_lock() -> None:
    pins: dict[str, lock.Pin] = {"karton": pin("karton", "apel; sys_platform == 'darwin'")}
    with pytest.raises(SystemExit, match="apel is needed"):
        lock.needed([Requirement("karton")], pins, MAC)


def test_every_promised_python_and_machine_is_a_target() -> None:
    kinds = {(one["python_version"], one["sys_platform"]) for one in lock.targets()}
    assert kinds == {(version, kind) for version in lock.PYTHONS for kind in ("linux", "darwin")}
    assert len(list(lock.targets())) == len(lock.PYTHONS) * len(lock.MACHINES)
