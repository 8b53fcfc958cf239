"""Two compared records as a person reads them in a terminal: figures, tasks to talk about, verdicts that differ."""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO

from rich.console import Console, RenderableType
from rich.text import Text as Styled

from carveout import words
from carveout.agreement import Cue, Dimension, TaskAgreement, labels_of
from carveout.catalogue import catalogue
from carveout.charts.two_records import HEADINGS, as_rows
from carveout.cli.comparing import Compared
from carveout.language import Language, Text
from carveout.model import Mode, Pattern, Suitability
from carveout.tables import terminal
from carveout.tables.layout import fold, indented, table_of

_WORD: Mapping[str, Text] = {
    "share": Text("同じ状態だった時間", "Time in the same state"),
    "person_minutes": Text("延べ{n}分のうち", "of {n} person-minutes"),
    "kappa": Text("偶然を除いた一致（κ）", "Agreement beyond chance (kappa)"),
    "interval": Text("95%区間 {low}〜{high}", "95% interval {low} to {high}"),
    "no_interval": Text("区間は言えません", "no interval"),
    "ac1": Text("偏りに強い一致（AC1）", "Agreement robust to prevalence (AC1)"),
    "found": Text("両方にあった行", "Rows in both records"),
    "counted": Text("両方{both}・①だけ{missed}・②だけ{extra}", "both {both}, only 1: {missed}, only 2: {extra}"),
    "naming": Text("両方にあった行の名前の一致（κ）", "Naming of the rows in both (kappa)"),
    "alike": Text("{of}行のうち{n}行が同じ名前", "{n} of {of} have the same name"),
    "times": Text("時刻の差が{n}分以内", "Times within {n} min"),
    "within": Text("開始{start}・終了{end}", "starts {start}, ends {end}"),
    "undefined": Text("決まらない", "undefined"),
    "tasks": Text("名前ごとの違い（話し合うとよいものから）", "Name by name (what to talk about first)"),
    "rows": Text("行ごとに見る", "Row by row"),
    "verdicts": Text("それぞれの記録から出る判断", "Verdicts that follow from each record"),
    "same_verdicts": Text("両方に出てくる{n}件のうち同じ判断", "Same verdicts, of {n} in both"),
    "differs": Text("{task}（{mode}）：① {first}　② {second}", "{task} ({mode}): 1 {first}, 2 {second}"),
}
_COLUMNS = (
    Text("業務", "Task"), Text("κ", "Kappa"), Text("両方", "Both"), Text("①だけ", "Only 1"), Text("②だけ", "Only 2"),
    Text("開始の違い", "Starts differ"), Text("終了の違い", "Ends differ"), Text("そろえること", "To settle"),
)  # fmt: skip
_CUE: Mapping[Cue, Text] = {
    Cue.START: Text("何をもって始まりとするか", "what counts as its start"),
    Cue.END: Text("何をもって終わりとするか", "what counts as its end"),
    Cue.BOTH: Text("始まりと終わりの両方", "both its start and its end"),
}
_CLASSES: Mapping[str, Text] = {
    "direct_care": Text("直接介護", "Direct care"),
    "indirect_work": Text("間接業務", "Indirect work"),
    "break": Text("休憩", "Break"),
    "other": Text("その他", "Other"),
}


def show(one: Compared, stream: IO[str], language: Language, *, rows: bool) -> None:
    """Print one pair of records; with `rows`, every row beside its counterpart."""
    console = terminal(stream)
    labels = {task: label.in_(language) for task, label in labels_of(one.pair).items()}
    console.print(Styled(f"■ {_heading(one, language)}", style="bold", overflow="fold"))
    console.print(indented(_figures(one, language), 2))
    _section(console, _WORD["tasks"].in_(language), _tasks(one, labels, language))
    if rows:
        _section(console, _WORD["rows"].in_(language), _rows(one, labels, language))
    _section(console, _WORD["verdicts"].in_(language), _verdicts(one, labels, language))
    console.print()


def _heading(one: Compared, language: Language) -> str:
    """Which day, and whose records."""
    site, date, unit = one.pair.first.place
    first, second = one.pair.observers
    name = one.pair.first.head.name or site
    whose = Text("：① {0}、② {1}", ": 1 {0}, 2 {1}").in_(language).format(first, second)
    return words.plain(f"{name} {date} {unit}{whose}")


def _section(console: Console, title: str, body: RenderableType) -> None:
    console.print()
    console.print(Styled(title, style="bold"))
    console.print(indented(body, 2))


def _figures(one: Compared, language: Language) -> RenderableType:
    minutes, events = one.minutes, one.events
    interval = _WORD["no_interval"].in_(language)
    if minutes.kappa_interval is not None:
        ends = {"low": f"{minutes.kappa_interval.low:.2f}", "high": f"{minutes.kappa_interval.high:.2f}"}
        interval = _said("interval", language, **ends)
    alike = sum(pair.named_alike for pair in events.pairs)
    counts = {"both": len(events.pairs), "missed": len(events.missed), "extra": len(events.extra)}
    within = {"start": _percent(events.within_start, language), "end": _percent(events.within_end, language)}
    table = table_of("", "", "")
    table.show_header = False
    for name, value, more in (
        (_said("share", language), _percent(minutes.share, language),
         _said("person_minutes", language, n=round(minutes.minutes))),
        (_said("kappa", language), _number(minutes.kappa, language), interval),
        (_said("ac1", language), _number(minutes.ac1, language), ""),
        (_said("found", language), _percent(events.share_found, language), _said("counted", language, **counts)),
        (_said("naming", language), _number(events.naming_kappa, language),
         _said("alike", language, n=alike, of=len(events.pairs))),
        (_said("times", language, n=events.tolerance), "", _said("within", language, **within)),
    ):  # fmt: skip
        table.add_row(fold(name), fold(value), fold(more))
    return table


def _tasks(one: Compared, labels: Mapping[str, str], language: Language) -> RenderableType:
    table = table_of(*(column.in_(language) for column in _COLUMNS))
    for column in table.columns[1:7]:
        column.justify, column.no_wrap = "right", True
    for task in sorted(one.events.tasks, key=lambda e: (-(e.missed + e.extra + e.start_off + e.end_off), e.task)):
        numbers = (task.both, task.missed, task.extra, task.start_off, task.end_off)
        table.add_row(
            fold(_name(task.task, labels, one.dimension, language)), _number(one.kappas[task.task], language),
            *map(str, numbers), fold(_to_settle(task, language)),
        )  # fmt: skip
    return table


def _to_settle(one: TaskAgreement, language: Language) -> str:
    """Which definition diverged, and how the catalogue words it."""
    if one.cue is None:
        return ""
    said = [_CUE[one.cue].in_(language)]
    known = catalogue().tasks.get(one.task)
    if known is not None:
        cues = [known.start_cue] if one.cue is not Cue.END else []
        cues += [known.end_cue] if one.cue is not Cue.START else []
        said += [cue.in_(language) for cue in cues if cue.in_(language)]
    return " / ".join(said)


def _name(value: str, labels: Mapping[str, str], dimension: Dimension, language: Language) -> str:
    if dimension is Dimension.PATTERN and value in set(Pattern):
        return words.PATTERN[Pattern(value)].in_(language)
    if dimension is Dimension.CARE_CLASS and value in _CLASSES:
        return _CLASSES[value].in_(language)
    return labels.get(value, value)


def _rows(one: Compared, labels: Mapping[str, str], language: Language) -> RenderableType:
    table = table_of(*(heading.in_(language) for heading in HEADINGS))
    for cells in as_rows(one.events, labels, language):
        table.add_row(*map(fold, cells))
    return table


def _verdicts(one: Compared, labels: Mapping[str, str], language: Language) -> RenderableType:
    found = one.verdicts
    table = table_of("")
    table.show_header = False
    same, kappa = _percent(found.share, language), _number(found.kappa, language)
    told = f"{_said('same_verdicts', language, n=found.compared)}: {same}  κ {kappa}"
    table.add_row(fold(f"{told}  AC1 {_number(found.ac1, language)}"))
    for task, mode, *marks in found.differing:
        first, second = (_marks(mark, language) for mark in marks)
        said = {"task": labels.get(task, task), "mode": words.MODE[Mode(mode)].in_(language)}
        table.add_row(fold("- " + _said("differs", language, first=first, second=second, **said)))
    return table


def _marks(answers: str, language: Language) -> str:
    found = [Suitability(answer) for answer in answers.split(" / ")]
    return " / ".join(f"{words.MARK[one]} {words.SUITABILITY[one].in_(language)}" for one in found)


def _said(name: str, language: Language, **filled: object) -> str:
    return _WORD[name].in_(language).format(**filled)


def _number(value: float | None, language: Language) -> str:
    return _said("undefined", language) if value is None else f"{value:.2f}"


def _percent(share: float | None, language: Language) -> str:
    return _said("undefined", language) if share is None else f"{share:.0%}"
