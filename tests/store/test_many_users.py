"""Many people at once: the short form of `python -m benchmarks.many_users`, on each database."""

from __future__ import annotations

import threading
from collections.abc import Callable

from benchmarks.many_users import run
from carveout.store import Saved, Store
from carveout.workday.record import Change
from tests.store.build import JC, A, edit, row, rows, workday


def test_no_update_is_lost_when_many_people_write_at_once(url: str) -> None:
    figures = run(url, users=6, edits=25, pause=0, processes=False)
    print(figures)
    assert figures.saved == 6 * 25
    assert figures.clashes > 0, "people did meet on the same rows"


def test_one_edit_sent_many_times_at_once_is_written_once(url: str, opened: Callable[[str], Store]) -> None:
    stores = [opened(url) for _ in range(2)]
    stores[0].put_site(A, JC)
    key = stores[0].open_day(workday(), JC)
    wanted, answers, ready = edit(Change(None, row("r1"))), list[Saved](), threading.Barrier(8)

    def send(store: Store) -> None:
        ready.wait()
        answers.append(store.save(key, wanted, JC))

    senders = [threading.Thread(target=send, args=(stores[n % 2],)) for n in range(8)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    assert sum(not answer.repeated for answer in answers) == 1
    assert all(answer == answers[0] for answer in answers)
    assert rows(stores[0], key) == (row("r1"),)


def test_one_day_opened_by_many_at_once_is_one_day(url: str, opened: Callable[[str], Store]) -> None:
    stores = [opened(url) for _ in range(4)]
    keys, ready = list[str](), threading.Barrier(4)

    def begin(store: Store) -> None:
        ready.wait()
        store.put_site(A, JC)
        keys.append(store.open_day(workday(), JC))

    people = [threading.Thread(target=begin, args=(store,)) for store in stores]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert len(set(keys)) == 1
    assert len(stores[0].days(A.id)) == 1
    assert stores[0].sites()[0].version == 1
