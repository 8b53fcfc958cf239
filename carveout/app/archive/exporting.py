"""Days as files of other programs, with what would be lost said beforehand."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from carveout.app import archive_here
from carveout.app.archive.day_names import day_name
from carveout.app.archive.shelf import Shelf
from carveout.app.wording import in_html, language, says, t
from carveout.exchange import Format, formats, lost, write_file
from carveout.store import DayInfo
from carveout.workday import SiteHead
from carveout.writing import file_name

_MIME = {
    ".yaml": "application/yaml",
    ".csv": "text/csv",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xes": "application/xml",
}


def draw(shelf: Shelf) -> None:
    """The part `export` of a site's page: all its days, or some."""
    days, site = shelf.days, shelf.site
    if not days:
        st.html(f'<p class="co-lead">{in_html(t("archive.no_day"))}</p>')
        return
    names = {info.key: day_name(info) for info in days}
    st.html(f'<p class="co-lead">{in_html(t("archive.export_lead"))}</p>')
    chosen = st.multiselect(
        t("archive.export_days"), list(names), key=f"archive.export.days.{site}", format_func=names.__getitem__,
        placeholder=t("archive.export_all", n=len(days)),
    )  # fmt: skip
    some = [info for info in days if info.key in chosen] or list(days)
    _offer(shelf.head, some, f"archive.export.{site}")


def of_day(shelf: Shelf, info: DayInfo) -> None:
    """One day as a file."""
    _offer(shelf.head, [info], f"archive.export.{info.key}")


def _offer(head: SiteHead, infos: Sequence[DayInfo], key: str) -> None:
    """The kinds of files, what each loses, and the file."""
    kinds = {one.id: one for one in formats() if one.writes}
    kind = kinds[
        st.selectbox(
            t("archive.export_kind"), list(kinds), key=f"{key}.kind", format_func=lambda one: says(kinds[one].label)
        )
    ]
    days = [archive_here.workday(info) for info in infos]
    st.html(f'<p class="co-small">{in_html(says(kind.about))}</p>')
    gone = lost(kind, head, days)
    if gone:
        items = "".join(f"<li>{in_html(says(one))}</li>" for one in gone)
        st.html(f"<p class='co-small'>{in_html(t('archive.export_lost'))}</p><ul class='co-list'>{items}</ul>")
    else:
        st.html(f'<p class="co-small">{in_html(t("archive.export_whole"))}</p>')
    lang = language()
    st.download_button(
        t("archive.export_do"), lambda: write_file(kind, head, days, lang), file_name=_name(head.id, infos, kind),
        mime=_MIME.get(kind.suffixes[0], "application/octet-stream"), key=f"{key}.file", icon=":material/download:",
        on_click="ignore",
    )  # fmt: skip


def _name(site: str, infos: Sequence[DayInfo], kind: Format) -> str:
    """A file's name: the site and the days it holds."""
    dates = sorted({infos[0].date, infos[-1].date})
    units = {info.unit for info in infos}
    parts = [site, *dates, *(units if len(units) == 1 else ()), *([kind.id] if kind.id != kind.suffixes[0][1:] else [])]
    return f"{file_name(*parts)}{kind.suffixes[0]}"
