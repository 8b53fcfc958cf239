"""Areas and what their governors have designated, from `areas.yaml`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from carveout.constraints.data import Area, Designation
from carveout.constraints.numbers import HERE
from carveout.constraints.reading import SEE_EXAMPLE, LimitFile, is_name
from carveout.language import Text
from carveout.model import Kind, Nature

_AREA = {"id": True, "label": True, "within": False, "verified": True, "note": True, "designations": True}
_DESIGNATION = {
    "kinds": True,
    "natures": True,
    "occupations": True,
    "since": True,
    "until": False,
    "verified": True,
    "source": True,
}


@lru_cache(maxsize=1)
def areas() -> Mapping[str, Area]:
    """The areas that come with the package, by id.

    >>> areas()["chiba"].label.ja, areas()["chiba"].verified
    ('千葉県', False)
    """
    return read_areas(LimitFile(HERE / "areas.yaml"))


def read_areas(file: LimitFile) -> Mapping[str, Area]:
    """The areas of a file; raises InputError listing everything wrong with it."""
    found: dict[str, Area] = {}
    if file.keys("", file.document, {"areas": True}):
        for at, raw in enumerate(file.document["areas"] or []):
            place = f"areas[{at}]"
            if not file.keys(place, raw, _AREA):
                continue
            area = _area(file, place, raw)
            if area.id in found:
                cause = Text(f"「{area.id}」が重複しています", f"{area.id} occurs more than once")
                file.wrong(place, "id", cause, Text("一つにまとめてください", "make one of them"))
            found[area.id] = area
    for area in found.values():
        if area.within and (area.within not in found or found[area.within].within):
            cause = Text(f"都道府県「{area.within}」がありません", f"there is no prefecture {area.within}")
            file.wrong(area.id, "within", cause, SEE_EXAMPLE)
    file.done()
    return MappingProxyType(found)


def designations(area: str, known: Mapping[str, Area] | None = None) -> tuple[Designation, ...]:
    """The designations of an area and, for a municipality, of its prefecture; none for an area without entry.

    known: areas by id, if not those of the package.
    """
    known = areas() if known is None else known
    entry = known.get(area)
    if entry is None:
        return ()
    return entry.designations + designations(entry.within, known)


def _area(file: LimitFile, place: str, raw: Mapping[str, Any]) -> Area:
    entries = raw["designations"]
    file.value(place, "designations", entries, lambda value: isinstance(value, list), "[{...}]")
    made = [
        _designation(file, f"{place}.designations[{at}]", entry)
        for at, entry in enumerate(entries if isinstance(entries, list) else [])
        if file.keys(f"{place}.designations[{at}]", entry, _DESIGNATION)
    ]
    return Area(
        id=file.value(place, "id", raw["id"], is_name, "text"),
        label=file.text(place, "label", raw["label"]),
        within=file.value(place, "within", raw.get("within", ""), lambda value: isinstance(value, str), "an id"),
        verified=file.flag(place, "verified", raw["verified"]),
        note=file.text(place, "note", raw["note"]),
        designations=tuple(made),
    )


def _designation(file: LimitFile, place: str, raw: Mapping[str, Any]) -> Designation:
    since, until = file.period(place, raw)
    return Designation(
        kinds=tuple(map(Kind, _codes(file, place, "kinds", raw["kinds"], tuple(Kind)))),
        natures=tuple(map(Nature, _codes(file, place, "natures", raw["natures"], tuple(Nature)))),
        occupations=file.text(place, "occupations", raw["occupations"]),
        since=since,
        until=until,
        verified=file.flag(place, "verified", raw["verified"]),
        source=file.text(place, "source", raw["source"]),
    )


def _codes(file: LimitFile, place: str, key: str, raw: object, known: Sequence[str]) -> list[str]:
    """A list of codes; only those that are known."""
    given: list[Any] = raw if isinstance(raw, list) else [raw]
    for code in given:
        file.value(place, key, code, lambda value: value in known, ", ".join(known))
    return [code for code in given if code in known]
