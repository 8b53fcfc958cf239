"""Who changed what about a site beside its days: its head, its tasks, overrides of verdicts, and who may come in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from carveout import words
from carveout.app.wording import in_html, says, t
from carveout.model import Kind, Mode, Suitability
from carveout.store import SiteEntry
from carveout.workday import Vocabulary

_LINES = 12
_Side = Mapping[str, object] | None


def told(one: SiteEntry, said: Vocabulary) -> str:
    """What an entry changed, as a list of HTML."""
    listed = list(_changes(one, said))
    items = "".join(f"<li>{in_html(line)}</li>" for line in listed[:_LINES])
    if len(listed) > _LINES:
        items += f"<li>{in_html(t('archive.further', n=len(listed) - _LINES))}</li>"
    why = f"<br><small>{in_html(t('archive.why', why=one.why))}</small>" if one.why else ""
    return f"{in_html(t(f'archive.site_{one.kind}'))}{why}<ul class='co-plain'>{items}</ul>"


def _changes(one: SiteEntry, said: Vocabulary) -> Iterator[str]:
    if one.kind in ("site", "rename_task"):
        yield from _head(one.before or {}, one.after or {}, said)
    elif one.kind == "override":
        yield _turned(_override(one.before, said), _override(one.after, said))
    elif one.kind == "member":
        yield _turned(_member(one.before), _member(one.after))
    elif one.about:
        yield one.about


def _head(before: Mapping[str, object], after: Mapping[str, object], said: Vocabulary) -> Iterator[str]:
    for name in ("name", "kind"):
        old, new = (_word(name, side.get(name)) for side in (before, after))
        if old != new:
            yield t("archive.fact", name=t(f"archive.head_{name}"), before=old or t("archive.nothing"), after=new)
    olds, news = (_tasks(side.get("tasks")) for side in (before, after))
    for code in dict.fromkeys([*olds, *news]):
        if olds.get(code) != news.get(code):
            way = "added" if code not in olds else "taken" if code not in news else "task_changed"
            yield t(f"archive.{way}", row=f"{t('archive.head_task')} {says(said.label(code))}")
    if before.get("reported", []) != after.get("reported", []):
        yield t("archive.head_reported")


def _word(name: str, value: object) -> str:
    if name == "kind" and value in {kind.value for kind in Kind}:
        return says(words.KIND[Kind(str(value))])
    return str(value or "")


def _tasks(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _override(side: _Side, said: Vocabulary) -> str:
    if side is None:
        return ""
    task, mode, verdict = (str(side.get(name, "")) for name in ("task", "mode", "suitability"))
    parts = (
        says(said.label(task)),
        says(words.MODE[Mode(mode)]) if mode in {one.value for one in Mode} else mode,
        says(words.SUITABILITY[Suitability(verdict)]) if verdict in {one.value for one in Suitability} else verdict,
        str(side.get("reason") or ""),
    )
    return t("archive.between").join(part for part in parts if part)


def _member(side: _Side) -> str:
    if side is None:
        return ""
    role = t(f"archive.role_{side.get('role')}")
    return t("archive.between").join(part for part in (str(side.get("subject") or ""), role) if part)


def _turned(before: str, after: str) -> str:
    if not before or not after:
        return t("archive.added" if after else "archive.taken", row=after or before)
    return t("archive.became", before=before, after=after)
