"""An observed workday as people write it down and mend it: rows, typed lines, edits, checks, and its columns."""

from carveout.workday.checks import Choice, Coverage, Finding, check, coverage
from carveout.workday.columns import timeline_of, timeline_of_sites
from carveout.workday.completion import Suggestion, Usage, entries, suggest, usage
from carveout.workday.days_of_timeline import workdays_of
from carveout.workday.edits import (
    EditError,
    Gap,
    add,
    changed,
    fill,
    merge,
    move_boundary,
    put,
    remove,
    row_of,
    shift,
    split,
    stop,
    switch,
)
from carveout.workday.line import parse
from carveout.workday.line_parts import Fix, Line, LineContext, LineProblem
from carveout.workday.record import Change, Person, Row, SiteHead, Workday, new_id
from carveout.workday.vocabulary import Vocabulary, vocabulary
from carveout.workday.written import context_of, written

__all__ = [
    "Change",
    "Choice",
    "Coverage",
    "EditError",
    "Finding",
    "Fix",
    "Gap",
    "Line",
    "LineContext",
    "LineProblem",
    "Person",
    "Row",
    "SiteHead",
    "Suggestion",
    "Usage",
    "Vocabulary",
    "Workday",
    "add",
    "changed",
    "check",
    "context_of",
    "coverage",
    "entries",
    "fill",
    "merge",
    "move_boundary",
    "new_id",
    "parse",
    "put",
    "remove",
    "row_of",
    "shift",
    "split",
    "stop",
    "suggest",
    "switch",
    "timeline_of",
    "timeline_of_sites",
    "usage",
    "vocabulary",
    "workdays_of",
    "written",
]
