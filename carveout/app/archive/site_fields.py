"""A site's head as fields: kind, name, and an id that is suggested."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count

import streamlit as st

from carveout import words
from carveout.app.archive.asking import confirmed, refused
from carveout.app.wording import in_html, says, t
from carveout.model import Kind
from carveout.store import Store
from carveout.workday import SiteHead
from carveout.workday.names import name_in, name_like

_STEMS = {Kind.CARE_HOME: "care-home-", Kind.NURSERY: "nursery-", Kind.OTHER: "site-"}


@dataclass(frozen=True, slots=True)
class FilledSite:
    """What the fields hold. wrong: what is to be mended before it can be kept."""

    head: SiteHead
    wrong: tuple[str, ...]

    def usable(self) -> SiteHead | None:
        """The head, or None and every complaint said."""
        for sentence in self.wrong:
            refused(sentence)
        return None if self.wrong else self.head


def site_fields(store: Store, key: str) -> FilledSite:
    """The fields of a new site. key: names the form."""
    kind = st.segmented_control(
        t("archive.kind"), list(Kind), key=f"{key}.kind", default=Kind.CARE_HOME,
        format_func=lambda one: says(words.KIND[one]),
    ) or Kind.CARE_HOME  # fmt: skip
    name = st.text_input(t("archive.name"), key=f"{key}.name", max_chars=200).strip()
    st.html(f'<p class="co-small">{in_html(t("archive.name_help"))}</p>')
    taken = {info.id for info in store.sites()}
    site = st.text_input(t("archive.id"), free_id(_STEMS[kind], taken), key=f"{key}.id.{kind}", max_chars=100).strip()
    st.html(f'<p class="co-small">{in_html(t("archive.id_help"))}</p>')
    wrong = []
    if not site or site in taken:
        wrong.append(t("archive.id_taken", id=site) if site else t("archive.id_empty"))
    doubts = [one for one in (name_in(name), site if name_like(site) else None) if one]
    if not confirmed(key, doubts):
        wrong.append(t("archive.answer_first"))
    return FilledSite(SiteHead(site, kind, name), tuple(wrong))


def free_id(stem: str, taken: Iterable[str]) -> str:
    """The first free id of a series.

    >>> free_id("care-home-", ["care-home-1", "care-home-3"])
    'care-home-2'
    """
    known = set(taken)
    return next(name for number in count(1) if (name := f"{stem}{number}") not in known)
