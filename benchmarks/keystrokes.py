"""Keystrokes of a sixty-row paper day with five corrections: typed as lines, and typed into a spreadsheet.

    python -m benchmarks.keystrokes

Both are played by somebody practised, on a Japanese keyboard (`:` `-` `@` without Shift, `!` `#` `+` with it: two
keys). Each side must end with the very rows of the paper, corrections made. What is counted:

- a key is one, Shift and Ctrl with a key are two, a click is one;
- a Japanese word is its sounds in Latin letters, the space that converts it and the Enter that takes it, for both;
- **lines**: the shortest way of writing each time that is understood without a question; of a task as many letters as
  bring it to the first place of the suggestions, two at least (nobody looks after one), and Tab; whoever did the row
  before is not typed again. What is typed goes through the product's own reading and completion. Switching the input
  method on and off for a note is counted;
- **spreadsheet** with the contract's twelve columns (site, kind, date, unit, observer, staff, role, start, end, task,
  trigger, note), headings given: constant columns are typed once and filled down; a role once per person; staff as
  typed (two keys; as many as Ctrl+D); tasks and triggers are completed from earlier entries as soon as they are
  told apart, more kindly than Excel does it (it waits for the conversion to kanji); switching the input method by
  column costs nothing; the key that leaves the last cell of a row starts the next row; a shift of many rows is done
  with a helper column, not by typing each. **Kindest** is a spreadsheet user who also fills starts by a formula and
  leaves staff blank to fill it in at the end.

Seconds follow the keystroke-level model (Card, Moran and Newell, The keystroke-level model for user performance time
with interactive systems, CACM 23(7), 1980): K 0.28 s (an average typist who is no secretary), P 1.10 s, a click 0.20 s,
H 0.40 s each way, and M 1.35 s for each row read from the paper and for each suggestion looked at before it is taken.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from benchmarks.paper import TASKS, Paper, Written, paper, written
from carveout.observations.clock import clock_minutes
from carveout.workday import (
    LineContext,
    Person,
    Row,
    Workday,
    changed,
    move_boundary,
    parse,
    put,
    shift,
    split,
    suggest,
    usage,
)
from carveout.workday.readings import readings, romaji_key

BAR = 0.60
K, P, CLICK, H, M = 0.28, 1.10, 0.20, 0.40, 1.35
SHIFTED = set("!#+\"'$%&()=~|`{}*<>?_")
LEAST = 2  # letters one types before looking at the suggestions


@dataclass(slots=True)
class Count:
    """Keys, clicks and pauses for thought of one way of entering."""

    keys: int = 0
    clicks: int = 0
    thoughts: int = 0

    @property
    def strokes(self) -> int:
        """Keys and clicks."""
        return self.keys + self.clicks

    @property
    def seconds(self) -> float:
        """By the keystroke-level model; the hand goes to the mouse and back for each click."""
        return self.keys * K + self.clicks * (P + CLICK + 2 * H) + self.thoughts * M

    def type(self, text: str) -> None:
        """Type signs as they are."""
        self.keys += sum(2 if sign in SHIFTED else 1 for sign in text)

    def convert(self, typed: str) -> None:
        """Type a Japanese word: its sounds, the space that converts, the Enter that takes."""
        self.keys += len(typed) + 2


def lines(day: Paper) -> tuple[Count, Workday]:
    """The day typed as lines and corrected on the sheet; the count and the day that comes of it."""
    count = Count()
    _form(count, day)
    people = tuple(name for name, _ in day.staff)
    one = Workday(day.head[0], day.head[2], day.unit.text, day.head[4], tuple(map(Person, people)))
    for each in day.rows:
        one = _line(count, one, each, people)
    for correction in day.corrections:
        count.thoughts += 1
        one = _corrected(count, one, correction.kind, correction.fields, people)
    return count, one


def _form(count: Count, day: Paper) -> None:
    """A new day: date, unit from a list, observer, who was on duty with which role."""
    count.type(day.head[2] + "\t" + "\t" + day.head[4] + "\t")
    count.keys += 1  # the unit is the first of the list
    for name, role in day.staff:
        count.type(name + "\t")
        count.convert(role.typed)
        count.keys += 1


def _line(count: Count, one: Workday, each: Written, people: tuple[str, ...]) -> Workday:
    """One row as a line: times, the beginning of the task, what differs from the row before, Enter."""
    last = one.rows[-1] if one.rows else None
    context = LineContext(
        last_end=last.end if last else None,
        staff=people,
        tasks=TASKS,
        last_staff=last.staff if last else (),
        last_task=last.task if last else "",
        unit=one.unit,
    )
    count.thoughts += 2  # the row is read from the paper, the suggestion looked at
    times, begun = _shortest(one, each, context)
    text = f"{times} {TASKS.typed(each.row.task)} "
    count.type(f"{times} {begun}\t")
    more = "" if each.row.staff == context.last_staff else " ".join(each.row.staff)
    more += " !"[not more :] if each.row.trigger else ""
    if each.note.text:
        more += " "[not more :]
        count.type(more + "#")
        count.keys += 2  # the input method on and off
        count.convert(each.note.typed)
        text += f"{more}#{each.note.text}"
    else:
        count.type(more)
        text += more
    count.keys += 1  # Enter
    line = parse(text, context=context)
    if line.problems or line.row(each.row.id) != each.row:
        raise AssertionError(f"{text!r} is read as {line}")
    # Rows stay as typed: the next line follows the last one typed.
    return replace(one, rows=(*one.rows, line.row(each.row.id)))


def _shortest(one: Workday, each: Written, context: LineContext) -> tuple[str, str]:
    """The shortest times that are understood without a question, and the shortest beginning that finds the task."""
    row = each.row
    end = row.end or 0
    (h, m), (eh, em) = divmod(row.start, 60), divmod(end, 60)
    ways = [f"-{em:02d}", f"-{eh}{em:02d}", f"{h}{m:02d}-{em:02d}", f"{h}{m:02d}-{eh}{em:02d}"]
    times = next(way for way in ways if _means(way, row, context))
    seen = usage([one], TASKS)
    spoken = romaji_key(readings()[row.task][0]) or ""
    for length in range(LEAST, len(spoken) + 1):
        begun = spoken[:length]
        found = suggest(f"{times} {begun}", context=context, seen=seen)
        if found and found[0].code == row.task:
            return times, begun
    raise AssertionError(f"nothing short of {spoken} finds {each.label}")


def _means(way: str, row: Row, context: LineContext) -> bool:
    line = parse(f"{way} 配膳", context=context)
    return not line.problems and (line.start, line.end) == (row.start, row.end)


def _corrected(count: Count, one: Workday, kind: str, fields: tuple[str, ...], people: tuple[str, ...]) -> Workday:
    """One correction with the sheet's own keys: a row is clicked, a letter names the action."""
    if kind == "insert":
        count.clicks += 1  # back to the line
        return _line(count, one, written(fields, "new1"), people)
    count.clicks += 1
    if kind == "boundary":
        spot, _, to = fields
        count.type(to.replace(":", "") + "\n")  # figures typed on the cell of a time open it
        return changed(one, move_boundary(one, _at(one, spot).id, "end", clock_minutes(to) or 0))
    if kind == "split":
        spot, at, label = fields
        count.type("s" + at.replace(":", "") + "\n")
        first = _at(one, spot)
        one = changed(one, split(one, first.id, clock_minutes(at) or 0, id_="new2"))
        count.clicks += 1  # the second part's task
        return _task(count, one, "new2", label)
    if kind == "task":
        spot, label = fields
        return _task(count, one, _at(one, spot).id, label)
    span, minutes = fields
    rows = _between(one, span)
    count.keys += 1 + len(rows) - 1  # Shift held, the arrow for each further row
    count.type(f"t{minutes}\n")
    return changed(one, shift(one, [row.id for row in rows], int(minutes)))


def _task(count: Count, one: Workday, name: str, label: str) -> Workday:
    """Another task for a row: F2, its beginning, Tab, Enter."""
    code = TASKS.resolve(label) or label
    spoken = romaji_key(readings()[code][0]) or ""
    context = LineContext(tasks=TASKS)
    seen = usage([one], TASKS)
    begun = next(
        spoken[:n]
        for n in range(LEAST, len(spoken) + 1)
        if (found := suggest(spoken[:n], context=context, seen=seen)) and found[0].code == code
    )
    count.keys += 1 + len(begun) + 2
    count.thoughts += 1
    row = next(each for each in one.rows if each.id == name)
    return changed(one, put(one, replace(row, task=code)))


def _at(one: Workday, spot: str) -> Row:
    """The row of a start and a person: `8:40 s1`; where several start then, the one of that person."""
    clock, person = spot.split()
    return next(row for row in one.rows if row.start == clock_minutes(clock) and person in row.staff)


def _between(one: Workday, span: str) -> list[Row]:
    first, last = (_at(one, spot) for spot in span.split(".."))
    return [row for row in one.rows if first.start <= row.start <= last.start and row.staff == first.staff]


def spreadsheet(day: Paper, *, kindest: bool = False) -> Count:
    """The day typed into a spreadsheet and corrected there."""
    count, seen = Count(), Earlier()
    site, kind, date, _, observer = day.head
    count.type(f"{site}\t{kind}\t{date}\t")
    count.convert(day.unit.typed)
    count.type(f"\t{observer}\t")
    count.keys += 6  # five cells chosen with Shift, the corner clicked twice fills them down
    count.clicks += 2
    before: Row | None = None
    for each in day.rows:
        _cells(count, seen, day, each, before, kindest=kindest)
        before = each.row
    if kindest:
        count.clicks += 2  # the column of staff, its empty cells (Ctrl+G, special, blanks), =above, Ctrl+Enter
        count.keys += 10
        count.keys += 8  # starts back from formulas to values
    for correction in day.corrections:
        count.thoughts += 1
        _corrected_cells(count, seen, day, correction.kind, correction.fields)
    return count


class Earlier:
    """What the columns hold already: what a cell is completed from."""

    def __init__(self) -> None:
        self.tasks: set[str] = set()
        self.triggers: set[str] = set()
        self.people: set[str] = set()

    def task(self, count: Count, code: str) -> None:
        """A task: its first letters where an earlier entry answers to them alone, else all of it."""
        spoken = romaji_key(readings()[code][0]) or ""
        if spoken in self.tasks:
            others = self.tasks - {spoken}
            count.keys += next(
                n for n in range(1, len(spoken) + 1) if not any(other.startswith(spoken[:n]) for other in others)
            )
            count.thoughts += 1
        else:
            count.convert(spoken)
            self.tasks.add(spoken)

    def trigger(self, count: Count, word: str) -> None:
        """A trigger: `o` once on_demand stands there."""
        count.type(word[:1] if word in self.triggers else word)
        self.triggers.add(word)


def _cells(count: Count, seen: Earlier, day: Paper, each: Written, before: Row | None, *, kindest: bool) -> None:
    """One row, cell by cell, from staff to the last that holds something."""
    row = each.row
    count.thoughts += 1
    carried = kindest and before is not None and before.staff == row.staff
    count.type(("" if carried else ",".join(row.staff)) + "\t")
    for person in row.staff:
        if person not in seen.people:
            seen.people.add(person)
            count.convert(dict(day.staff)[person].typed)
    count.keys += 1  # past the role
    by_formula = kindest and before is not None and before.end == row.start
    count.type(("" if by_formula else _clock(row.start)) + "\t")
    count.type(_clock(row.end or 0) + "\t")
    seen.task(count, row.task)
    if row.trigger or each.note.text:
        count.keys += 1
        seen.trigger(count, str(row.trigger)) if row.trigger else None
    if each.note.text:
        count.keys += 1
        count.convert(each.note.typed)
    count.keys += 1  # Enter goes to the next row's first cell


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02d}"


def _corrected_cells(count: Count, seen: Earlier, day: Paper, kind: str, fields: tuple[str, ...]) -> None:
    """One correction in the cells."""
    count.clicks += 1
    if kind == "boundary":
        count.type(f"{fields[2]}\n")
        count.keys += 1  # to the start of the row below
        count.type(f"{fields[2]}\n")
    elif kind == "insert":
        _new_row(count)
        _cells(count, seen, day, written(fields, "new1"), None, kindest=False)
    elif kind == "split":
        _, at, label = fields
        _new_row(count)
        count.type("\t")
        count.keys += 2 * 3 + 4  # staff, end from above with Ctrl+D; past role; start
        count.type(f"{at}\t")
        seen.task(count, TASKS.resolve(label) or label)
        count.keys += 1
        count.clicks += 1
        count.type(f"{at}\n")  # the end of the first part
    elif kind == "task":
        seen.task(count, TASKS.resolve(fields[1]) or fields[1])
        count.keys += 1
    else:
        count.type("=H60+TIME(0,5,0)\n")  # beside the rows, for the first start
        count.clicks += 2  # the range to fill, the place to paste
        count.keys += 4 + 2 + 6 + 2  # fill right and down, copy, paste values, clear the helper


def _new_row(count: Count) -> None:
    """A row inserted at the row clicked, its constant columns filled from above."""
    count.keys += 3  # Ctrl, Shift, +
    count.clicks += 1
    count.keys += 5 + 2 + 1  # five cells chosen with Shift, Ctrl+D, on to staff


def main() -> None:
    """Print both counts, the seconds, and the ratios."""
    day = paper()
    typed, one = lines(day)
    cells, kindest = spreadsheet(day), spreadsheet(day, kindest=True)
    print(f"{len(day.rows)} rows, {len(day.corrections)} corrections; {len(one.rows)} rows in the end")
    for name, count in (("lines", typed), ("spreadsheet", cells), ("spreadsheet, kindest", kindest)):
        share, time = typed.strokes / count.strokes, typed.seconds / count.seconds
        print(
            f"{name:22} {count.strokes:5d} keystrokes {count.seconds:6.0f} s"
            + ("" if count is typed else f"   lines are {share:.0%} of the keystrokes, {time:.0%} of the seconds")
        )


if __name__ == "__main__":
    main()
