"""Every problem of a file in a table that wraps: nothing of a cause or remedy may be cut off."""

from __future__ import annotations

from collections.abc import Sequence

from carveout.app.wording import in_html, says, t
from carveout.errors import Problem


def problem_table(problems: Sequence[Problem]) -> str:
    """The problems as HTML, errors first, in the order of files and lines."""
    heads = ("column.severity", "column.file", "column.place", "column.field", "column.cause", "column.remedy")
    head = "".join(f"<th scope='col'>{in_html(t(key))}</th>" for key in heads)
    body = ""
    for p in sorted(problems, key=lambda p: (p.severity != "error", p.file, p.line or 0)):
        where = [t("upload.line", n=p.line)] if p.line is not None else []
        where += [p.place] if p.place and p.line is None else []
        mark = "×" if p.severity == "error" else "△"
        kind = f"{mark} {t('upload.error' if p.severity == 'error' else 'upload.warning')}"
        cells = (kind, p.file, " ".join(where) or t("upload.whole_file"), p.field, says(p.cause), says(p.remedy))
        body += "<tr>" + "".join(f"<td>{in_html(cell)}</td>" for cell in cells) + "</tr>"
    return f"<div class='co-scroll'><table class='co-table co-problems'><tr>{head}</tr>{body}</table></div>"
