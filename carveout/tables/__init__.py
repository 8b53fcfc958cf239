"""The analysis as a person reads it in a terminal, site by site: what was seen, what follows, what is missing.

Nothing depends on colour: verdicts are marks (○ △ × ？) explained in words, and colour only repeats them (`NO_COLOR`
turns it off). Widths are counted in terminal cells, so that Japanese columns line up; below 76 cells tables become
lists. Names come from files: they are printed as plain text, never as markup or control codes.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import IO

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text as Styled

from carveout.language import Language, Text
from carveout.model import Level, SiteResult, Weekday
from carveout.next_days import what_to_observe_next
from carveout.tables.jobs import job_list
from carveout.tables.layout import fold, indented, label_of, table_of
from carveout.tables.verdicts import reason_list, verdict_rows
from carveout.words import CONSTRUCTED, KIND, plain, span, weekdays

_NARROW = 76
_PIPED = 100

_CHAINS = Text("触らない流れ（連続したリズミカルな一連の業務）", "Flows not to be cut (rhythmic chains)")
_NO_CHAINS = Text("繰り返す流れは見つかりませんでした。", "No recurring flow was found.")
_WINDOWS = Text("職員が手薄になる時間帯", "Hours when staff are few")
_NO_WINDOWS = Text("仕事が職員の手に余る時間帯は見つかりませんでした。", "At no hour did the work exceed the staff.")
_VERDICTS = Text("業務ごとの判断", "Verdicts by task")
_JOBS = Text("候補となる仕事", "Candidate jobs")
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
    _section(console, _VERDICTS.in_(language), verdict_rows(result, language, narrow=narrow))
    if reasons:
        _section(console, _REASONS.in_(language), reason_list(result, language))
    _section(console, _JOBS.in_(language), job_list(result, language))
    advice = what_to_observe_next(result)
    if advice:
        _section(console, _NEXT.in_(language), Group(*(_bullet(text.in_(language)) for text in advice)))
    console.print()


def _section(console: Console, title: str, body: RenderableType) -> None:
    console.print()
    console.print(Styled(title, style="bold"))
    console.print(indented(body, 2))


def _bullet(text: str, mark: str = "-", style: str = "") -> RenderableType:
    grid = Table.grid(padding=(0, 1))
    grid.add_row(Styled(mark, style=style), fold(text, style=style))
    return grid


def _header(result: SiteResult, language: Language) -> RenderableType:
    name = plain(result.name or result.site)
    kind = KIND[result.kind].in_(language)
    title = f"■ {name}（{kind}）" if language == "ja" else f"■ {name} ({kind})"
    parts: list[RenderableType] = [Styled(title, style="bold", overflow="fold")]
    if result.constructed:
        parts.append(indented(_bullet(CONSTRUCTED.in_(language), "※"), 2))
    counts = [(unit, result.days_of_unit[unit]) for unit in result.units]
    days = [f"{unit} {n}日" if language == "ja" else f"{unit} {n} day{'' if n == 1 else 's'}" for unit, n in counts]
    rows = len(result.occurrences)
    seen = f"{rows}行の記録" if language == "ja" else f"{rows} rows"
    joined = ("、" if language == "ja" else ", ").join(days)
    parts.append(fold(f"  観察: {joined}、{seen}" if language == "ja" else f"  Observed: {joined}; {seen}"))
    if result.verdicts and all(v.confidence.level is Level.PROVISIONAL for v in result.verdicts):
        note = Text(
            "一日だけ、または聞き取りだけの記録です。どの判断も仮のもので、繰り返すかどうかはまだわかりません。",
            "Seen on one day, or only told: every verdict is provisional, for nothing shows yet that it recurs.",
        )
        parts.append(indented(_bullet(note.in_(language), "※", "yellow"), 2))
    return Group(*parts)


def _chains(result: SiteResult, language: Language) -> RenderableType:
    if not result.chains:
        return fold(_NO_CHAINS.in_(language))
    head = ("流れ", "時間帯", "日数", "順序") if language == "ja" else ("Flow", "Window", "Days", "Order")
    table = table_of(*head)
    for column in table.columns[1:3]:
        column.no_wrap = True
    for chain in result.chains:
        order = " → ".join(label_of(result, task, language) for task in chain.tasks)
        table.add_row(fold(chain.id), span(chain.start, chain.end), f"{chain.days}/{chain.of_days}", fold(order))
    return table


def _windows(result: SiteResult, language: Language) -> RenderableType:
    thin = [window for window in result.windows if window.thin]
    if not thin:
        return fold(_NO_WINDOWS.in_(language))
    lines = []
    for window in thin:
        day = None if window.weekday is None else [window.weekday]
        when = f"{_day_words(day, language)} {span(window.start, window.end)}"
        if language == "ja":
            load = f"手元の仕事 {window.demand:.1f}人分、職員 {window.staff:.1f}人"
        else:
            load = f"work for {window.demand:.1f}, staff {window.staff:.1f}"
        lines.append(fold(f"{window.unit}  {when}  {load}"))
    return Group(*lines)


def _day_words(days: Sequence[Weekday] | None, language: Language) -> str:
    return weekdays(days, language) or ("毎日" if language == "ja" else "daily")
