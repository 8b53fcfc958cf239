"""What an employer's sheet says, before any layout: every text in both languages, nothing that nobody observed or said.

`propose` gathers a job's facts in the order in which an employer asks: what do we gain, what does the person do and
when, what stays ours, on which conditions, how may it grow, and what does all this rest on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from carveout import words
from carveout.charts.before_after_svg import svg
from carveout.effects import effects
from carveout.jobs import Draft
from carveout.language import Text
from carveout.model import Job, SiteResult
from carveout.proposal import benefit, steps, terms
from carveout.proposal.left_alone import LeftAlone, left_alone
from carveout.proposal.phrases import NOTHING, both, joined, same
from carveout.proposal.work import Shift, TaskLine, Week, hours_in_words, shifts_of, task_lines, week_of

_TO = Text("{name} 御中", "To {name}")
_DATE = Text("{year}年{month}月{day}日", "{year}-{month:02d}-{day:02d}")
_NO_DATE = Text("　　　　年　　月　　日", "Date: ______________")
_SUMMARY = Text("第{stage}段階の案 ／ {people} ／ {channel}", "Stage {stage} / {people} / {channel}")
_MOST_REASONS = 2
_PICTURE_PX = 740


@dataclass(frozen=True, slots=True)
class Proposal:
    """An employer's sheet for one job, worded in both languages; a `Text` without words is left off the sheet.

    Fields to be answered by people hold the answer or a blank line. picture: work at hand before and after, as SVG.
    starts: the day it begins, if one was answered. seen_until: the last day whose rules it was held against; calendars
    without a start begin after `dated` or it.
    """

    job: str
    employer: Text
    unit: Text
    day: Text
    notice: Text
    title: Text
    summary: Text
    headline: Text
    benefits: tuple[Text, ...]
    freed_time: Text
    tasks: tuple[TaskLine, ...]
    sometimes: tuple[TaskLine, ...]
    week: Week
    hours: tuple[Text, ...]
    why: tuple[Text, ...]
    people: Text
    before_after: tuple[benefit.BeforeAfter, ...]
    left_alone: tuple[LeftAlone, ...]
    left_alone_more: Text
    directs: Text
    asks: Text
    training: Text
    needs: tuple[terms.NeedGroup, ...]
    channel: Text
    channel_reason: Text
    other_channels: tuple[terms.ChannelLine, ...]
    absence: Text
    place: Text
    start: Text
    term: Text
    pay: Text
    steps: tuple[steps.StepLine, ...]
    steps_note: Text
    limits: tuple[terms.LimitLine, ...]
    limits_more: Text
    broken: tuple[terms.LimitLine, ...]
    evidence: tuple[Text, ...]
    remarks: Text
    checked_by: Text
    to_check: bool
    picture: Text
    shifts: tuple[Shift, ...]
    dated: date | None
    starts: date | None
    seen_until: date | None


def propose(result: SiteResult, job: Job, draft: Draft | None = None, *, on: date | None = None) -> Proposal:
    """The employer's sheet of one job.

    job: of `result`, or what `jobs.shape` made of `draft`. on: the date on the sheet; without one it is left blank to
    fill in, so that the same input always gives the same sheet.
    """
    answers: Mapping[str, str] = {} if draft is None else {k: " ".join(v.split()) for k, v in draft.answers.items()}
    found = effects(result, job)
    lines = task_lines(result, job)
    groups, more = left_alone(result, job)
    stages, note = steps.step_lines(result, job, "" if draft is None else draft.base)
    needs = terms.need_groups(result, job)
    broken, kept, rest = terms.split_limits(job)
    starts = _day(answers.get("start_date", ""))
    return Proposal(
        job=job.id,
        employer=both(_TO, name=result.name or result.site),
        unit=joined(words.unit_name(unit) for unit in dict.fromkeys(slot.unit for slot in job.slots)),
        day=_NO_DATE if on is None else _written(on),
        notice=words.CONSTRUCTED if result.constructed else NOTHING,
        title=job.title,
        summary=_summary(job),
        headline=benefit.headline(found),
        benefits=benefit.benefits(result, job, found),
        freed_time=terms.or_blank(answers.get("freed_time", "")),
        tasks=tuple(line for line in lines if line.promised),
        sometimes=tuple(line for line in lines if not line.promised),
        week=week_of(job),
        hours=hours_in_words(job),
        why=job.choice[:_MOST_REASONS],
        people=terms.people(job),
        before_after=benefit.before_after(job, found),
        left_alone=groups,
        left_alone_more=more,
        directs=terms.directs(job, answers.get("directs", "")),
        asks=terms.or_blank(answers.get("asks", "")),
        training=terms.or_blank(answers.get("training", "")),
        needs=needs,
        channel=terms.channel_name(job.channel),
        channel_reason=job.channel_reason,
        other_channels=terms.other_channels(job),
        absence=terms.or_blank(answers.get("absence", "")),
        place=terms.or_blank(answers.get("place", "")),
        start=_written(starts) if starts else terms.or_blank(answers.get("start_date", "")),
        term=terms.or_blank(answers.get("term", "")),
        pay=terms.or_blank(answers.get("pay", "")),
        steps=stages,
        steps_note=note,
        limits=kept,
        limits_more=rest,
        broken=broken,
        evidence=benefit.evidence(result, job, (draft.on if draft else "") or result.on),
        remarks=same(answers.get("remarks", "")),
        checked_by=terms.or_blank(answers.get("checked_by", "")),
        to_check=any(one.to_check for one in needs) or any(one.to_check for one in (*kept, *broken)),
        picture=Text(svg(found, result, "ja", _PICTURE_PX), svg(found, result, "en", _PICTURE_PX)),
        shifts=shifts_of(result, job),
        dated=on,
        starts=starts,
        seen_until=_day(result.on),
    )


def _summary(job: Job) -> Text:
    people = Text(f"{job.people}人", "1 person" if job.people == 1 else f"{job.people} persons")
    return both(_SUMMARY, stage=job.stage, people=people, channel=terms.channel_name(job.channel))


def _written(day: date) -> Text:
    return both(_DATE, year=day.year, month=day.month, day=day.day)


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None
