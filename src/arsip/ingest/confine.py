"""What a reading child cannot do: ways out that the system closes behind it, for good.

Linux closes them without any right of an administrator and without a program that would have to be
there: no new privileges, a filter of system calls (seccomp), a fence around what may be written
(Landlock). What a system does not know is left out, and ``arsip doctor`` tells of it.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import platform
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

PR_SET_SECCOMP: Final = 22
PR_SET_NO_NEW_PRIVS: Final = 38
PR_GET_NO_NEW_PRIVS: Final = 39
_FILTER_MODE: Final = 2
_AF_UNIX: Final = 1

_AUDIT: Final = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
"""What the kernel calls a machine; the numbers below are right for one machine only."""
_OTHER_NUMBERS: Final = 0x40000000
"""x86-64 knows every call by a second number from here on (x32)."""

_SOCKET: Final = {"x86_64": 41, "aarch64": 198}
_PROGRAMS: Final = {"x86_64": (59, 322), "aarch64": (221, 281)}
"""execve, execveat."""
_WAYS_OUT: Final = {
    "x86_64": (101, 310, 311, 165, 155, 161, 272, 308, 321, 298, 323, 248, 249, 250, 304),
    "aarch64": (117, 270, 271, 40, 41, 51, 97, 268, 280, 241, 282, 217, 218, 219, 265),
}
"""ptrace, process_vm_readv, process_vm_writev, mount, pivot_root, chroot, unshare, setns, bpf,
perf_event_open, userfaultfd, add_key, request_key, keyctl, open_by_handle_at."""
_ELSEWHERE: Final = (425, 428, 429, 430, 438)
"""io_uring_setup (it opens sockets unseen by a filter), open_tree, move_mount, fsopen,
pidfd_getfd: the same on all machines."""

# Instructions of a filter: load a word, compare and jump, give a verdict.
_LOAD, _EQUAL, _AT_LEAST, _VERDICT = 0x20, 0x15, 0x35, 0x06
_NUMBER, _MACHINE, _FIRST_ARGUMENT = 0, 4, 16
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000

_LANDLOCK_RULESET, _LANDLOCK_RULE, _LANDLOCK_RESTRICT = 444, 445, 446
_BENEATH: Final = 1
_VERSION: Final = 1
_FENCE_SINCE: Final = 3
"""The first Landlock (Linux 6.2) that also keeps files from being emptied."""
_WRITE: Final = 1 << 1
_TRUNCATE: Final = 1 << 14
_CHANGE: Final = _WRITE | sum(1 << bit for bit in range(4, 14)) | _TRUNCATE
"""Write, remove, make, move, empty: a file, a folder, a link, a pipe, a device."""

Instruction: TypeAlias = tuple[int, int, int, int]


class _Step(ctypes.Structure):
    _fields_ = (
        ("code", ctypes.c_ushort),
        ("met", ctypes.c_ubyte),
        ("unmet", ctypes.c_ubyte),
        ("value", ctypes.c_uint32),
    )


class _Filter(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.POINTER(_Step)))


class _Rights(ctypes.Structure):
    _fields_ = (("handled", ctypes.c_uint64),)


class _Place(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("folder", ctypes.c_int32))


@dataclass(frozen=True, slots=True)
class Confinement:
    """What the system of this machine closes behind a reading child.

    Attributes:
        privileges: it gains none, whatever it starts.
        calls: it opens no connection, and looks into no other process.
        writes: it changes nothing outside its folder.
    """

    privileges: bool
    calls: bool
    writes: bool


def offered() -> Confinement:
    """What this machine can do; nothing is closed."""
    if sys.platform != "linux":
        return Confinement(privileges=False, calls=False, writes=False)
    libc = _libc()
    privileges = libc.prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) >= 0
    known = platform.machine() in _AUDIT
    # Without a filter the call fails in any case: the reason tells whether filters are known.
    libc.prctl(PR_SET_SECCOMP, _FILTER_MODE, None, 0, 0)
    calls = privileges and known and ctypes.get_errno() == errno.EFAULT
    return Confinement(privileges, calls, writes=privileges and _fence_version() >= _FENCE_SINCE)


def confine(folder: Path, *, sealed: bool) -> None:
    """Close the ways out of this process and of all it starts; what cannot be closed stays open.

    Args:
        folder: the only one in which a sealed process changes anything.
        sealed: it also starts no program and opens no socket at all. Else it can still start the
            engine, of which nothing is known: it may have to write where it likes.
    """
    if sys.platform != "linux" or _libc().prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        return
    if sealed:
        with contextlib.suppress(OSError):
            _fence(folder)
    machine = platform.machine()
    if machine in _AUDIT:
        _filter(list(refusing(machine, sealed=sealed)))


def refusing(machine: str, *, sealed: bool) -> Iterator[Instruction]:
    """The filter of a machine: a call that it refuses comes back as "permission denied"."""
    refused = [*_WAYS_OUT[machine], *_ELSEWHERE]
    if sealed:
        refused += [*_PROGRAMS[machine], _SOCKET[machine]]
    yield _LOAD, 0, 0, _MACHINE
    yield _EQUAL, 1, 0, _AUDIT[machine]
    yield _VERDICT, 0, 0, _REFUSE | errno.EACCES
    yield _LOAD, 0, 0, _NUMBER
    yield _AT_LEAST, 0, 1, _OTHER_NUMBERS
    yield _VERDICT, 0, 0, _REFUSE | errno.EACCES
    for number in refused:
        yield _EQUAL, 0, 1, number
        yield _VERDICT, 0, 0, _REFUSE | errno.EACCES
    # A socket of this very machine is left to engines that stand behind a service.
    yield _EQUAL, 0, 3, _SOCKET[machine]
    yield _LOAD, 0, 0, _FIRST_ARGUMENT
    yield _EQUAL, 1, 0, _AF_UNIX
    yield _VERDICT, 0, 0, _REFUSE | errno.EACCES
    yield _VERDICT, 0, 0, _ALLOW


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _filter(instructions: Sequence[Instruction]) -> None:
    steps = (_Step * len(instructions))(*(_Step(*one) for one in instructions))
    made = _Filter(len(instructions), steps)
    _libc().prctl(PR_SET_SECCOMP, _FILTER_MODE, ctypes.byref(made), 0, 0)


def _fence_version() -> int:
    """Which Landlock the kernel has; below 1: none."""
    return int(_libc().syscall(_LANDLOCK_RULESET, None, ctypes.c_size_t(0), _VERSION))


def _fence(folder: Path) -> None:
    """Let nothing be changed outside a folder; the device that swallows all stays open.

    Raises:
        OSError: the folder cannot be opened.
    """
    if _fence_version() < _FENCE_SINCE:
        return
    libc, rights = _libc(), _Rights(_CHANGE)
    size = ctypes.c_size_t(ctypes.sizeof(rights))
    rules = libc.syscall(_LANDLOCK_RULESET, ctypes.byref(rights), size, 0)
    if rules < 0:
        return
    try:
        open_ = _open_to(libc, rules, folder, _CHANGE)
        if open_ and _open_to(libc, rules, Path(os.devnull), _WRITE | _TRUNCATE):
            libc.syscall(_LANDLOCK_RESTRICT, rules, 0)
    finally:
        os.close(rules)


def _open_to(libc: ctypes.CDLL, rules: int, path: Path, allowed: int) -> bool:
    """Add to the rules that something is allowed beneath a path; False: the kernel refused."""
    descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        place = _Place(allowed, descriptor)
        refused = libc.syscall(_LANDLOCK_RULE, rules, _BENEATH, ctypes.byref(place), 0)
        return not refused
    finally:
        os.close(descriptor)
