"""A run may be broken off between letters, never in the middle of one."""

from __future__ import annotations

import os
import signal

import pytest

from arsip.cli.breaking import Breaking, on_request


def test_a_request_is_heard_where_the_run_may_be_broken_off() -> None:
    breaking = Breaking()
    with pytest.raises(KeyboardInterrupt), breaking.breakable():
        breaking(signal.SIGINT, None)


def test_a_request_that_comes_elsewhere_waits_for_the_next_such_place() -> None:
    breaking = Breaking()
    breaking(signal.SIGINT, None)
    assert breaking.asked
    with pytest.raises(KeyboardInterrupt), breaking.breakable():
        pytest.fail("it was not broken off")


def test_who_asks_twice_is_heard_at_once() -> None:
    breaking = Breaking()
    breaking(signal.SIGINT, None)
    with pytest.raises(KeyboardInterrupt):
        breaking(signal.SIGINT, None)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_ctrl_c_and_the_system_are_heard_alike_and_only_meanwhile(number: int) -> None:
    before = signal.getsignal(number)
    breaking = Breaking()
    with breaking.heard():
        os.kill(os.getpid(), number)
        assert breaking.asked
    assert signal.getsignal(number) == before


def test_what_was_told_to_outlive_its_terminal_is_left_so() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with Breaking().heard():
            assert signal.getsignal(signal.SIGHUP) == signal.SIG_IGN
        on_request(signal.default_int_handler)
        assert signal.getsignal(signal.SIGHUP) == signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
