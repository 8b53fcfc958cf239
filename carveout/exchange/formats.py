"""The kinds of files that can be read and written: what they are called, how they end, what does not fit into them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from carveout.language import Text
from carveout.observations.text import CONTROL
from carveout.workday.record import SiteHead, Workday


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of file.

    id: as the command line and a `Mapping` name it. suffixes: endings its files have, the first one is given to files
    we write. reads, writes: whether we can. losses: what a file of this kind cannot hold, said before writing.
    """

    id: str
    label: Text
    suffixes: tuple[str, ...]
    reads: bool
    writes: bool
    about: Text
    losses: tuple[Text, ...] = ()


_OPEN = Text("終わりの時刻がない行（まだ続いている業務）", "rows without an end (work still going on)")
_DONE = Text("「記録が済んだ」という印", "the mark that a day is complete")
_EMPTY = Text("業務の行が一つもない日", "days without a single row")
_DUTY = Text("勤務時間と、業務の行がない職員", "hours on duty, and staff without a row")
_NAME = Text(
    "施設の名前と、教材として作った記録だという印", "the site's name, and the mark of a record made up for teaching"
)
_OBSERVERS = Text(
    "同じ日・同じユニットを別々に観察した記録の区別（一つの日にまとまります）",
    "which of several observers of one unit's day saw what (their records become one day)",
)
_ROLE = Text("職種", "roles")
_SITE_TASKS = Text(
    "施設が独自に決めた業務の説明と、聞き取った業務", "the site's own declarations of tasks, and work it was told of"
)
_PEOPLE = Text(
    "二人以上で行った行は、一人ずつの行に分かれます", "a row of two or more people becomes a row for each of them"
)
_ORDER = Text("行を書いた順番（時刻の順になります）", "the order in which rows were written (they are sorted by time)")
_SAME = Text(
    "同じ人の同じ業務が重なるとき、どの始まりとどの終わりが組か",
    "which start belongs to which end where one person does the same task twice at once",
)
_CONTROL = Text("画面に出ない制御文字", "control characters, which no screen shows")

FORMATS: tuple[Format, ...] = (
    Format(
        "yaml",
        Text("観察記録（YAML）", "Observation document (YAML)"),
        (".yaml", ".yml"),
        True,
        True,
        Text("このソフトの標準の形です。", "The standard form of this program."),
        (_OPEN, _DONE, _CONTROL),
    ),
    Format(
        "csv",
        Text("観察記録（CSV）", "Observation table (CSV)"),
        (".csv",),
        True,
        True,
        Text(
            "表計算ソフトで開ける一枚の表です。見出しは日本語か英語です。",
            "One table any spreadsheet opens, with Japanese or English headings.",
        ),
        (_OPEN, _DONE, _EMPTY, _OBSERVERS, _DUTY, _SITE_TASKS, _NAME, _CONTROL),
    ),
    Format(
        "xlsx",
        Text("観察記録（Excel）", "Observation workbook (Excel)"),
        (".xlsx",),
        True,
        True,
        Text(
            "ひな形と同じ、選択肢つきのブックです。勤務表もつきます。",
            "The template filled in: lists to choose from, and a sheet of who was on duty.",
        ),
        (_OPEN, _DONE, _EMPTY, _OBSERVERS, _SITE_TASKS, _NAME, _CONTROL),
    ),
    Format(
        "parquet",
        Text("観察記録（Parquet）", "Observation table (Parquet)"),
        (".parquet",),
        True,
        False,
        Text("大量の記録のための表です。", "A table for large records."),
    ),
    Format(
        "xes",
        Text("イベントログ（XES）", "Event log (XES)"),
        (".xes", ".xes.gz"),
        True,
        True,
        Text(
            "プロセスマイニングのソフト（PM4Py、ProM、Disco）の形です。一日一ユニットが一つのトレースになります。",
            "For process mining (PM4Py, ProM, Disco). One unit's day is one trace.",
        ),
        (_CONTROL,),
    ),
    Format(
        "boris",
        Text("BORIS（集計イベント）", "BORIS aggregated events"),
        (".csv", ".tsv"),
        True,
        True,
        Text(
            "行動観察ソフトBORISの「Aggregated events」です。",
            "What the observation program BORIS exports as aggregated events.",
        ),
        (_OPEN, _DONE, _EMPTY, _DUTY, _ROLE, _SITE_TASKS, _NAME, _PEOPLE, _ORDER, _CONTROL),
    ),
    Format(
        "boris-tabular",
        Text("BORIS（イベント一覧）", "BORIS tabular events"),
        (".csv", ".tsv"),
        True,
        True,
        Text(
            "行動観察ソフトBORISの「Tabular events」です。始まりと終わりが別の行になります。",
            "What BORIS exports as tabular events: a line for each start and stop.",
        ),
        (_SAME, _DONE, _EMPTY, _DUTY, _ROLE, _SITE_TASKS, _NAME, _PEOPLE, _ORDER, _CONTROL),
    ),
    Format(
        "wombat",
        Text("WOMBAT（業務観察）", "WOMBAT work observation"),
        (".csv",),
        True,
        True,
        Text(
            "医療の業務観察ソフトWOMBATのCSVです。割り込みは、重なる行のまま残します。",
            "CSV of the work observation tool WOMBAT; interruptions stay as overlapping rows.",
        ),
        (_OPEN, _DONE, _EMPTY, _DUTY, _ROLE, _SITE_TASKS, _NAME, _PEOPLE, _ORDER, _CONTROL),
    ),
    Format(
        "timestudy",
        Text("タイムスタディ（時間帯別の分数）", "Time study (minutes by hour)"),
        (".csv",),
        True,
        True,
        Text(
            "国の調査票（別添4）にならい、職員ごと・1時間ごとに、直接介護・間接業務・休憩・その他の分数を並べた表です。",
            "Minutes of direct care, indirect work, break and other by person and hour, like the ministry's form.",
        ),
        (
            Text("業務の名前と時刻（区分ごとの分数だけになります）", "tasks and clock times (only minutes remain)"),
            Text(
                "同時に行った業務（直接介護、間接業務、その他、休憩の順に一つだけ数えます）",
                "work done at once (one counts: direct care, then indirect work, other, break)",
            ),
            Text("担当者のない行", "rows of nobody"),
            Text("備考ときっかけ", "notes and triggers"),
            _OPEN, _DONE, _EMPTY, _DUTY, _SITE_TASKS, _NAME,
        ),
    ),
    Format(
        "table",
        Text("そのほかの表（CSV・Excel）", "Any other table (CSV, Excel)"),
        (".csv", ".tsv", ".txt", ".xlsx"),
        True,
        False,
        Text(
            "見出しのある表なら、どの列が何かを選んで読み込めます。",
            "Any table with headings: you say which column is what.",
        ),
    ),
)  # fmt: skip
_BY_ID = {one.id: one for one in FORMATS}


def formats() -> tuple[Format, ...]:
    """Every kind of file, those of this program first.

    >>> [one.id for one in formats() if one.writes]
    ['yaml', 'csv', 'xlsx', 'xes', 'boris', 'boris-tabular', 'wombat', 'timestudy']
    """
    return FORMATS


def format_of(id: str) -> Format:  # noqa: A002 (what the field of a mapping is called)
    """The kind of file an id names. Raises KeyError."""
    return _BY_ID[id]


def lost(format: Format | str, head: SiteHead, days: Sequence[Workday]) -> tuple[Text, ...]:  # noqa: A002
    """What of these very days would not be in a file of this kind: the losses of the format that apply to them.

    >>> from carveout.model import Kind
    >>> lost("csv", SiteHead("a", Kind.OTHER), [Workday("a", "2026-06-01", "u", complete=True)])[0].en
    'the mark that a day is complete'
    """
    kind = format_of(format) if isinstance(format, str) else format
    return tuple(loss for loss in kind.losses if _APPLIES.get(loss, _ALWAYS)(head, days))


_Test = Callable[[SiteHead, Iterable[Workday]], bool]


def _some(test: Callable[[Workday], bool]) -> _Test:
    """Whether something holds for any of the days."""
    return lambda _, days: any(map(test, days))


def _tells_duty(day: Workday) -> bool:
    working = {who for row in day.rows for who in row.staff}
    return any(person.on or person.id not in working for person in day.staff)


def _twice(places: Iterable[tuple[str, str]]) -> bool:
    listed = list(places)
    return len(set(listed)) < len(listed)


def _overlaps_itself(day: Workday) -> bool:
    last: dict[tuple[str, str], int] = {}
    for row in sorted(day.rows, key=lambda one: one.start):
        for who in row.staff or ("",):
            if row.start < last.get((who, row.task), 0):
                return True
            last[who, row.task] = max(last.get((who, row.task), 0), _LATE if row.end is None else row.end)
    return False


_APPLIES: dict[Text, _Test] = {
    _OPEN: _some(lambda day: any(row.end is None for row in day.rows)),
    _DONE: _some(lambda day: day.complete),
    _EMPTY: _some(lambda day: not day.rows),
    _DUTY: _some(_tells_duty),
    _NAME: lambda head, _: head.constructed or head.name not in ("", head.id),
    _OBSERVERS: lambda _, days: _twice((day.date, day.unit) for day in days),
    _ROLE: _some(lambda day: any(person.role for person in day.staff)),
    _PEOPLE: _some(lambda day: any(len(row.staff) > 1 for row in day.rows)),
    _ORDER: _some(lambda day: any(one.start > other.start for one, other in pairwise(day.rows))),
    _SAME: _some(_overlaps_itself),
    _CONTROL: _some(lambda day: any(CONTROL.search(row.note + row.task) for row in day.rows)),
    _SITE_TASKS: lambda head, _: bool(head.tasks or head.reported),
}
_LATE = 1 << 20
_ALWAYS: _Test = lambda _head, _days: True  # noqa: E731
