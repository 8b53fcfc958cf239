"""The counts a center reports, as tables: openings and people by channel, ways of finding, why matches failed."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from carveout import words
from carveout.app.wording import in_html, says, t
from carveout.followup import (
    ChannelRow,
    Opening,
    by_origin,
    openings_by_channel,
    placements_by_channel,
    unmatched_reasons,
)
from carveout.followup.records import NO_MATCH, ORIGIN

_WORK = 4


def draw(openings: Sequence[Opening]) -> None:
    """Every table under its heading."""
    _channels(t("followup.table_openings"), t("followup.unit_work"), openings_by_channel(openings))
    _channels(t("followup.table_people"), t("followup.unit_people"), placements_by_channel(openings))
    st.subheader(t("followup.table_origins"), anchor=False)
    origins = [[says(ORIGIN[origin]), str(n)] for origin, n in by_origin(openings).items()]
    total = [t("followup.sum"), str(len(openings))]
    st.html(_table([t("followup.column_origin"), t("followup.column_n")], [*origins, total]))
    st.subheader(t("followup.table_reasons"), anchor=False)
    reasons = [[row.work, says(NO_MATCH[row.reason]), row.note] for row in unmatched_reasons(openings)]
    if reasons:
        heads = [t("followup.column_work"), t("followup.column_reason"), t("followup.column_note")]
        st.html(_table(heads, reasons))
    else:
        st.html(f'<p class="co-body">{in_html(t("followup.no_reason"))}</p>')


def _channels(title: str, unit: str, rows: Sequence[ChannelRow]) -> None:
    st.subheader(title, anchor=False)
    st.html(f'<p class="co-small">{in_html(unit)}</p>')
    heads = [
        t("followup.column_channel"), t("followup.column_new"), t("followup.column_work"), t("followup.column_known"),
        t("followup.column_work"), t("followup.sum"),
    ]  # fmt: skip
    lines = [
        [
            says(words.CHANNEL[row.channel]) if row.channel else t("followup.sum"), str(row.new), _works(row.new_work),
            str(row.known), _works(row.known_work), str(row.total),
        ]
        for row in rows
    ]  # fmt: skip
    st.html(_table(heads, lines))


def _works(works: Sequence[str]) -> str:
    more = len(works) - _WORK
    return t("map.join").join(works[:_WORK]) + (t("followup.and_more", n=more) if more > 0 else "")


def _table(heads: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    head = "".join(f'<th scope="col">{in_html(one)}</th>' for one in heads)
    body = "".join(
        f'<tr><th scope="row">{in_html(line[0])}</th>{"".join(f"<td>{in_html(cell)}</td>" for cell in line[1:])}</tr>'
        for line in lines
    )
    return (
        f'<div class="co-wide" tabindex="0"><table class="co-table"><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )
