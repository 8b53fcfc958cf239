"""The analysis as a person reads it in a terminal, site by site: what was seen, what follows, what is missing.

Nothing depends on colour: verdicts are marks (○ △ × ？) explained in words, and colour only repeats them (`NO_COLOR`
turns it off). Widths are counted in terminal cells, so that Japanese columns line up; below 76 cells tables become
lists. Names come from files: they are printed as plain text, never as markup or control codes.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from typing import IO

from rich.box import SIMPLE_HEAD
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text as Styled

from carveout.language import Language, Text
from carveout.model import Job, Level, Mode, SiteResult, Slot, Suitability, Verdict, Weekday
from carveout.next_days import what_to_observe_next
from carveout.words import (
    CHANNEL,
    CONSTRUCTED,
    KIND,
    LEVEL,
    MARK,
    MODE,
    MODE_MEANING,
    SUITABILITY,
    plain,
    span,
    weekdays,
)

_NARROW = 76
_PIPED = 100
_COLOUR = {
    Suitability.SUITABLE: "bold green",
    Suitability.CONDITIONAL: "bold yellow",
    Suitability.UNSUITABLE: "bold red",
    Suitability.UNDETERMINED: "bold",
}

_CHAINS = Text("触らない流れ（連続したリズミカルな一連の業務）", "Flows not to be cut (rhythmic chains)")
_NO_CHAINS = Text("繰り返す流れは見つかりませんでした。", "No recurring flow was found.")
_WINDOWS = Text("職員が手薄になる時間帯", "Hours when staff are few")
_NO_WINDOWS = Text("仕事が職員の手に余る時間帯は見つかりませんでした。", "At no hour did the work exceed the staff.")
_VERDICTS = Text("業務ごとの判断", "Verdicts by task")
_NO_VERDICTS = Text("判断できる業務がありません。", "There is no task to judge.")
_JOBS = Text("候補となる仕事", "Candidate jobs")
_NO_JOBS = Text("組み合わせて提案できる仕事は、まだありません。", "No job can be put together yet.")
_NEXT = Text("次に観察すること", "What to observe next")
_REASONS = Text("判断の理由", "Reasons")


def terminal(stream: IO[str]) -> Console:
    """A console on a stream: its own width and colour on a terminal, plain and 100 cells wide anywhere else."""
    width = None if stream.isatty() or os.environ.get("COLUMNS", "").isdigit() else _PIPED
    return Console(file=stream, width=width, highlight=False, markup=False, emoji=False, soft_wrap=False)


def show(result: SiteResult, console: Console, language: Language, *, reasons: bool = False) -> None:
    """Print one site; with `reasons`, every verdict's sentence, source and confidence below the table."""
    narrow = console.width < _NARROW
    console.print(_header(result, language))
    _section(console, _CHAINS.in_(language), _chains(result, language))
    _section(console, _WINDOWS.in_(language), _windows(result, language))
    _section(console, _VERDICTS.in_(language), _verdicts(result, language, narrow=narrow))
    if reasons:
        _section(console, _REASONS.in_(language), _reasons(result, language))
    _section(console, _JOBS.in_(language), _jobs(result, language))
    advice = what_to_observe_next(result)
    if advice:
        _section(console, _NEXT.in_(language), Group(*(_bullet(text.in_(language)) for text in advice)))
    console.print()


def _section(console: Console, title: str, body: RenderableType) -> None:
    console.print()
    console.print(Styled(title, style="bold"))
    console.print(Padding(body, (0, 0, 0, 2), expand=False))


def _bullet(text: str) -> RenderableType:
    grid = Table.grid(padding=(0, 1))
    grid.add_row("-", _fold(text))
    return grid


def _fold(text: str, style: str = "") -> Styled:
    return Styled(plain(text), style=style, overflow="fold")


def _label(result: SiteResult, code: str, language: Language) -> str:
    label = result.task_labels.get(code)
    return plain(label.in_(language) if label else code)


def _header(result: SiteResult, language: Language) -> RenderableType:
    name = plain(result.name or result.site)
    kind = KIND[result.kind].in_(language)
    title = f"■ {name}（{kind}）" if language == "ja" else f"■ {name} ({kind})"
    parts: list[RenderableType] = [Styled(title, style="bold", overflow="fold")]
    if result.constructed:
        parts.append(_fold("  ※ " + CONSTRUCTED.in_(language)))
    days = [
        f"{unit} {result.days_of_unit[unit]}日" if language == "ja" else f"{unit} {result.days_of_unit[unit]} days"
        for unit in result.units
    ]
    rows = len(result.occurrences)
    seen = f"{rows}行の記録" if language == "ja" else f"{rows} rows"
    joined = ("、" if language == "ja" else ", ").join(days)
    parts.append(_fold(f"  観察: {joined}、{seen}" if language == "ja" else f"  Observed: {joined}; {seen}"))
    if result.verdicts and all(v.confidence.level is Level.PROVISIONAL for v in result.verdicts):
        note = Text(
            "一日だけ、または聞き取りだけの記録です。どの判断も仮のもので、繰り返すかどうかはまだわかりません。",
            "Seen on one day, or only told: every verdict is provisional, for nothing shows yet that it recurs.",
        )
        parts.append(_fold("  ※ " + note.in_(language), style="yellow"))
    return Group(*parts)


def _table(*headings: str) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold")
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table


def _chains(result: SiteResult, language: Language) -> RenderableType:
    if not result.chains:
        return _fold(_NO_CHAINS.in_(language))
    head = ("流れ", "時間帯", "日数", "順序") if language == "ja" else ("Flow", "Window", "Days", "Order")
    table = _table(*head)
    for column in table.columns[1:3]:
        column.no_wrap = True
    for chain in result.chains:
        order = " → ".join(_label(result, task, language) for task in chain.tasks)
        table.add_row(_fold(chain.id), span(chain.start, chain.end), f"{chain.days}/{chain.of_days}", _fold(order))
    return table


def _windows(result: SiteResult, language: Language) -> RenderableType:
    thin = [window for window in result.windows if window.thin]
    if not thin:
        return _fold(_NO_WINDOWS.in_(language))
    lines = []
    for window in thin:
        day = None if window.weekday is None else [window.weekday]
        when = f"{_day_words(day, language)} {span(window.start, window.end)}"
        if language == "ja":
            load = f"手元の仕事 {window.demand:.1f}人分、職員 {window.staff:.1f}人"
        else:
            load = f"work for {window.demand:.1f}, staff {window.staff:.1f}"
        lines.append(_fold(f"{window.unit}  {when}  {load}"))
    return Group(*lines)


def _day_words(days: Sequence[Weekday] | None, language: Language) -> str:
    return weekdays(days, language) or ("毎日" if language == "ja" else "daily")


def _verdicts(result: SiteResult, language: Language, *, narrow: bool) -> RenderableType:
    if not result.verdicts:
        return _fold(_NO_VERDICTS.in_(language))
    separate = len(result.units) > 1
    groups: dict[tuple[str, str], list[Verdict]] = {}
    for verdict in result.verdicts:
        groups.setdefault((verdict.unit, verdict.task), []).append(verdict)
    # The day's order: earliest window first, as one would meet the tasks on the floor.
    ordered = sorted(groups.items(), key=lambda g: (g[0][0], min(v.start for v in g[1]), g[0][1]))
    if narrow:
        return Group(*_verdict_list(result, ordered, language, separate=separate), _legend(language))
    unit_head = ("ユニット",) if language == "ja" else ("Unit",)
    task_head = "業務" if language == "ja" else "Task"
    table = _table(*(unit_head if separate else ()), task_head, *(MODE[mode].in_(language) for mode in Mode))
    previous = None
    for (unit, task), verdicts in ordered:
        cells: list[RenderableType] = [_fold(unit if unit != previous else "")] if separate else []
        cells.append(_fold(_label(result, task, language)))
        cells.extend(_cell([v for v in verdicts if v.mode is mode], language) for mode in Mode)
        table.add_row(*cells)
        previous = unit
    return Group(table, _legend(language))


def _cell(verdicts: Iterable[Verdict], language: Language) -> Styled:
    """The marks of one task in one mode, a line for each window; a provisional one beside firmer ones says so."""
    cell = Styled(overflow="fold")
    shown: set[tuple[object, ...]] = set()
    for verdict in sorted(verdicts, key=lambda v: (v.start, v.end, v.weekdays or ())):
        key = (verdict.suitability, verdict.weekdays, verdict.start, verdict.end)
        if key in shown:
            continue
        if shown:
            cell.append("\n")
        shown.add(key)
        cell.append(MARK[verdict.suitability], style=_COLOUR[verdict.suitability])
        cell.append(f" {_when(verdict, language)}")
    return cell


def _when(verdict: Verdict, language: Language) -> str:
    day = weekdays(verdict.weekdays, language)
    when = f"{day} {span(verdict.start, verdict.end)}" if day else span(verdict.start, verdict.end)
    if verdict.confidence.level is Level.PROVISIONAL:
        when += "（仮）" if language == "ja" else " (prov.)"
    return when


def _verdict_list(
    result: SiteResult,
    ordered: Iterable[tuple[tuple[str, str], list[Verdict]]],
    language: Language,
    *,
    separate: bool,
) -> Iterable[RenderableType]:
    for (unit, task), verdicts in ordered:
        name = _label(result, task, language)
        yield _fold(f"{unit}  {name}" if separate else name, style="bold")
        for mode in Mode:
            cell = _cell([v for v in verdicts if v.mode is mode], language)
            if cell.plain:
                grid = Table.grid(padding=(0, 1))
                grid.add_row("  " + MODE[mode].in_(language), cell)
                yield grid


def _legend(language: Language) -> RenderableType:
    marks = "  ".join(f"{MARK[s]} {SUITABILITY[s].in_(language)}" for s in Suitability)
    colon, stop = ("：", "。") if language == "ja" else (": ", ". ")
    modes = stop.join(f"{MODE[m].in_(language)}{colon}{MODE_MEANING[m].in_(language)}" for m in Mode) + stop.strip()
    return Group(Styled(""), _fold(marks), _fold(modes, style="dim"))


def _reasons(result: SiteResult, language: Language) -> RenderableType:
    lines: list[RenderableType] = []
    for v in result.verdicts:
        head = Styled(overflow="fold")
        head.append(MARK[v.suitability], style=_COLOUR[v.suitability])
        words = f"{SUITABILITY[v.suitability].in_(language)} / {MODE[v.mode].in_(language)}"
        head.append(f" {plain(v.unit)} {_label(result, v.task, language)} / {words} / {_when(v, language)}")
        level = LEVEL[v.confidence.level].in_(language)
        seen = f"{v.confidence.days}/{v.confidence.of_days}" + ("日" if language == "ja" else " days")
        source = "典拠" if language == "ja" else "source"
        lines.append(head)
        lines.append(Padding(_fold(v.reason.in_(language)), (0, 0, 0, 4), expand=False))
        lines.append(
            Padding(
                _fold(f"{level} ({seen}) / {v.rule} / {source}: {v.source}", style="dim"), (0, 0, 0, 4), expand=False
            )
        )
    return Group(*lines) if lines else _fold(_NO_VERDICTS.in_(language))


def _jobs(result: SiteResult, language: Language) -> RenderableType:
    if not result.jobs:
        return _fold(_NO_JOBS.in_(language))
    return Group(*(part for job in result.jobs for part in _job(result, job, language)))


def _job(result: SiteResult, job: Job, language: Language) -> Iterable[RenderableType]:
    yield _fold(job.title.in_(language), style="bold")
    channel = CHANNEL[job.channel].in_(language) if job.channel in CHANNEL else job.channel
    relieved = round(job.staff_minutes_relieved_per_week)
    if language == "ja":
        facts = f"第{job.stage}段階 / 週{job.weekly_hours:g}時間 / {channel} / 職員の負担 週{relieved}分減"
    else:
        facts = f"stage {job.stage} / {job.weekly_hours:g} h a week / {channel} / relieves staff {relieved} min a week"
    yield Padding(_fold(facts), (0, 0, 0, 2), expand=False)
    for slot in job.slots:
        yield Padding(_fold(_slot(result, slot, language)), (0, 0, 0, 2), expand=False)
    for check in job.constraints:
        if not check.ok:
            over = "上限を超えます" if language == "ja" else "over the limit"
            words = f"× {check.label.in_(language)}: {check.value:g} > {check.limit:g} {over}"
            yield Padding(_fold(words, style="red"), (0, 0, 0, 2), expand=False)


def _slot(result: SiteResult, slot: Slot, language: Language) -> str:
    tasks = []
    for task in slot.tasks:
        label, mode = _label(result, task.task, language), MODE[task.mode].in_(language)
        mode = f"（{mode}）" if language == "ja" else f" ({mode})"
        tasks.append(f"{MARK[task.suitability]} {label}{mode}")
    when = f"{weekdays([slot.weekday], language)} {span(slot.start, slot.end)}"
    return f"{when}  {slot.unit}  " + ("、" if language == "ja" else ", ").join(tasks)
