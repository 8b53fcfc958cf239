"""What a half-typed word most likely becomes: tasks, people, units, best first.

A task is found by the beginning of its label or of how that is read, in kana or in Latin letters (はい, hai and 配 all
lead to 配膳), then by that of a synonym, then by what stands inside. Among those found alike, what this site does comes
first: what usually follows the row before or is usual at this time of day, then what was done lately.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from carveout.catalogue import catalogue
from carveout.language import Text
from carveout.observations.text import alike, folded
from carveout.workday.line import parse
from carveout.workday.line_parts import LineContext
from carveout.workday.readings import readings, romaji_key
from carveout.workday.record import Workday
from carveout.workday.times import Span
from carveout.workday.vocabulary import Vocabulary

Suggested = Literal["task", "staff", "unit"]
SHOWN = 6
_ABOUT = 30  # minutes around a time of day that count as that time
_FOLLOWING, _AT_THIS_TIME, _LATELY = 2.0, 1.0, 0.5
_FRAGMENT = re.compile(r"[^\s、,，・/／#＃]*$")
_TIMES = re.compile(
    r"^[\d０-９:：;.\-‐‑–—−〜～~ー－+＋]*(?:[時分半]|から|まで)*[\d０-９:：時分半\-〜～~－]*(?=[^\d０-９:：]|$)"
)
_HALF_TYPED = (("sh", "s"), ("ch", "t"), ("ts", "t"), ("j", "z"), ("f", "h"))


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One way to go on. insert: what replaces the span of the line. code: task code, id, or unit."""

    kind: Suggested
    code: str
    label: Text
    insert: str
    span: Span


@dataclass(frozen=True, slots=True)
class Entry:
    """One task as it may be typed. named: keys of the label itself, also: of synonyms and their readings."""

    code: str
    label: Text
    named: tuple[str, ...]
    also: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Usage:
    """What a site does: how often lately, what follows what, and at which times of day."""

    lately: Mapping[str, float] = field(default_factory=dict)
    following: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    starts: Mapping[str, Sequence[int]] = field(default_factory=dict)

    def weight(self, code: str, last_task: str, at: int | None) -> float:
        """How likely a task is next, higher for likelier; 0 for one never seen here."""
        likely = _LATELY * self.lately.get(code, 0.0)
        likely += _FOLLOWING * self.following.get(last_task, {}).get(code, 0.0)
        starts = self.starts.get(code, ())
        if at is not None and starts:
            likely += _AT_THIS_TIME * sum(abs(start - at) <= _ABOUT for start in starts) / len(starts)
        return likely


NOTHING_SEEN = Usage()


def usage(days: Iterable[Workday], tasks: Vocabulary) -> Usage:
    """What the days of a site show, latest last; a day counts half of the one after it.

    >>> from carveout.workday.record import Row
    >>> rows = (Row("1", 540, 550, "配膳", ("s1",)), Row("2", 550, 560, "下膳", ("s1",)))
    >>> seen = usage([Workday("a", "2026-06-01", "u", rows=rows)], Vocabulary({}))
    >>> seen.weight("clearing", "serving", 550) > seen.weight("serving", "clearing", 550)
    True
    """
    counts: Counter[str] = Counter()
    following: defaultdict[str, Counter[str]] = defaultdict(Counter)
    starts: defaultdict[str, list[int]] = defaultdict(list)
    lately: dict[str, float] = {}
    for day in sorted(days, key=lambda one: one.date):
        for code in lately:
            lately[code] /= 2
        before: dict[str, str] = {}
        seen: Counter[str] = Counter()
        for row in sorted(day.rows, key=lambda one: one.start):
            code = tasks.resolve(row.task) or row.task
            seen[code] += 1
            starts[code].append(row.start)
            for person in row.staff or ("",):
                if person in before:
                    following[before[person]][code] += 1
                before[person] = code
        counts += seen
        for code, n in seen.items():
            lately[code] = lately.get(code, 0.0) + n / max(1, len(day.rows))
    shares = {code: {other: n / sum(nexts.values()) for other, n in nexts.items()} for code, nexts in following.items()}
    return Usage(lately, shares, dict(starts))


def suggest(
    text: str, cursor: int | None = None, *, context: LineContext, seen: Usage = NOTHING_SEEN, n: int = SHOWN
) -> tuple[Suggestion, ...]:
    """Up to `n` ways to complete the word before the cursor, best first; never raises.

    With nothing typed of the word yet: likely tasks while the line has none, then people.

    >>> context = LineContext(last_end=550, staff=("s1", "s2"))
    >>> [suggest(f"-25 {typed}", context=context)[0].insert for typed in ("はい", "haiz", "配", "serv")]
    ['配膳', '配膳', '配膳', '配膳']
    """
    at = len(text) if cursor is None else max(0, min(cursor, len(text)))
    match = _FRAGMENT.search(text[:at])
    begin = match.start() if match else at
    fragment = text[begin:at]
    if fragment[:1] in ("@", "＠"):
        return _units(fragment[1:], (begin, at), context)[:n]
    times = _TIMES.match(fragment)
    if times is not None and times.end() and fragment[: times.end()].strip("ー"):
        begin += times.end()
        fragment = text[begin:at]
        if not fragment:
            return ()
    tasks = context.tasks if isinstance(context.tasks, Vocabulary) else Vocabulary(context.tasks)
    rest = text[:begin] + " " + text[at:]
    line = parse(rest, context=context)
    people = _people(fragment, (begin, at), context, () if line.carried else line.staff)
    if line.task and not fragment:
        return people[:n]
    at_time = line.start if line.start is not None else context.last_end
    found = () if line.task and people else _tasks(fragment, (begin, at), tasks, seen, context.last_task, at_time)
    return (*people, *found)[:n] if fragment else (*found, *people)[:n]


@lru_cache(maxsize=64)
def entries(tasks: Vocabulary) -> tuple[Entry, ...]:
    """Every task one may mean, with the keys under which it is found: for completing where Python is not at hand.

    Keys are folded (`carveout.observations.text.folded`); those of readings are spelled as `romaji_key` spells them.
    """
    own: defaultdict[str, list[str]] = defaultdict(list)
    for label, code in tasks.items():
        own[code].append(label)
    codes = dict.fromkeys((*own, *catalogue().tasks))
    return tuple(_entry(code, tasks.label(code), tuple(own.get(code, ()))) for code in codes)


def _entry(code: str, label: Text, labels: tuple[str, ...]) -> Entry:
    task, spoken = catalogue().tasks.get(code), readings().get(code, ())
    synonyms = () if task is None else tuple(task.spellings())
    # A site that calls a task otherwise reads it otherwise: the catalogue's reading is then one of a synonym.
    same = task is not None and task.label.ja == label.ja
    named = _key_list((label.ja, label.en, code), (label.ja, *spoken[: int(same)]))
    also = _key_list((*labels, *synonyms), (*(one for one in (*labels, *synonyms) if not one.isascii()), *spoken))
    return Entry(code, label, named, tuple(key for key in also if key not in named))


def _key_list(spelled: Iterable[str], spoken: Iterable[str]) -> tuple[str, ...]:
    sounds = (romaji_key(one, long_marks=marks) or "" for one in spoken for marks in (False, True))
    keys = [*map(folded, spelled), *sounds]
    return tuple(dict.fromkeys(key for key in keys if key))


def _tasks(
    fragment: str, span: Span, tasks: Vocabulary, seen: Usage, last_task: str, at: int | None
) -> tuple[Suggestion, ...]:
    """Tasks by how they are found and how likely they are."""
    keys = _keys(fragment)
    ranked = []
    for entry in entries(tasks):
        tier = _tier(entry, keys) if keys else 1
        weight = seen.weight(entry.code, last_task, at)
        if tier is None or (not keys and not weight):
            continue
        ranked.append((tier, -weight, entry.code in tasks.elsewhere, len(entry.label.ja), entry.label.ja, entry))
    ranked.sort(key=lambda one: one[:5])
    return tuple(Suggestion("task", e.code, e.label, tasks.typed(e.code), span) for *_, e in ranked)


def _keys(fragment: str) -> tuple[str, ...]:
    """What a fragment may begin: as typed, and as it sounds, a sound half typed in Latin letters included."""
    plain, sound = folded(fragment), romaji_key(fragment, long_marks=True)
    keys = [plain, sound or ""]
    typed = fragment.casefold()
    keys += [romaji_key(typed[: -len(half)] + short) or "" for half, short in _HALF_TYPED if typed.endswith(half)]
    return tuple(dict.fromkeys(key for key in keys if key))


def _tier(entry: Entry, keys: tuple[str, ...]) -> int | None:
    """0: begins the label or its reading, 1: a synonym, 2: stands inside the label, 3: inside a synonym; None: no."""
    if any(one.startswith(keys) for one in entry.named):
        return 0
    if any(one.startswith(keys) for one in entry.also):
        return 1
    if len(keys[0]) == 1 and keys[0].isascii():
        return None
    if keys[0] in entry.named[0]:
        return 2
    return 3 if any(keys[0] in one for one in entry.also) else None


def _people(fragment: str, span: Span, context: LineContext, named: Sequence[str]) -> tuple[Suggestion, ...]:
    wanted = alike(fragment)
    ids = [one for one in context.staff if one not in named and alike(one).startswith(wanted)]
    lately = sorted(ids, key=lambda one: one not in context.last_staff)
    return tuple(Suggestion("staff", one, Text(one, one), one, span) for one in lately)


def _units(fragment: str, span: Span, context: LineContext) -> tuple[Suggestion, ...]:
    wanted = alike(fragment)
    units = [unit for unit in context.units if alike(unit).startswith(wanted)]
    units += [unit for unit in context.units if wanted in alike(unit) and unit not in units]
    return tuple(Suggestion("unit", unit, Text(unit, unit), "@" + quoted(unit), span) for unit in units)


def quoted(name: str) -> str:
    """A name as a line takes it for one word.

    >>> quoted("ユニット1"), quoted("2階 東")
    ('ユニット1', '"2階 東"')
    """
    return '"' + name.replace('"', '""') + '"' if re.search(r'[\s#@"]', name) else name
