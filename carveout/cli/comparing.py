"""`carveout compare`: two observers' records of one day, how far they agree and which definitions to settle."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from carveout.cli.output import UsageError, demand_no_record, demand_writable, note, say_problems
from carveout.cli.progress import Progress
from carveout.language import Language, Text
from carveout.writing import write_whole

if TYPE_CHECKING:
    from carveout.agreement import (
        Dimension,
        EventAgreement,
        Interval,
        JudgedAlike,
        MinuteAgreement,
        Record,
        TaskAgreement,
        TwoRecords,
    )

FORMAT = "carveout-agreement/1"
_NO_PAIR = Text(
    "同じ施設・同じ日付・同じユニットの記録が二つ見つかりません。施設の番号・日付・ユニットの名前を、二つの記録でそろえてください。"
    "見つかった記録: {days}",
    "no two records of the same site, date and unit were found. Make the site's id, the date and the unit's name the "
    "same in both. Records found: {days}",
)
_ALONE = Text("比べる相手のない記録: {days}", "records with nothing to compare them to: {days}")
_NAMED = 6


@dataclass(frozen=True, slots=True)
class Compared:
    """Everything told of two records. kappas: by task, None = undefined."""

    pair: TwoRecords
    dimension: Dimension
    minutes: MinuteAgreement
    events: EventAgreement
    kappas: dict[str, float | None]
    verdicts: JudgedAlike


def run(options: argparse.Namespace, language: Language) -> int:
    """Compare every two records of one unit's day, and show or write what was found."""
    out = None if options.json in (None, "-") else Path(options.json)
    if out is not None:
        demand_writable(out)
        demand_no_record(out, options.paths)
    with Progress(sys.stderr, language) as progress:
        records = _records(options.paths, progress, language)
        found = [_compared(pair, options.by, options.tolerance) for pair in _pairs(records, progress, language)]
    if options.json is None:
        from carveout.cli.compared_tables import show

        for one in found:
            show(one, sys.stdout, language, rows=options.rows)
        return 0
    data = json.dumps({"format": FORMAT, "pairs": [_told(one) for one in found]}, ensure_ascii=False, indent=1) + "\n"
    if out is not None:
        write_whole(out, [data.encode()])
    else:
        sys.stdout.write(data)
    return 0


def _records(paths: Sequence[Path], progress: Progress, language: Language) -> list[Record]:
    """Each file or folder read by itself: two files may hold the same day under the same ids."""
    from carveout import observations
    from carveout.agreement import records_of

    found: list[Record] = []
    for path in paths:
        reading = observations.read([path], progress=progress)
        progress.pause()
        say_problems(reading.problems, language)
        found += records_of(path.name, reading.timeline)
    return found


def _pairs(records: Sequence[Record], progress: Progress, language: Language) -> list[TwoRecords]:
    """Every two records of one unit's day; what has none is told of. Raises UsageError where there is no pair."""
    from carveout.agreement import pairs_among

    pairs = pairs_among(records)
    if not pairs:
        raise UsageError(_NO_PAIR.format(*_days(records)))
    together = {pair.first.place for pair in pairs}
    if alone := [record for record in records if record.place not in together]:
        progress.pause()
        note(_ALONE.format(*_days(alone)).in_(language))
    return pairs


def _days(records: Sequence[Record]) -> tuple[dict[str, str], dict[str, str]]:
    said = [f"{record.source} ({' '.join(record.place)})" for record in records[:_NAMED]]
    more = len(records) - len(said)
    ja = "、".join(said) + (f"、ほか{more}件" if more else "")
    en = ", ".join(said) + (f" and {more} more" if more else "")
    return {"days": ja}, {"days": en}


def _compared(pair: TwoRecords, by: str, tolerance: int) -> Compared:
    from carveout.agreement import (
        Dimension,
        elementary,
        event_agreement,
        minute_agreement,
        named_by,
        of_state,
        resolved,
    )
    from carveout.training import values_of, verdicts_alike

    dimension = Dimension(by)
    first, second = resolved(pair.first), resolved(pair.second)
    named = named_by(values_of((pair.first, pair.second), dimension))
    cut = elementary(first, second, named)
    events = event_agreement(first, second, tolerance=tolerance, named=named)
    return Compared(
        pair, dimension, minute_agreement(first, second, named), events,
        {one.task: of_state(cut, one.task) for one in events.tasks}, verdicts_alike(pair),
    )  # fmt: skip


def _told(one: Compared) -> dict[str, object]:
    """One pair as JSON: shares from 0 to 1, differences in minutes, second record minus first; null = undefined."""
    site, date, unit = one.pair.first.place
    minutes, events, verdicts = one.minutes, one.events, one.verdicts
    return {
        "site": site,
        "date": date,
        "unit": unit,
        "first": {"observer": one.pair.first.day.observer, "source": one.pair.first.source},
        "second": {"observer": one.pair.second.day.observer, "source": one.pair.second.source},
        "dimension": one.dimension.value,
        "minutes": {
            "person_minutes": _rounded(minutes.minutes),
            "share": _rounded(minutes.share),
            "kappa": _rounded(minutes.kappa),
            "kappa_interval": _interval(minutes.kappa_interval),
            "ac1": _rounded(minutes.ac1),
        },
        "rows": {
            "tolerance_min": events.tolerance,
            "both": len(events.pairs),
            "missed": len(events.missed),
            "extra": len(events.extra),
            "share_in_both": _rounded(events.share_found),
            "naming_kappa": _rounded(events.naming_kappa),
            "naming_ac1": _rounded(events.naming_ac1),
            "start_within": _rounded(events.within_start),
            "end_within": _rounded(events.within_end),
        },
        "tasks": [_task(task, one.kappas[task.task]) for task in events.tasks],
        "verdicts": {
            "compared": verdicts.compared,
            "share": _rounded(verdicts.share),
            "kappa": _rounded(verdicts.kappa),
            "ac1": _rounded(verdicts.ac1),
            "differing": [
                {"task": task, "mode": mode, "first": first, "second": second}
                for task, mode, first, second in verdicts.differing
            ],
        },
    }


def _task(one: TaskAgreement, kappa: float | None) -> dict[str, object]:
    return {
        "name": one.task,
        "kappa": _rounded(kappa),
        "both": one.both,
        "missed": one.missed,
        "extra": one.extra,
        "start_off": one.start_off,
        "end_off": one.end_off,
        "start_median_min": one.start_median,
        "end_median_min": one.end_median,
        "to_settle": one.cue.value if one.cue else None,
    }


def _interval(found: Interval | None) -> dict[str, float | None] | None:
    return None if found is None else {"low": _rounded(found.low), "high": _rounded(found.high)}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 6)
