"""Who changed what, when and why, day by day; one's own last step taken back; clashes settled."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from carveout import words
from carveout.app import archive_here
from carveout.app.archive import site_history
from carveout.app.archive.day_names import day_name
from carveout.app.archive.shelf import Shelf
from carveout.app.wording import catalogue, in_html, language, says, t
from carveout.charts.style import role
from carveout.language import Text
from carveout.store import Clash, DayInfo, Fact, Keep, Recorded, Store
from carveout.workday import Person, Row, Vocabulary, vocabulary

_EVERY = ""  # in place of a day's key: what was written last on any day
_SITE = "\x00site"  # in place of a day's key: what is of no day
_OF_A_DAY = 10  # entries of each day that may be among the last
_SHOWN = 40  # entries at first; the rest on demand
_LINES = 12  # changes of an entry that are listed
_JAPAN = "Asia/Tokyo"


def draw(shelf: Shelf) -> None:
    """The part `history` of a site's page."""
    store, site = shelf.store, shelf.site
    days = (*shelf.days, *store.days(site, removed=True))
    names = {info.key: day_name(info) for info in sorted(days, key=lambda one: one.date, reverse=True)}
    names |= {**({_EVERY: t("archive.every_day")} if days else {}), _SITE: t("archive.of_the_site")}
    asked = archive_here.day_asked() or next(iter(names))
    key = st.selectbox(
        t("archive.which_day"), list(names), index=list(names).index(asked) if asked in names else 0,
        format_func=names.__getitem__, key=f"archive.history.{site}",
    )  # fmt: skip
    said = vocabulary(shelf.head)
    if key == _SITE:
        _of_site(shelf, said)
        return
    if key == _EVERY:
        _latest(shelf, days, said)
        return
    info = next(one for one in days if one.key == key)
    clashes(shelf, info, said)
    _steps(store, info)
    entries = store.history(info.key)
    limit = len(entries) if st.session_state.get(f"archive.all.{info.key}") else _SHOWN
    body = "".join(_entry(one, said) for one in entries[:limit])
    st.html(f"<div class='co-scroll'><table class='co-table co-history'>{_heads()}{body}</table></div>")
    if len(entries) > limit:
        st.toggle(t("archive.all_entries", n=len(entries)), key=f"archive.all.{info.key}")


def _of_site(shelf: Shelf, said: Vocabulary) -> None:
    """What was changed about the site beside its days; who may come in only for those who decide it."""
    entries = shelf.store.site_history(shelf.site)
    if not archive_here.allowed("manage", shelf.site):
        entries = tuple(one for one in entries if one.kind != "member")
    body = "".join(
        f"<tr><td>{in_html(moment(one.at))}</td><td>{in_html(_who(one.who))}</td>"
        f"<td>{site_history.told(one, said)}</td></tr>"
        for one in entries
    )
    st.html(f"<div class='co-scroll'><table class='co-table co-history'>{_heads()}{body}</table></div>")


def _latest(shelf: Shelf, days: Sequence[DayInfo], said: Vocabulary) -> None:
    """What was written last on any day of the site."""
    found = [(one, info) for info in days for one in _last(shelf.store.id, info.key, info.revision, shelf.store)]
    found.sort(key=lambda pair: pair[0].seq, reverse=True)
    body = "".join(_entry(one, said, day_name(info)) for one, info in found[:_SHOWN])
    st.html(f"<div class='co-scroll'><table class='co-table co-history'>{_heads()}{body}</table></div>")


@st.cache_resource(show_spinner=False, max_entries=5_000)
def _last(store_id: str, key: str, revision: int, _store: Store) -> tuple[Recorded, ...]:  # noqa: ARG001
    return _store.history(key, _OF_A_DAY)


def clashes(shelf: Shelf, info: DayInfo, said: Vocabulary) -> None:
    """What two people wanted of one row, side by side, with the ways to settle it."""
    for clash in shelf.clashes(info):
        with st.container(border=True, key=f"archive-clash-{clash.id}"):
            sides = (
                (t("archive.clash_mine", who=_who(clash.who)), clash.mine, clash.at),
                (t("archive.clash_theirs", who=_who(clash.theirs_who)), clash.theirs, clash.theirs_at),
            )
            told = "".join(
                f"<dt>{in_html(name)}</dt><dd>{in_html(_value(value, said, clash))} "
                f"<small>{in_html(moment(at))}</small></dd>"
                for name, value, at in sides
            )
            st.html(f"<p class='co-body'><b>{in_html(t('archive.clash'))}</b></p><dl class='co-facts'>{told}</dl>")
            if not archive_here.allowed("write", info.site):
                continue
            ways: list[Keep] = ["mine", "theirs", *_both(clash)]
            with st.container(horizontal=True):
                for way in ways:
                    if st.button(t(f"archive.keep_{way}"), key=f"archive.keep.{way}.{clash.id}"):
                        shelf.store.resolve(clash, way, archive_here.by())
                        st.rerun()


def moment(at: str) -> str:
    """A moment of the store (UTC) on the clock of whoever looks."""
    if not at:
        return ""
    try:
        zone = ZoneInfo(st.context.timezone or _JAPAN)
    except (ZoneInfoNotFoundError, ValueError):
        zone = ZoneInfo("UTC")
    return datetime.fromisoformat(at).astimezone(zone).strftime("%Y-%m-%d %H:%M")


def _both(clash: Clash) -> list[Keep]:
    """Both can stand where each is a row."""
    return ["both"] if isinstance(clash.mine, Row) and isinstance(clash.theirs, Row) else []


def _steps(store: Store, info: DayInfo) -> None:
    """One step back or forth of one's own."""
    if info.removed or not archive_here.allowed("write", info.site):
        return
    by = archive_here.by()
    with st.container(horizontal=True):
        if st.button(
            t("archive.undo"), key=f"archive.undo.{info.key}", icon=":material/undo:",
            disabled=not store.can_undo(info.key, by),
        ):  # fmt: skip
            saved = store.undo(info.key, by)
            st.session_state["archive.undone"] = info.key if saved.clashes else ""
            st.rerun()
        if st.button(
            t("archive.redo"), key=f"archive.redo.{info.key}", icon=":material/redo:",
            disabled=not store.can_redo(info.key, by),
        ):  # fmt: skip
            store.redo(info.key, by)
            st.rerun()
    if st.session_state.pop("archive.undone", "") == info.key:
        st.info(t("archive.undo_refused"))


def _heads() -> str:
    names = ("archive.when", "archive.who", "archive.what")
    return "<tr>" + "".join(f"<th scope='col'>{in_html(t(name))}</th>" for name in names) + "</tr>"


def _entry(one: Recorded, said: Vocabulary, day: str = "") -> str:
    """An entry as a line of the table; day: said where entries of several days stand together."""
    lines = [*(_change(change.before, change.after, said) for change in one.changes), *map(_fact, one.facts)]
    listed = "".join(f"<li>{in_html(line)}</li>" for line in lines[:_LINES])
    if len(lines) > _LINES:
        listed += f"<li>{in_html(t('archive.further', n=len(lines) - _LINES))}</li>"
    what = in_html(kind(one)) + (f" <small>{in_html(t('archive.undone'))}</small>" if one.undone else "")
    why = f"<br><small>{in_html(t('archive.why', why=one.why))}</small>" if one.why else ""
    what = f"<b>{in_html(day)}</b><br>{what}" if day else what
    return (
        f"<tr><td>{in_html(moment(one.at))}</td><td>{in_html(_who(one.who))}</td>"
        f"<td>{what}{why}<ul class='co-plain'>{listed}</ul></td></tr>"
    )


def kind(one: Recorded) -> str:
    """What an entry of the record is, in words; an edit's own word where the catalogue has one."""
    messages = catalogue()
    # Of an edit its own word tells more; of anything else the kind does.
    words_of = [f"archive.did_{one.what}", f"archive.kind_{one.kind}"]
    for key in words_of if one.kind == "edit" else words_of[1:]:
        if key in messages:
            return says(messages[key])
    return one.what or one.kind


def _who(who: str) -> str:
    return t("archive.this_machine") if who == "local" else who


def _change(before: Row | None, after: Row | None, said: Vocabulary) -> str:
    if before is None or after is None:
        return t("archive.added" if before is None else "archive.taken", row=_row(after or before, said))
    return t("archive.became", before=_row(before, said), after=_row(after, said))


def _row(row: Row | None, said: Vocabulary) -> str:
    if row is None:
        return t("archive.nothing")
    span = words.span(row.start, row.end) if row.end is not None else t("archive.since", at=words.clock(row.start))
    task = said.resolve(row.task)
    name = says(said.label(task) if task else Text(row.task, row.task))
    return " ".join(part for part in (span, name, t("archive.listed").join(row.staff), row.note) if part)


def _fact(fact: Fact) -> str:
    name, before, after = t(f"archive.fact_{fact.name}"), _said(fact.before), _said(fact.after)
    if fact.before is None or fact.after is None:  # a person listed or taken out, a day begun
        told = before if fact.after is None else after
        return t("archive.added" if fact.before is None else "archive.taken", row=f"{name} {told}")
    return t("archive.fact", name=name, before=before, after=after)


def _value(value: Row | str | bool | Person | None, said: Vocabulary, clash: Clash) -> str:
    if isinstance(value, Row) or (value is None and clash.change is not None):
        return _row(value if isinstance(value, Row) else None, said)
    name = t(f"archive.fact_{clash.fact.name}") if clash.fact else ""
    return f"{name} {_said(value)}".strip()


def _said(value: Row | str | bool | Person | None) -> str:
    if isinstance(value, bool):
        return t("archive.complete" if value else "archive.open_day")
    if isinstance(value, Person):
        job = role(value.role, language()) if value.role else ""
        return " ".join(part for part in (value.id, job, *(words.span(on, off) for on, off in value.on)) if part)
    return str(value) if value else t("archive.nothing")
