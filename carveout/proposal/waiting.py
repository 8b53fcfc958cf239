"""A site for which no job can be offered yet: why, what was found so far, and what to observe next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from carveout import words
from carveout.language import Text
from carveout.model import SiteResult, Suitability
from carveout.next_days import what_to_observe_next
from carveout.proposal.phrases import NOTHING, both, label_of, same, some

_TITLE = Text("まだご提案できる仕事がありません", "No job can be offered yet")
_NO_DAYS = Text("観察した記録がまだありません。", "No day has been observed yet.")
_ONE_DAY = Text(
    "{unit}は1日だけの観察です。1日では、同じ仕事が繰り返すかどうかが分かりません。",
    "{unit} was observed on one day only; one day cannot tell which work recurs.",
)
_TOO_LITTLE = Text(
    "お任せできる仕事は見つかっていますが、通っていただけるまとまった時間にまだなりません。",
    "There is suitable work, but not yet enough of it together to come in for.",
)
_NONE_FOUND = Text(
    "高齢の方にお任せできる仕事が、今のところ見つかっていません。",
    "No work that suits an older worker has been found so far.",
)
_FOUND = Text("見つかっている仕事：{tasks}", "Found so far: {tasks}")
_TASK = Text("{mark} {task}（{mode}）", "{mark} {task} ({mode})")
_MOST_TASKS = 10


@dataclass(frozen=True, slots=True)
class Waiting:
    """What to tell an employer for whom there is no job yet. dated: the day on the sheet, None to fill in."""

    site: str
    employer: Text
    notice: Text
    title: Text
    why: tuple[Text, ...]
    found: Text
    next: tuple[Text, ...]
    dated: date | None


def waiting(result: SiteResult, *, on: date | None = None) -> Waiting:
    """The sheet for a site without jobs."""
    offered = {
        (v.task, v.mode, v.suitability)
        for v in result.verdicts
        if v.suitability in (Suitability.SUITABLE, Suitability.CONDITIONAL)
    }
    once = [unit for unit in result.units if result.days_of_unit.get(unit) == 1]
    why = [both(_ONE_DAY, unit=words.unit_name(unit)) for unit in once]
    if not result.occurrences:
        why = [_NO_DAYS]
    elif not once:
        why = [_TOO_LITTLE if offered else _NONE_FOUND]
    tasks = [
        both(
            _TASK,
            mark=words.MARK[s],
            task=label_of(result, task),
            mode=Text(words.MODE[m].ja, words.MODE[m].en.lower()),
        )
        for task, m, s in sorted(offered, key=lambda one: (list(Suitability).index(one[2]), one))
    ]
    return Waiting(
        site=result.site,
        employer=both(Text("{name} 御中", "To {name}"), name=same(result.name or result.site)),
        notice=words.CONSTRUCTED if result.constructed else NOTHING,
        title=_TITLE,
        why=tuple(why),
        found=both(_FOUND, tasks=some(tasks, _MOST_TASKS)) if tasks else NOTHING,
        next=what_to_observe_next(result),
        dated=on,
    )
