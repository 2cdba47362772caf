"""Every task put into a pool is answered once, whatever becomes of the children."""

from __future__ import annotations

import os
import resource
import signal
import sys
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest

from arsip.errors import SetupError
from arsip.ingest import pool as pool_module
from arsip.ingest.pool import Children, Pool
from arsip.ingest.tasks import Answer, Failure, Inspect, ReadPage, Task
from arsip.ingest.worker import answers
from arsip.model import Limits, Outline, PageText
from arsip.scan.engines import Tesseract
from tests.ingest.inline import Inline


def inspection(folder: Path, text: str = "Nomor : 1\f Nomor : 2") -> Inspect:
    path = folder / f"{len(text)}.txt"
    path.write_text(text)
    return Inspect(path, "txt", (), Limits())


def reading(folder: Path) -> ReadPage:
    path = folder / "page.txt"
    path.write_text("")
    engine = Tesseract(Path("/nowhere"), (), (5,), frozenset())
    return ReadPage(path, "txt", 1, "", engine, "ind", folder, Limits())


class PoolContract:
    """What every Pool promises; a third party's pool can inherit this class."""

    @pytest.fixture
    def pool(self, tmp_path: Path) -> Pool | Iterator[Pool]:
        raise NotImplementedError

    def drain(self, pool: Pool) -> dict[int, Answer]:
        answers: dict[int, Answer] = {}
        while batch := pool.take():
            for ticket, reply in batch:
                assert ticket not in answers
                answers[ticket] = reply
        return answers

    def test_an_idle_pool_gives_nothing_and_does_not_wait(self, pool: Pool) -> None:
        assert pool.take() == []
        assert pool.hungry

    def test_each_ticket_gets_its_own_answer(self, pool: Pool, tmp_path: Path) -> None:
        texts = {n: "\f".join(["Nomor"] * n) for n in (1, 2, 3, 4, 5)}
        tickets = {pool.put(inspection(tmp_path, text)): n for n, text in texts.items()}
        assert self.drain(pool) == {ticket: Outline(n) for ticket, n in tickets.items()}

    def test_a_file_that_cannot_be_read_is_an_answer_too(self, pool: Pool, tmp_path: Path) -> None:
        path = tmp_path / "broken.png"
        path.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\0IEND\xaeB`\x82")
        ticket = pool.put(Inspect(path, "png", (), Limits()))
        reply = self.drain(pool)[ticket]
        assert isinstance(reply, Failure)
        assert reply.reason == "unreadable"


def test_answering_sets_no_limit_to_the_process_that_answers(tmp_path: Path) -> None:
    """A soft limit of CPU left in a caller would kill it long afterwards, in other work."""
    before = resource.getrlimit(resource.RLIMIT_CPU)
    assert answers([inspection(tmp_path)]) == [Outline(2)]
    assert resource.getrlimit(resource.RLIMIT_CPU) == before


class TestInline(PoolContract):
    @pytest.fixture
    def pool(self) -> Pool:
        return Inline()


class TestChildren(PoolContract):
    @pytest.fixture
    def pool(self, tmp_path: Path) -> Iterator[Pool]:
        with Children(2, temp=tmp_path, memory_bytes=1 << 30, nice=1) as pool:
            yield pool


@pytest.fixture
def children(tmp_path: Path) -> Iterator[Children]:
    with Children(1, temp=tmp_path, memory_bytes=1 << 30) as pool:
        yield pool


def only_child(pool: Children) -> int:
    (child,) = pool._children
    return child.process.pid


def stopped(pool: Children, folder: Path) -> int:
    """The process number of the only child, at work before and standing still now."""
    pool.put(inspection(folder))
    PoolContract().drain(pool)
    pid = only_child(pool)
    os.kill(pid, signal.SIGSTOP)
    return pid


def test_a_child_that_dies_before_it_speaks_costs_its_task_nothing(
    children: Children, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool_module, "TRIES", 1)
    ticket = children.put(inspection(tmp_path))
    os.kill(only_child(children), signal.SIGKILL)
    assert children.take() == [(ticket, Outline(2))]


def test_a_killed_child_costs_its_task_one_try_and_the_others_nothing(
    children: Children, tmp_path: Path
) -> None:
    tickets = [children.put(inspection(tmp_path, "x" * n)) for n in (1, 2, 3)]
    os.kill(only_child(children), signal.SIGKILL)
    answers = PoolContract().drain(children)
    assert answers == dict.fromkeys(tickets, Outline(1))


def test_a_task_whose_child_dies_every_time_fails_alone(
    children: Children, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool_module, "TRIES", 1)
    pid = stopped(children, tmp_path)
    doomed, fine = (children.put(inspection(tmp_path, text)) for text in ("a", "bb"))
    os.kill(pid, signal.SIGKILL)
    answers = PoolContract().drain(children)
    failure = answers[doomed]
    assert isinstance(failure, Failure)
    assert failure.reason == "crashed"
    assert answers[fine] == Outline(1)


def test_a_child_that_hangs_is_ended_and_its_task_fails_by_time(
    children: Children, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool_module, "TRIES", 1)
    stopped(children, tmp_path)
    monkeypatch.setattr(pool_module, "patience", lambda _task: 0.3)
    ticket = children.put(inspection(tmp_path))
    ((answered, failure),) = children.take()
    assert answered == ticket
    assert isinstance(failure, Failure)
    assert failure.reason == "time"


def test_what_is_left_of_a_file_goes_before_the_pages_of_others(
    children: Children, tmp_path: Path
) -> None:
    stopped(children, tmp_path)
    children.put(inspection(tmp_path, "a"))
    page, look = reading(tmp_path), inspection(tmp_path, "bb")
    children.put(page)
    children.put(look)
    assert [job.task for job in children._waiting] == [look, page]


def handed_out(pool: Children) -> list[list[Task]]:
    """The tasks of each child, then those that wait."""
    hands = [[job.task for job in child.jobs] for child in pool._children]
    return [*hands, [job.task for job in pool._waiting]]


def test_a_child_is_given_several_pages_when_enough_wait_for_every_child(tmp_path: Path) -> None:
    page, look = reading(tmp_path), inspection(tmp_path)
    with Children(2, temp=tmp_path, memory_bytes=1 << 30) as pool:
        for task in (page, page, *[page] * 5):
            pool.put(task)
        assert handed_out(pool) == [[page], [page], [page] * 5]
        answers = pool.take()
        shares = sorted(len(tasks) for tasks in handed_out(pool)[:2])
        assert shares == [1, 2]
        assert pool.put(look) == 8
        answers += PoolContract().drain(pool).items()
        assert sorted(ticket for ticket, _ in answers) == list(range(1, 9))


def test_a_library_is_given_one_page_at_a_time(tmp_path: Path) -> None:
    page = reading(tmp_path)
    with Children(1, temp=tmp_path, memory_bytes=1 << 30, sealed=True) as pool:
        for _ in range(4):
            pool.put(page)
        assert pool.take() == [(1, READ)]
        assert handed_out(pool) == [[page], [page] * 2]


def test_pages_whose_child_dies_are_tried_again_each_alone(
    children: Children, tmp_path: Path
) -> None:
    stopped(children, tmp_path)
    first = children.put(inspection(tmp_path, "a"))
    pages = [children.put(reading(tmp_path)) for _ in range(3)]
    os.kill(only_child(children), signal.SIGCONT)
    assert [ticket for ticket, _ in children.take()] == [first]
    assert [len(tasks) for tasks in handed_out(children)] == [2, 1]
    os.kill(only_child(children), signal.SIGKILL)
    answered = PoolContract().drain(children)
    assert answered == dict.fromkeys(pages, READ)


@pytest.fixture
def telling(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[int]]:
    """Makes children answer what they are told to; gives the process numbers of who answered."""

    def tell(*answers: Answer) -> list[int]:
        told, pids, heard = list(answers), list[int](), Children._heard

        def hear(pool: Children, child: Any, said: list[Answer]) -> Any:
            pids.append(child.process.pid)
            return heard(pool, child, [told.pop(0) if told else answer for answer in said])

        monkeypatch.setattr(Children, "_heard", hear)
        return pids

    return tell


READ = PageText(1, engine="txt", origin="text", blank=True)


@pytest.mark.parametrize("reason", ["timeout", "ocr_failed", "memory"])
def test_a_page_whose_engine_failed_is_tried_once_more_after_the_others(
    children: Children, tmp_path: Path, telling: Callable[..., list[int]], reason: str
) -> None:
    pids = telling(PageText(1, unread=reason), READ, READ)
    first, second = children.put(reading(tmp_path)), children.put(reading(tmp_path))
    answers = children.take()
    answers += children.take()
    assert answers == [(second, READ), (first, READ)]
    # What a child has eaten it does not give back.
    assert (pids[0] == pids[1]) == (reason != "memory")


def test_a_page_whose_engine_fails_twice_is_answered_so(
    children: Children, tmp_path: Path, telling: Callable[..., list[int]]
) -> None:
    failed = PageText(1, unread="timeout")
    pids = telling(failed, failed)
    ticket = children.put(reading(tmp_path))
    assert children.take() == [(ticket, failed)]
    assert len(pids) == 2


def test_a_task_that_eats_memory_is_tried_in_a_fresh_child(
    children: Children, tmp_path: Path, telling: Callable[..., list[int]]
) -> None:
    pids = telling(Failure("memory"))
    ticket = children.put(inspection(tmp_path))
    assert children.take() == [(ticket, Outline(2))]
    assert len(set(pids)) == 2


def test_a_page_that_is_damaged_is_not_tried_again(
    children: Children, tmp_path: Path, telling: Callable[..., list[int]]
) -> None:
    broken = PageText(1, unread="broken")
    pids = telling(broken)
    assert children.take() == []
    ticket = children.put(reading(tmp_path))
    assert children.take() == [(ticket, broken)]
    assert len(pids) == 1


def test_a_child_that_died_while_idle_is_replaced(children: Children, tmp_path: Path) -> None:
    children.put(inspection(tmp_path))
    PoolContract().drain(children)
    pid = only_child(children)
    os.kill(pid, signal.SIGKILL)
    os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
    ticket = children.put(inspection(tmp_path))
    assert PoolContract().drain(children) == {ticket: Outline(2)}


def test_a_child_that_cannot_be_reached_is_replaced(
    children: Children, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    send, broken = Connection.send, iter([True])

    def sent(line: Connection, task: object) -> None:
        if next(broken, False):
            raise OSError(5, "Input/output error")
        send(line, task)

    monkeypatch.setattr(Connection, "send", sent)
    ticket = children.put(inspection(tmp_path))
    assert children.take() == [(ticket, Outline(2))]


def test_a_machine_whose_children_never_speak_is_not_set_up(
    children: Children, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    for _ in range(3):
        children.put(inspection(tmp_path))
    with pytest.raises(SetupError):
        PoolContract().drain(children)


def test_no_child_outlives_its_pool(tmp_path: Path) -> None:
    with Children(1, temp=tmp_path, memory_bytes=1 << 30) as pool:
        pool.put(inspection(tmp_path))
        pid = only_child(pool)
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
