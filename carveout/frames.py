"""The analysis as pandas tables, for notebooks, spreadsheets and whatever comes after.

The analysis itself works on plain columns; these are its edges. Every table has one row per thing and codes as the
contract names them; categories instead of repeated strings keep a nation's table small.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from carveout.model import PATTERNS, WEEKDAYS, Level, Mode, Suitability

if TYPE_CHECKING:
    import pandas as pd

    from carveout.analysis import Analysis


def occurrences(analysis: Analysis) -> pd.DataFrame:
    """One row per observed row, in the order of the input, with the pattern it shows.

    Columns: site, unit, date (datetime64), row, start, end (minutes of the wall clock), task, pattern, chain (its
    number in the unit, <NA> where the row is no link).
    """
    import pandas as pd  # half a second: only who wants a table pays for it

    t, f = analysis.timeline, analysis.facts
    chain = np.where(f.chain >= 0, f.chains.number[np.maximum(f.chain, 0)] if len(f.chains.number) else 0, -1)
    return pd.DataFrame(
        {
            "site": _named(t.units.site[t.unit], t.sites.id),
            "unit": _named(t.unit, t.units.name),
            "date": t.day.astype("datetime64[D]").astype("datetime64[s]"),
            "row": t.row,
            "start": t.start,
            "end": t.end,
            "task": _named(t.task, t.tasks.code),
            "pattern": _named(f.pattern, tuple(p.value for p in PATTERNS)),
            "chain": pd.array(chain, dtype="Int32").copy(),
        }
    ).assign(chain=lambda table: table["chain"].mask(table["chain"] < 0))


def verdicts(analysis: Analysis) -> pd.DataFrame:
    """One row per verdict of every site.

    Columns: site, unit, task, mode, suitability, pattern, weekday (<NA> = any), start, end (minutes, -1 not told),
    thin, days, of_days, low, level, rule, rules_said (what the rules answered, <NA> where no coordinator spoke).
    """
    import pandas as pd  # as above

    t, v = analysis.timeline, analysis.verdicts
    answers = tuple(s.value for s in Suitability)
    said = np.full(len(v), -1, np.int8)
    for entry, ruling in analysis.rulings.items():
        said[entry] = answers.index(ruling.was)
    return pd.DataFrame(
        {
            "site": _named(v.site, t.sites.id),
            "unit": _named(v.unit, t.units.name),
            "task": _named(v.task, t.tasks.code),
            "mode": _named(v.mode, tuple(m.value for m in Mode)),
            "suitability": _named(v.suitability, answers),
            "pattern": _named(v.pattern, tuple(p.value for p in PATTERNS)),
            "weekday": _named(v.weekday, tuple(w.value for w in WEEKDAYS)),
            "start": v.start,
            "end": v.end,
            "thin": v.thin,
            "days": v.days,
            "of_days": v.of_days,
            "low": v.low,
            "level": _named(v.level, tuple(level.value for level in Level)),
            "rule": _named(v.rule, tuple(rule.id for rule in analysis.rules.rules)),
            "rules_said": _named(said, answers),
        }
    )


def _named(code: NDArray[Any], names: tuple[str, ...]) -> pd.Categorical:
    """Numbers into a vocabulary as categories; equal names of two sites share one category, -1 is missing."""
    import pandas as pd  # as above

    distinct = list(dict.fromkeys(names))
    place = {name: k for k, name in enumerate(distinct)}
    number = np.array([*(place[name] for name in names), -1], np.int64)
    return pd.Categorical.from_codes(number[code], categories=distinct)
