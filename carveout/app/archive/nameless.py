"""Names of people in what a file brings: told of before anything is taken in, and taken out by one press."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import streamlit as st

from carveout.app.archive.asking import confirmed, doubtful
from carveout.app.wording import in_markdown, t
from carveout.workday import SiteHead, Workday
from carveout.workday.names import masked, name_in, next_id

Found = Sequence[tuple[SiteHead, tuple[Workday, ...]]]
_TOLD = 20


def people(found: Found) -> dict[str, None]:
    """What stands for people in the days, as ids do."""
    days = [day for _, own in found for day in own]
    listed = [person.id for day in days for person in day.staff]
    return dict.fromkeys(
        [*(day.observer for day in days), *listed, *(w for day in days for r in day.rows for w in r.staff)]
    )


def asked(key: str, found: Found, taken: Iterable[str]) -> tuple[Found, bool]:
    """The days as they are to be taken in, and whether every question about names has been answered.

    taken: ids that people of the sites have. Names in notes give way to a blank unless one says otherwise; names in
    place of ids wait for an answer.
    """
    noted = [name for _, days in found for day in days for row in day.rows if (name := name_in(row.note))]
    if noted:
        names = t("archive.listed").join(in_markdown(name) for name in list(dict.fromkeys(noted))[:_TOLD])
        st.warning(t("archive.note_names", names=names, n=len(noted)), icon=":material/person_alert:")
        if st.checkbox(t("archive.mask_notes"), True, key=f"{key}.mask"):
            found = [(head, tuple(_masked(day) for day in days)) for head, days in found]
    doubts = doubtful(people(found))[:_TOLD]
    if doubts:
        ids = _ids(doubts, {*people(found), *taken})
        pairs = t("archive.listed").join(in_markdown(f"{old} → {new}") for old, new in ids.items())
        if st.checkbox(t("archive.id_names", names=pairs), key=f"{key}.ids.{'|'.join(doubts)}"):
            return [(head, tuple(_renamed(day, ids) for day in days)) for head, days in found], True
    return found, confirmed(key, doubts)


def _ids(names: Sequence[str], taken: set[str]) -> dict[str, str]:
    """A free id for each name."""
    ids: dict[str, str] = {}
    for name in names:
        ids[name] = next_id([*taken, *ids.values()])
    return ids


def _masked(day: Workday) -> Workday:
    return replace(day, rows=tuple(replace(row, note=masked(row.note)) for row in day.rows))


def _renamed(day: Workday, ids: Mapping[str, str]) -> Workday:
    rows = tuple(replace(row, staff=tuple(dict.fromkeys(ids.get(one, one) for one in row.staff))) for row in day.rows)
    staff = tuple(replace(one, id=ids.get(one.id, one.id)) for one in day.staff)
    return replace(day, observer=ids.get(day.observer, day.observer), staff=staff, rows=rows)
