"""Sites beside one another: what all share, what is one's own, what is still open, and what to observe next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import streamlit as st

from carveout import words
from carveout.app import archive_here, openings, sites
from carveout.app.wording import in_html, in_markdown, language, says, t
from carveout.casebook import (
    Alike,
    Book,
    Commonness,
    Standing,
    alike,
    casebook,
    differences,
    findings_of,
    nearest,
    plans,
    stories,
)
from carveout.casebook.findings import SiteFindings
from carveout.language import LANGUAGES, Language, Text
from carveout.manual import Manual, ManualCase, case_of, case_of_story, html, manual, word
from carveout.manual.content import context_said, finding_said, gap_said, names_of, plan_said, tasks_said
from carveout.model import Kind, SiteResult, Weekday
from carveout.next_days import DayToObserve, best_days, days_worth_observing
from carveout.store import StoreError

STYLE = Path(openings.__file__).parent / "learning.css"
_SHOWN = 8
_DAYS = 6
_MIME = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html",
}


def render() -> None:
    """The page: which sites, what they share, one of them beside the rest, and the manual to take along."""
    st.html(STYLE)
    st.html(f'<p class="co-lead">{in_html(t("casebook.lead"))}</p>')
    with st.spinner(t("app.loading")):
        found = {entry.key: entry for entry in sites.entries()}
    chosen = _chosen(found)
    if not chosen:
        st.info(t("casebook.none"))
        return
    results = _results([found[key] for key in chosen])
    if not results:
        st.info(t("casebook.nothing_seen"))
        return
    labels = {code: label for _, result in results for code, label in result.task_labels.items()}
    book = casebook([shown for shown, _ in results])
    _made_up(book)
    _plans(book)
    _findings(book, labels)
    _one_site(book, results, found, labels)
    _stories()
    _manual(book, labels)


def _chosen(found: Mapping[str, sites.Entry]) -> list[str]:
    """Which sites to compare: those really observed if there are any, else those made up for teaching, each once."""
    named = Counter(entry.name for entry in found.values())
    names = {key: _named(entry) if named[entry.name] > 1 else entry.name for key, entry in found.items()}
    usual = [key for key, entry in found.items() if not entry.constructed]
    if not usual:
        once: dict[str, str] = {}
        for key, entry in found.items():
            once.setdefault(entry.site, key)
        usual = list(once.values())
    chosen: list[str] = st.pills(
        t("casebook.sites"), list(found), selection_mode="multi", default=usual, key="casebook.sites",
        format_func=names.__getitem__,
    )  # fmt: skip
    return [key for key in found if key in chosen]


def _named(entry: sites.Entry) -> str:
    """A site whose name another one bears as well."""
    origin = "kept" if entry.stored else "file" if entry.files else "bundled"
    return t(f"casebook.{origin}", name=entry.name)


def _results(entries: Sequence[sites.Entry]) -> list[tuple[SiteFindings, SiteResult]]:
    """Each site analysed, with progress; one that cannot be is said and left out. A site of one id counts once."""
    found: dict[str, tuple[SiteFindings, SiteResult]] = {}
    bar = st.progress(0.0, t("casebook.reading")) if len(entries) > 2 else None
    for number, entry in enumerate(entries, 1):
        try:
            result = sites.result_of(entry)
            found.setdefault(entry.key, (_findings_of(entry.digest, entry.index, entry.key, result), result))
        except sites.NothingSeenError:
            pass
        except StoreError as error:
            archive_here.broken(error)
        if bar is not None:
            bar.progress(number / len(entries), t("casebook.reading"))
    if bar is not None:
        bar.empty()
    return list(found.values())


@st.cache_resource(show_spinner=False, max_entries=512)
def _findings_of(digest: str, index: int, key: str, _result: SiteResult) -> SiteFindings:  # noqa: ARG001 - cache key
    # A copy of a bundled site is a site of its own here, whatever its id.
    return replace(findings_of(_result), site=key)


def _made_up(book: Book) -> None:
    n = sum(one.constructed for one in book.sites)
    if n:
        st.html(f'<p class="co-notice" role="note">{in_html(t("casebook.made_up", n=n, of=len(book.sites)))}</p>')


def _plans(book: Book) -> None:
    """What would make more of it known: further sites, weekdays, sites to see again."""
    own = [plan for plan in plans(book) if plan.open]
    if not own:
        return
    st.subheader(t("casebook.plan"), anchor=False)
    names = names_of(book)
    for plan, column in zip(own, st.columns(len(own), gap="large"), strict=True):
        with column:
            st.html(f'<p class="co-body"><b>{in_html(says(words.KIND[plan.kind]))}</b></p>')
            st.html(_list([says(line) for line in plan_said(plan, book, names)]))


def _findings(book: Book, labels: Mapping[str, Text]) -> None:
    counts = {one: len(book.of(one)) for one in Commonness}
    names = {one: t(f"casebook.is_{one}", n=counts[one]) for one in Commonness}
    first = next((one for one in Commonness if counts[one]), Commonness.COMMON)
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    with left:
        which = st.segmented_control(
            t("casebook.standing"), list(Commonness), key="casebook.standing", format_func=names.__getitem__,
            default=first, required=True,
        )  # fmt: skip
    kinds = sorted({one.finding.kind for one in book.standings}, key=list(Kind).index)
    with right:
        kind_names = {kind: says(words.KIND[kind]) for kind in kinds}
        kind = st.selectbox(t("casebook.kind"), kinds, key="casebook.kind", format_func=kind_names.__getitem__)
    rule = book.rule
    told = t(
        "casebook.rule", days=round(rule.numbers["days_to_show"]), level=f"{rule.numbers['interval']:.0%}",
        low=f"{rule.numbers['common_low']:.0%}", high=f"{rule.numbers['specific_high']:.0%}",
        date=rule.version.isoformat(),
    )  # fmt: skip
    st.html(f'<p class="co-small">{in_html(told)}</p>')
    own = [one for one in alike(book.of(which or first)) if one.first.finding.kind is kind]
    if not own:
        st.html(f'<p class="co-body">{in_html(t("casebook.no_finding"))}</p>')
        return
    called = names_of(book)
    st.html(_table(own[:_SHOWN], labels, called))
    if len(own) > _SHOWN:
        with st.expander(t("casebook.more", n=len(own) - _SHOWN)):
            st.html(_table(own[_SHOWN:], labels, called))


def _table(found: Sequence[Alike], labels: Mapping[str, Text], site_names: Mapping[str, str]) -> str:
    names = ("task", "form", "context", "seen")
    head = "".join(f'<th scope="col">{in_html(t(f"casebook.column_{name}"))}</th>' for name in names)
    lines = []
    for together in found:
        one, finding = together.first, together.first.finding
        task = says(tasks_said(together, labels))
        mode = f"{words.MARK[finding.suitability]} {says(words.MODE[finding.mode])}"
        seen = t("casebook.of", k=one.k, n=one.n) if one.n else t("casebook.uncounted")
        # How many sites more is told above for all; here stands what this line asks for besides.
        special = one.gap is not None and (one.gap.again or one.gap.weekdays or one.gap.sites is None)
        gap = says(gap_said(one.gap, finding.kind, site_names)) if one.gap and special else ""
        cells = "".join(f"<td>{in_html(cell)}</td>" for cell in (mode, says(context_said(finding.context))))
        more = f"<br><small>{in_html(gap)}</small>" if gap else ""
        lines.append(f'<tr><th scope="row">{in_html(task)}</th>{cells}<td>{in_html(seen)} {_bar(one)}{more}</td></tr>')
    return (
        f'<div class="co-wide" tabindex="0"><table class="co-table co-standings"><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(lines)}</tbody></table></div>"
    )


def _bar(one: Standing) -> str:
    """The share with its interval: a line from end to end, a dot where it was seen, and the same in figures."""
    if not one.n:
        return ""
    left, wide, dot = 100 * one.low, 100 * (one.high - one.low), 100 * one.k / one.n
    return (
        f'<span class="co-interval" aria-hidden="true"><i style="left:{left:.0f}%;width:{wide:.0f}%"></i>'
        f'<b style="left:{dot:.0f}%"></b></span><small>{one.low:.0%}–{one.high:.0%}</small>'
    )


def _one_site(
    book: Book,
    results: Sequence[tuple[SiteFindings, SiteResult]],
    entries: Mapping[str, sites.Entry],
    labels: Mapping[str, Text],
) -> None:
    st.subheader(t("casebook.one_site"), anchor=False)
    by_key = {shown.site: (shown, result) for shown, result in results}
    names = {key: shown.name or key for key, (shown, _) in by_key.items()}
    key = st.selectbox(t("choose.site"), list(by_key), key="casebook.site", format_func=names.__getitem__)
    shown, _ = by_key[key]
    left, right = st.columns(2, gap="large")
    with left:
        _beside(shown, book, labels, names)
    with right:
        _next(sites.result_of(entries[key], jobs=True), labels)


def _beside(shown: SiteFindings, book: Book, labels: Mapping[str, Text], names: Mapping[str, str]) -> None:
    found = differences(shown, book)
    for title, has in (("casebook.lacks", False), ("casebook.own", True)):
        own = [one for one in found if one.has is has]
        if own:
            st.markdown(f"**{t(title)}**")
            st.html(_list([says(finding_said(one.standing, labels)) for one in own]))
    if not found:
        st.html(f'<p class="co-body">{in_html(t("casebook.alike"))}</p>')
    near = nearest(shown, book, most=3)
    if near:
        st.markdown(f"**{t('casebook.nearest')}**")
        st.html(
            _list(
                [
                    t("casebook.near", name=names.get(one.site, one.site), k=one.k, n=one.n, low=f"{one.low:.0%}")
                    for one in near
                ]
            )
        )


def _next(result: SiteResult, labels: Mapping[str, Text]) -> None:
    """Which day to observe next, and what it is expected to settle."""
    st.markdown(f"**{t('casebook.next')}**")
    days = days_worth_observing(result)
    if not days:
        st.html(f'<p class="co-body">{in_html(t("casebook.settled"))}</p>')
        return
    lines = []
    for day, weekdays in _together(days)[:_DAYS]:
        tasks = t("map.join").join(says(labels.get(task, Text(task, task))) for task in day.tasks[:3])
        stretch = "" if day.end - day.start >= 24 * 60 else t("casebook.mostly", span=words.span(day.start, day.end))
        new = t("casebook.unseen") if day.unseen else ""
        lines.append(
            f"<li><b>{in_html(t('casebook.day', unit=day.unit, day=words.weekdays(weekdays, language())))}</b> "
            f'<span class="co-gain" aria-hidden="true"><i style="width:{100 * day.gain:.1f}%"></i></span> '
            f"{in_html(t('casebook.gain', share=f'{day.gain:.1%}'))}<br><small>{in_html(stretch)}{in_html(new)}"
            f"{in_html(t('casebook.about', tasks=tasks) if tasks else '')}</small></li>"
        )
    st.html(f'<ol class="co-list">{"".join(lines)}</ol>')
    several = [f"{day.unit} {words.weekdays([day.weekday], language())}" for day in best_days(result, 3)]
    told = t("casebook.several", days=t("map.join").join(several))
    st.html(f'<p class="co-small">{in_html(told)}</p>')


def _together(days: Sequence[DayToObserve]) -> list[tuple[DayToObserve, list[Weekday]]]:
    """Days of one unit that would tell the same, as one with all their weekdays."""
    found: dict[tuple[object, ...], tuple[DayToObserve, list[Weekday]]] = {}
    for day in days:
        what = (day.unit, round(day.gain, 9), day.tasks, day.unseen)
        found.setdefault(what, (day, []))[1].append(day.weekday)
    return [(day, [one for one in Weekday if one in weekdays]) for day, weekdays in found.values()]


def _stories() -> None:
    """Cases to learn from: one's own first, then those the report tells."""
    st.subheader(t("casebook.stories"), anchor=False)
    st.html(f'<p class="co-lead">{in_html(t("casebook.stories_lead"))}</p>')
    own = [case_of(one) for one in sorted(openings.seen(), key=lambda one: one.id)]
    for place, case in enumerate((*own, *map(case_of_story, stories()))):
        with st.expander(in_markdown(says(case.title)), key=f"casebook.story.{place}"):
            st.html(_story(case))


def _story(case: ManualCase) -> str:
    return _list([says(line) for line in case.lines])


def _manual(book: Book, labels: Mapping[str, Text]) -> None:
    st.subheader(t("casebook.manual"), anchor=False)
    st.html(f'<p class="co-lead">{in_html(t("casebook.manual_lead"))}</p>')
    own = openings.seen()
    st.html(f'<p class="co-small">{in_html(t("casebook.cases", n=len(own)))}</p>')
    today = datetime.now(UTC).date()
    told = manual(book, labels, dated=today, openings=own)
    with st.container(horizontal=True):
        for lang in LANGUAGES:
            for kind in ("docx", "html"):
                st.download_button(
                    t(f"casebook.take_{kind}_{lang}"), _file(told, lang, kind), key=f"casebook.take.{kind}.{lang}",
                    file_name=f"manual-{today.isoformat()}.{lang}.{kind}", mime=_MIME[kind], on_click="ignore",
                    icon=":material/download:",
                )  # fmt: skip


def _file(told: Manual, lang: Language, kind: str) -> Callable[[], bytes]:
    """Makes the file only when somebody takes it."""

    def made() -> bytes:
        return word(told, lang) if kind == "docx" else html(told, lang).encode()

    return made


def _list(lines: Sequence[str]) -> str:
    return '<ul class="co-list">' + "".join(f"<li>{in_html(line)}</li>" for line in lines) + "</ul>"


if __name__ == "__main__":
    render()
