"""Which of a job's work rests on a coordinator's judgement instead of the rules: said in the evidence, task by task."""

from __future__ import annotations

from carveout import words
from carveout.language import Text
from carveout.model import Job, SiteResult, Suitability, Verdict, VerdictOverride
from carveout.proposal.phrases import both, label_of, same
from carveout.rules.override_notes import signed

_RESTS = Text(
    "{task}（{mode}）は、規則の答え（{was}）ではなく、担当者の判断（{signed}）によります：{reason}",
    "{task} ({mode}) rests on the coordinator's judgement ({signed}), where the rules said {was}: {reason}",
)
_MORE = Text("ほかに{n}件の業務が、担当者の判断によります。", "Further work that rests on such judgement: {n}.")
_MOST, _REASON_CHARS = 4, 160


def judgements(result: SiteResult, job: Job) -> tuple[Text, ...]:
    """A sentence per override that the job rests on, the first few in full; none where the rules alone answered."""
    held = {(slot.unit, task.task, task.mode) for slot in job.slots for task in slot.tasks if task.overridden}
    found: dict[VerdictOverride, Verdict] = {}
    for verdict in result.verdicts:
        here = any(
            (task, mode) == (verdict.task, verdict.mode) and verdict.unit in (unit, "") for unit, task, mode in held
        )
        if verdict.override is not None and verdict.by_coordinator and here:
            found.setdefault(verdict.override.by, verdict)
    said = [_sentence(result, verdict, by, verdict.override.was) for by, verdict in found.items() if verdict.override]
    more = len(said) - _MOST
    return (*said[:_MOST], both(_MORE, n=more)) if more > 0 else tuple(said)


def _sentence(result: SiteResult, verdict: Verdict, by: VerdictOverride, was: Suitability) -> Text:
    reason = " ".join(by.reason.split())
    return both(
        _RESTS,
        task=label_of(result, verdict.task),
        mode=words.MODE[verdict.mode],
        was=both(Text("{mark}{answer}", "{mark} {answer}"), mark=words.MARK[was], answer=words.SUITABILITY[was]),
        signed=signed(by),
        reason=same(reason if len(reason) <= _REASON_CHARS else reason[: _REASON_CHARS - 1] + "…"),
    )
