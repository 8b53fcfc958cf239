"""What the session has chosen (site, unit, day), kept from page to page and in the address, so that F5 keeps it too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from carveout.app import archive_here, sites
from carveout.app.places import VIEWS
from carveout.app.wording import apart, in_html, says, t
from carveout.charts.picture import days_of, telling_day, weekday_of
from carveout.model import SiteResult
from carveout.store import StoreError
from carveout.words import CONSTRUCTED, OVERRIDE_SIGN, WEEKDAY, unit_name

USUAL = "usual"


@dataclass(frozen=True, slots=True)
class Chosen:
    """The site on screen and its unit."""

    entry: sites.Entry
    result: SiteResult
    unit: str


def remembered(label: str, options: Sequence[str], name: str, shown: Callable[[str], str], where: str) -> str:
    """A select box whose choice outlives the page and stands in the address under `name`; `where` names the page."""
    key = f"{where}.{name}"
    kept = (st.session_state.get(f"kept.{name}"), st.query_params.get(name))
    if st.session_state.get(key) not in options:
        st.session_state[key] = next((one for one in kept if one in options), options[0])
    names = apart({one: shown(one) for one in options})
    value: str = st.selectbox(label, options, key=key, format_func=names.__getitem__)
    st.session_state[f"kept.{name}"] = value
    if st.query_params.get(name) != value:
        st.query_params[name] = value
    return value


def choose(
    where: str, with_day: bool = False, *, with_unit: bool = True, whole: bool = False, jobs: bool = False
) -> tuple[Chosen, str | None] | None:
    """Let one choose site, unit and on the map the day; None, with a word about it, when there is no site at all.

    whole: the whole site may be chosen in place of a unit, which is then "". jobs: the page looks at the site's jobs.
    """
    with st.spinner(t("app.loading")):
        found = sites.entries()
    if not found:
        st.subheader(t("app.no_site_title"), anchor=False)
        st.write(t("app.no_site"))
        return None
    by_key = {entry.key: entry for entry in found}
    if (asked := st.query_params.get("site", "")) and asked not in by_key:
        st.info(t("app.site_gone" if asked.startswith("own-") else "app.site_unknown"))
    columns = st.columns([5, 3, 4], vertical_alignment="bottom")
    with columns[0]:
        key = remembered(t("choose.site"), list(by_key), "site", site_names(found).__getitem__, where)
    entry = by_key[key]
    result = _result(entry, jobs=jobs)
    if result is None:
        return None
    unit = ""
    if with_unit:
        units = result.units or ("",)
        options = list(dict.fromkeys(("", *units))) if whole and len(units) > 1 else list(units)
        with columns[1]:
            unit = remembered(t("choose.unit"), options, "unit", _unit_name, where)
    day = None
    if with_day:
        with columns[2]:
            days = [d for d in (telling_day(result, unit),) if d]
            days += [d for d in (USUAL, *days_of(result, unit)) if d not in days]
            picked = remembered(t("choose.day"), days, "day", _day_name, where)
        day = None if picked == USUAL else picked
    notice(entry)
    answered = {v.override.by.id for v in result.verdicts if v.override is not None}
    if answered:  # on every page, for an answer that forbids leaves nothing else to see
        told = t("app.answered", sign=says(OVERRIDE_SIGN), n=len(answered))
        st.html(f'<p class="co-notice co-own" role="note">{in_html(told)}</p>')
    return Chosen(entry, result, unit), day


def _result(entry: sites.Entry, *, jobs: bool) -> SiteResult | None:
    """The analysed site; None, with a word about it, where there is nothing to analyse or the store does not answer."""
    try:
        with st.spinner(t("app.loading")):
            return sites.result_of(entry, jobs=jobs)
    except sites.NothingSeenError:
        st.info(t("archive.nothing_seen"), icon=":material/edit_note:")
        if st.button(t("archive.nothing_seen_go"), key="choose.to_archive", type="primary"):
            st.switch_page(str(VIEWS / "archive.py"), query_params={"site": entry.key})
    except StoreError as error:
        archive_here.broken(error)
    return None


def notice(entry: sites.Entry) -> None:
    """Say plainly where the record comes from: made up for teaching, or one's own."""
    if entry.constructed:
        st.html(f'<p class="co-notice" role="note">{in_html(says(CONSTRUCTED))}</p>')
    if entry.files:
        st.html(f'<p class="co-notice co-own" role="note">{in_html(t("app.own_file"))}</p>')
    if entry.stored:
        st.html(f'<p class="co-notice co-own" role="note">{in_html(t("archive.stored_note"))}</p>')
        if n := sites.still_going_on(entry):
            st.html(f'<p class="co-notice" role="note">{in_html(t("app.still_going_on", n=n))}</p>')


def site_names(found: Sequence[sites.Entry]) -> dict[str, str]:
    """What each site is called where one chooses, by its key: no two alike, the site's id added where names are."""
    names = {entry.key: _site_name(entry) for entry in found}
    often = Counter(names.values())
    with_ids = {
        entry.key: f"{names[entry.key]} {entry.site}" if often[names[entry.key]] > 1 else names[entry.key]
        for entry in found
    }
    return apart(with_ids)


def _unit_name(unit: str) -> str:
    return says(unit_name(unit)) if unit else t("choose.whole")


def _site_name(entry: sites.Entry) -> str:
    if entry.stored:
        return t("archive.stored_site", name=entry.name)
    return t("choose.own", name=entry.name) if entry.files else entry.name


def _day_name(day: str) -> str:
    if day == USUAL:
        return t("choose.usual_day")
    return t("choose.dated", day=day, weekday=says(WEEKDAY[weekday_of(day)]))
