"""The paper day of `paper_day.txt` as objects: what stands on the paper, and what was found in the evening."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from carveout.model import Kind, Trigger
from carveout.observations.clock import clock_ranges
from carveout.workday import Row, SiteHead, vocabulary

PAPER = Path(__file__).with_name("paper_day.txt")
TASKS = vocabulary(SiteHead("home-a", Kind.CARE_HOME))


@dataclass(frozen=True, slots=True)
class Word:
    """A Japanese word and what is typed for it before conversion ("" where nothing is converted)."""

    text: str
    typed: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """One row as it stands on the paper; `row` is what it must become."""

    row: Row
    label: str
    note: Word


@dataclass(frozen=True, slots=True)
class Correction:
    """One thing found in the evening: its kind, and its fields as written."""

    kind: str
    fields: tuple[str, ...]


@dataclass(slots=True)
class Paper:
    """The whole paper."""

    head: tuple[str, ...] = ()
    unit: Word = Word("")
    staff: list[tuple[str, Word]] = field(default_factory=list)
    rows: list[Written] = field(default_factory=list)
    corrections: list[Correction] = field(default_factory=list)


def paper() -> Paper:
    """The paper day."""
    found = Paper()
    for line in PAPER.read_text(encoding="utf-8").splitlines():
        kind, _, rest = line.partition(": ")
        fields = tuple(part.strip() for part in rest.split("|"))
        if kind == "head":
            found.head, found.unit = fields, _word(fields[3])
        elif kind == "staff":
            found.staff.append((fields[0], _word(fields[1])))
        elif kind == "row":
            found.rows.append(written(fields, f"r{len(found.rows):02d}"))
        elif kind == "correct":
            found.corrections.append(Correction(fields[0], fields[1:]))
    return found


def written(fields: tuple[str, ...], name: str) -> Written:
    """One row of the paper: times, task, staff, trigger, note."""
    times, label, staff, trigger, note = fields
    ((start, end),) = clock_ranges(times) or ((0, 0),)
    code = TASKS.resolve(label)
    if code is None:
        raise ValueError(f"no task {label}")
    word = _word(note)
    people = tuple(staff.split())
    return Written(Row(name, start, end, code, people, Trigger(trigger) if trigger else None, word.text), label, word)


def _word(text: str) -> Word:
    word, _, typed = text.partition("/")
    return Word(word, typed)
