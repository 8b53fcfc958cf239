"""What the manual says, as records with both languages: wording comes here, page layout elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from carveout import words
from carveout.casebook import (
    Alike,
    Book,
    Commonness,
    Context,
    Gap,
    Plan,
    Standing,
    Story,
    alike,
    differences,
    plans,
    stories,
)
from carveout.followup import Opening, Partner
from carveout.followup.records import NO_MATCH, ORIGIN, STATUS
from carveout.language import LANGUAGES, Text
from carveout.model import Kind

_NAMED = 3
COMMONNESS: Mapping[Commonness, Text] = {
    Commonness.COMMON: Text("共通", "Common"),
    Commonness.SPECIFIC: Text("その施設に固有", "Specific to some sites"),
    Commonness.UNKNOWN: Text("まだ言えない", "Not yet known"),
}


@dataclass(frozen=True, slots=True)
class ManualRow:
    """Findings that differ in their task alone as a line of a table. gap: what would settle them, None = settled."""

    task: Text
    mode: Text
    mark: str
    answer: Text
    context: Text
    seen: Text
    interval: str
    gap: Text | None


@dataclass(frozen=True, slots=True)
class ManualSection:
    """Findings of one kind of site that stand alike."""

    kind: Text
    commonness: Commonness
    rows: tuple[ManualRow, ...]


@dataclass(frozen=True, slots=True)
class ManualSite:
    """A site beside the others: how it was observed, what it lacks and what is its own."""

    name: str
    kind: Text
    constructed: bool
    lacking: tuple[Text, ...]
    own: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class ManualPlan:
    """What to observe next at sites of one kind, line by line."""

    kind: Text
    lines: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class ManualCase:
    """The story of one opening, step by step: what was carved out, what the employer said, what changed later."""

    title: Text
    lines: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Manual:
    """The whole skeleton."""

    title: Text
    dated: date
    lead: tuple[Text, ...]
    sections: tuple[ManualSection, ...]
    plans: tuple[ManualPlan, ...]
    sites: tuple[ManualSite, ...]
    cases: tuple[ManualCase, ...]
    told: tuple[ManualCase, ...]  # by the report


def manual(
    book: Book,
    labels: Mapping[str, Text],
    *,
    dated: date,
    openings: Iterable[Opening] = (),
    most: int = 200,
) -> Manual:
    """The manual's skeleton from a casebook and the center's openings.

    labels: task code -> wording. most: lines of a section, the surest first.
    """
    kinds = sorted({one.kind for one in book.sites}, key=list(Kind).index)
    names = names_of(book)
    sections = tuple(
        ManualSection(words.KIND[kind], commonness, rows)
        for commonness in Commonness
        for kind in kinds
        if (rows := tuple(_row(one, labels, names) for one in alike(book.of(commonness)) if _kind(one) is kind)[:most])
    )
    sites = tuple(
        ManualSite(
            one.name or one.site, words.KIND[one.kind], one.constructed,
            tuple(finding_said(d.standing, labels) for d in differences(one, book) if not d.has),
            tuple(finding_said(d.standing, labels) for d in differences(one, book) if d.has),
        )
        for one in book.sites
    )  # fmt: skip
    planned = tuple(
        ManualPlan(words.KIND[plan.kind], plan_said(plan, book, names)) for plan in plans(book) if plan.open
    )
    cases = tuple(case_of(opening) for opening in sorted(openings, key=lambda one: one.id))
    return Manual(_TITLE, dated, _lead(book), sections, planned, sites, cases, tuple(map(case_of_story, stories())))


def names_of(book: Book) -> dict[str, str]:
    """Site -> what people call it."""
    return {one.site: one.name or one.site for one in book.sites}


def case_of_story(story: Story) -> ManualCase:
    """A case the report tells."""
    learned = _LEARNED.format({"what": story.learned.ja}, {"what": story.learned.en})
    source = _SOURCE.format(*2 * ({"what": story.source},))
    return ManualCase(story.title, (story.place, *story.steps, learned, source))


def case_of(opening: Opening) -> ManualCase:
    """The story of an opening in the order of its dates."""
    told = [(step.on, 0, _line(step.on, STATUS[step.status], step.reason)) for step in opening.steps]
    for match in opening.matches:
        said = Text("会員と引き合わせた", "A member was matched")
        if match.failed is not None:
            said = _NOT_MATCHED.format({"why": NO_MATCH[match.failed].ja}, {"why": NO_MATCH[match.failed].en})
        told.append((match.on, 1, _line(match.on, said, match.note)))
    for interview in opening.interviews:
        answers = [answer for answer in interview.said.values() if answer.strip()]
        said = _WORKER if interview.partner is Partner.WORKER else _EMPLOYER
        told.append((interview.on, 2, _line(interview.on, said, " / ".join(answers))))
    first = Text(
        f"見つけ方：{ORIGIN[opening.origin].ja}、契約の形：{words.CHANNEL[opening.channel].ja}",
        f"Found: {ORIGIN[opening.origin].en}; form of contract: {words.CHANNEL[opening.channel].en}",
    )
    title = f"{opening.site} — {opening.work}"
    return ManualCase(Text(title, title), (first, *(line for _, _, line in sorted(told, key=lambda t: t[:2]))))


def gap_said(gap: Gap, kind: Kind, names: Mapping[str, str]) -> Text:
    """What to observe so that a finding is settled. names: site -> what people call it."""
    parts = []
    if gap.again:
        few, more = [names.get(site, site) for site in gap.again[:_NAMED]], len(gap.again) - _NAMED
        parts.append(
            _AGAIN.format(
                {"sites": "、".join(few) + (f"ほか{more}か所" if more > 0 else "")},
                {"sites": ", ".join(few) + (f" and {more} more" if more > 0 else "")},
            )
        )
    if gap.sites is None:
        parts.append(_DIVIDED)
    elif gap.sites:
        days = {language: words.weekdays(gap.weekdays, language) for language in LANGUAGES}
        ja, en = (
            {"n": gap.sites, "kind": words.KIND[kind].in_(language), "day": _on_day(days[language], language)}
            for language in LANGUAGES
        )
        parts.append(_MORE.format(ja, en))
    return Text("".join(one.ja for one in parts), " ".join(one.en for one in parts))


def plan_said(plan: Plan, book: Book, names: Mapping[str, str]) -> tuple[Text, ...]:
    """What would settle what is open at sites of one kind, in sentences. names: site -> what people call it."""
    days = round(book.rule.numbers["days_to_show"])
    said = [_COUNTED.format(*2 * ({"counted": plan.counted, "sites": plan.sites, "open": plan.open, "days": days},))]
    ends = dict.fromkeys((plan.steps[0], plan.steps[-1])) if plan.steps else {}
    kind = words.KIND[plan.kind]
    for sites, settled in ends:
        told = {"sites": sites, "days": days, "settled": settled}
        said.append(_FURTHER.format({**told, "kind": kind.ja}, {**told, "kind": kind.en.lower()}))
    if plan.weekdays:
        twice = round(book.rule.numbers["weekdays_to_show"])
        ja, en = (
            {"day": words.weekdays(plan.weekdays, language), "peaks": plan.peaks, "twice": twice}
            for language in LANGUAGES
        )
        said.append(_PEAKS.format(ja, en))
    for site, held in plan.again[:_NAMED]:
        said.append(_SEE_AGAIN.format(*2 * ({"site": names.get(site, site), "held": held},)))
    if plan.divided:
        said.append(_DIVIDED_ALL.format(*2 * ({"n": plan.divided},)))
    return tuple(said)


def tasks_said(found: Alike, labels: Mapping[str, Text]) -> Text:
    """The tasks of findings told together."""
    own = [_label(task, labels) for task in found.tasks]
    return Text("、".join(one.ja for one in own), ", ".join(one.en for one in own))


def _kind(found: Alike) -> Kind:
    return found.first.finding.kind


def _row(found: Alike, labels: Mapping[str, Text], names: Mapping[str, str]) -> ManualRow:
    one = found.first
    finding = one.finding
    seen = _SEEN.format(*2 * ({"k": one.k, "n": one.n},)) if one.n else _NOT_COUNTED
    return ManualRow(
        tasks_said(found, labels), words.MODE[finding.mode], words.MARK[finding.suitability],
        words.SUITABILITY[finding.suitability], context_said(finding.context),
        seen, f"{one.low:.0%}–{one.high:.0%}" if one.n else "",
        gap_said(one.gap, finding.kind, names) if one.gap else None,
    )  # fmt: skip


def context_said(context: Context) -> Text:
    """Where a task stands, in words."""
    said = words.PATTERN[context.pattern]
    return Text(f"{said.ja}・手薄な時間帯", f"{said.en}, when staff are few") if context.thin else said


def finding_said(one: Standing, labels: Mapping[str, Text]) -> Text:
    """A finding in one line: task, form, mark, context, and at how many sites."""
    task, finding = _label(one.finding.task, labels), one.finding
    context = context_said(finding.context)
    mode, mark = words.MODE[finding.mode], words.MARK[finding.suitability]
    return Text(
        f"{task.ja}（{mode.ja} {mark}、{context.ja}）、{one.n}施設中{one.k}施設",
        f"{task.en} ({mode.en} {mark}; {context.en}), at {one.k} of {one.n} sites",
    )


def _label(task: str, labels: Mapping[str, Text]) -> Text:
    return labels.get(task, Text(task, task))


def _line(on: str, said: Text, more: str) -> Text:
    return Text(f"{on}　{said.ja}" + (f"：{more}" if more else ""), f"{on}: {said.en}" + (f" – {more}" if more else ""))


def _on_day(days: str, language: str) -> str:
    if not days:
        return ""
    return f"{days}に" if language == "ja" else f" on {days}"


def _lead(book: Book) -> tuple[Text, ...]:
    rule = book.rule
    counted = {kind: sum(one.kind is kind for one in book.sites) for kind in Kind}
    ja = "、".join(f"{words.KIND[kind].ja}{n}か所" for kind, n in counted.items() if n)
    en = ", ".join(f"{n} × {words.KIND[kind].en.lower()}" for kind, n in counted.items() if n)
    lead = [
        Text(f"観察した施設：{ja or 'なし'}", f"Observed sites: {en or 'none'}"),
        _RULE.format(*2 * ({"date": rule.version.isoformat(), "low": f"{rule.numbers['common_low']:.0%}",
                            "high": f"{rule.numbers['specific_high']:.0%}", "level": f"{rule.numbers['interval']:.0%}",
                            "days": round(rule.numbers["days_to_show"])},)),
    ]  # fmt: skip
    made_up = sum(one.constructed for one in book.sites)
    if made_up:
        lead.append(_MADE_UP.format(*2 * ({"n": made_up},)))
    return tuple(lead)


_TITLE = Text("ジョブコーディネータの手引き（骨組み）", "Manual for job coordinators (skeleton)")
_SEEN = Text("{n}施設中{k}施設", "{k} of {n} sites")
_NOT_COUNTED = Text("数えられる施設がまだない", "no site counts yet")
_RULE = Text(
    "数え方：{days}日以上観察した施設のうち、その知見が見られた施設の割合を、正確な{level}区間で示します。"
    "区間の下端が{low}を超えれば「共通」、上端が{high}を下回れば「その施設に固有」、どちらでもなければ「まだ言えない」です（{date}に定めた規則）。",
    "How it is counted: of the sites observed for {days} days or more, the share that shows a finding, with its exact "
    "{level} interval. Common: the lower end is above {low}. Specific: the upper end is below {high}. Otherwise not "
    "yet known (rule set on {date}).",
)
_MADE_UP = Text(
    "うち{n}施設の記録は教材として作ったもので、実際に観察したものではありません。",
    "{n} of the records were made up for teaching; nobody observed them.",
)
_AGAIN = Text("{sites}をもう数日観察してください。", "Observe a few more days at {sites}.")
_MORE = Text("{day}{kind}をあと{n}か所観察してください。", "Observe {n} more sites ({kind}){day}.")
_DIVIDED = Text(
    "施設によって分かれています。違いの条件を書き留めてください。", "Sites differ; note under which conditions."
)
_COUNTED = Text(
    "{days}日以上観察したユニットのある施設が{sites}か所のうち{counted}か所。まだ言えないことは{open}件です。",
    "Sites with a unit observed for {days} days or more: {counted} of {sites}. Findings still open: {open}.",
)
_FURTHER = Text(
    "{kind}をあと{sites}か所、それぞれ{days}日以上観察し、どこでも同じように見られれば、{settled}件が「共通」と言えます。",
    "Seen alike at {sites} more sites of this kind ({kind}), {days} days or more each, findings that become common: "
    "{settled}.",
)
_PEAKS = Text(
    "{day}を{twice}日以上含めてください。その曜日に集中する業務が{peaks}件あり、ほかの曜日では分かりません。",
    "Include at least {twice} days on {day}: work of that weekday (findings: {peaks}) shows on no other.",
)
_SEE_AGAIN = Text(
    "{site}をもう数日観察してください。そこで見かけただけで、まだ数えられないことが{held}件あります。",
    "Observe a few more days at {site}; findings glimpsed there, too seldom to count: {held}.",
)
_DIVIDED_ALL = Text(
    "{n}件は施設によって分かれています。数を増やすより、どんな条件で違うのかを書き留めてください。",
    "Findings on which sites differ: {n}. Rather than observing more, note under which conditions.",
)
_LEARNED = Text("学べること：{what}", "What it teaches: {what}")
_SOURCE = Text("出典：{what}", "Source: {what}")
_NOT_MATCHED = Text("引き合わせは成り立たなかった（{why}）", "A match failed ({why})")
_WORKER = Text("働く人の声", "The worker said")
_EMPLOYER = Text("事業者の声", "The employer said")
