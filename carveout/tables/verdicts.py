"""Verdicts in a terminal: a row per task, time and context, a column per mode, a mark in each cell; and the reasons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rich.console import Group, RenderableType
from rich.text import Text as Styled

from carveout.language import Language, Text
from carveout.model import Level, Mode, SiteResult, Suitability, Verdict
from carveout.tables.layout import COLOUR, fold, indented, label_of, table_of
from carveout.words import (
    LEVEL,
    MARK,
    MODE,
    MODE_MEANING,
    OVERRIDE_LEGEND,
    OVERRIDE_SIGN,
    PATTERN,
    SUITABILITY,
    plain,
    span,
    weekdays,
)

_RULES = Text("規則：{}", "The rules: {}")
_NO_VERDICTS = Text("判断できる業務がありません。", "There is no task to judge.")

_Mark = tuple[Suitability, bool]  # an answer, and whether a coordinator's word stands beside it


@dataclass(frozen=True, slots=True)
class _Row:
    """A task in one context at one time, with the marks given in every mode, and whether a coordinator gave them."""

    unit: str
    task: str
    when: str
    context: str
    marks: Mapping[Mode, tuple[_Mark, ...]]


def _rows(result: SiteResult, language: Language) -> list[_Row]:
    """One row per task, time and context: units in their order, tasks as one meets them in the day."""
    first: dict[tuple[str, str], int] = {}
    rows: dict[tuple[str, str, str, str], list[Verdict]] = {}
    for v in result.verdicts:
        first[v.unit, v.task] = min(v.start, first.get((v.unit, v.task), v.start))
        rows.setdefault((v.unit, v.task, _when(v, language), _context(v, language)), []).append(v)
    place = {unit: at for at, unit in enumerate(result.units)}
    ordered = sorted(
        rows.items(),
        key=lambda row: (
            place.get(row[0][0], len(place)),
            first[row[0][:2]],
            row[0][1],
            min((v.start, v.end) for v in row[1]),
            row[0][2:],
        ),
    )
    return [
        _Row(
            *key,
            {m: _said([v for v in said if v.mode is m]) for m in Mode},
        )
        for key, said in ordered
    ]


def _said(verdicts: Sequence[Verdict]) -> tuple[_Mark, ...]:
    """Answers in their order, each once; a coordinator's stands apart from the rules' own."""
    found = {(v.suitability, v.override is not None) for v in verdicts}
    return tuple(mark for s in Suitability for mark in ((s, False), (s, True)) if mark in found)


def _context(v: Verdict, language: Language) -> str:
    """The pattern, the number of its flow inside the unit, and whether staff are few then."""
    words = PATTERN[v.pattern].in_(language)
    if v.chain:
        words += " " + v.chain.rpartition("/")[2]
    if v.thin:
        words += "（手薄）" if language == "ja" else " (few staff)"
    return words


def verdict_rows(result: SiteResult, language: Language, *, narrow: bool) -> RenderableType:
    """Every verdict as a mark, unit by unit, with the legend; a list instead of a table where it is narrow."""
    rows = _rows(result, language)
    if not rows:
        return fold(_NO_VERDICTS.in_(language))
    units = list(dict.fromkeys(row.unit for row in rows))
    parts: list[RenderableType] = []
    for unit in units:
        if len(result.units) > 1:
            parts.append(fold(unit, style="bold underline"))
        own = [row for row in rows if row.unit == unit]
        parts.extend(_verdict_list(result, own, language) if narrow else [_verdict_table(result, own, language)])
        parts.append(Styled(""))
    if any(overridden for row in rows for marks in row.marks.values() for _, overridden in marks):
        parts.append(fold(OVERRIDE_LEGEND.in_(language)))
    return Group(*parts, _legend(language))


def _verdict_table(result: SiteResult, rows: Sequence[_Row], language: Language) -> RenderableType:
    head = ("業務", "時間帯", "状況") if language == "ja" else ("Task", "Window", "Context")
    table = table_of(*head, *(MODE[mode].in_(language) for mode in Mode))
    for column in table.columns[3:]:
        column.no_wrap = True
    previous = None
    for row in rows:
        name = label_of(result, row.task, language) if row.task != previous else ""
        marks = (_marks(row.marks[mode], language) for mode in Mode)
        table.add_row(fold(name), fold(row.when), fold(row.context), *marks)
        previous = row.task
    return table


def _verdict_list(result: SiteResult, rows: Sequence[_Row], language: Language) -> Iterable[RenderableType]:
    previous = None
    for row in rows:
        if row.task != previous:
            yield fold(label_of(result, row.task, language), style="bold")
        previous = row.task
        yield indented(fold(f"{row.when} {row.context}"), 2)
        said = Styled(overflow="fold")
        for mode in Mode:
            if row.marks[mode]:
                said.append_text(_marks(row.marks[mode], language)).append(f" {MODE[mode].in_(language)}  ")
        yield indented(said, 4)


def _marks(marks: Iterable[_Mark], language: Language) -> Styled:
    styled = Styled()
    for mark, overridden in marks:
        styled.append(MARK[mark], style=COLOUR[mark])
        styled.append(OVERRIDE_SIGN.in_(language) if overridden else "")
    return styled


def _when(verdict: Verdict, language: Language) -> str:
    """Weekdays and hours in words; what was told without hours has none."""
    words = [weekdays(verdict.weekdays, language)]
    if not verdict.untimed:
        words.append(span(verdict.start, verdict.end))
    when = " ".join(word for word in words if word) or ("時間は未定" if language == "ja" else "time not told")
    if verdict.confidence.level is Level.PROVISIONAL:
        when += "（仮）" if language == "ja" else " (prov.)"
    return when


def _legend(language: Language) -> RenderableType:
    marks = "  ".join(f"{MARK[s]} {SUITABILITY[s].in_(language)}" for s in Suitability)
    colon, stop = ("：", "。") if language == "ja" else (": ", ". ")
    modes = stop.join(f"{MODE[m].in_(language)}{colon}{MODE_MEANING[m].in_(language)}" for m in Mode) + stop.strip()
    return Group(fold(marks), fold(modes, style="dim"))


def reason_list(result: SiteResult, language: Language) -> RenderableType:
    """Every verdict with its sentence, how sure it is, its rule and source."""
    lines: list[RenderableType] = []
    for v in result.verdicts:
        head = Styled(overflow="fold")
        head.append_text(_marks([(v.suitability, v.override is not None)], language))
        words = f"{SUITABILITY[v.suitability].in_(language)} / {MODE[v.mode].in_(language)}"
        head.append(f" {plain(v.unit)} {label_of(result, v.task, language)} / {words} / {_when(v, language)}")
        level = LEVEL[v.confidence.level].in_(language)
        seen = f"{v.confidence.days}/{v.confidence.of_days}" + ("日" if language == "ja" else " days")
        source = "典拠" if language == "ja" else "source"
        lines.append(head)
        lines.append(indented(fold(v.reason.in_(language)), 4))
        basis = f"{level} ({seen}) / {v.rule} / {source}: {v.source}"
        if v.override is not None:  # the rules' own words stay to be read beside the coordinator's
            lines.append(indented(fold(_RULES.in_(language).format(v.override.reason.in_(language))), 4))
        lines.append(indented(fold(basis, style="dim"), 4))
    return Group(*lines) if lines else fold(_NO_VERDICTS.in_(language))
