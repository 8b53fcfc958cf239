"""Which task each text means at each site: the site's own declarations first, then the catalogue, else itself.

A text means, in this order: a code the site's documents declare; a label they declare (width and case aside); what the
catalogue makes of it; and failing that a task of its own, known to nobody.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from carveout.catalogue import catalogue
from carveout.observations.columns import paired
from carveout.observations.text import folded
from carveout.observations.words import TASK_DEFAULTS
from carveout.timeline import Ints, Tasks

Declared = Mapping[str, Mapping[str, str]]
ATTRIBUTES = ("ja", "en", *TASK_DEFAULTS)


@dataclass(frozen=True, slots=True)
class Meanings:
    """Tasks of all sites, and for every (site, text) pair its task."""

    tasks: Tasks
    of_pair: Ints


def meanings(sites: Ints, texts: Ints, spellings: Sequence[str], declared: Sequence[Declared]) -> Meanings:
    """Resolve each (site, text) pair (`sites[i]`, `spellings[texts[i]]`); `declared` per site, whether used or not.

    Tasks are numbered by site and then by code, so that the numbers depend on what stands in the files alone.
    """
    known = catalogue()
    general = {index: known.resolve(spellings[index]) for index in np.unique(texts).tolist()}
    codes = {code for code in general.values() if code is not None} | {spellings[i] for i in general}
    codes.update(code for site in declared for code in site)
    ordered = sorted(codes)
    rank = {code: index for index, code in enumerate(ordered)}
    base = np.zeros(len(spellings), dtype=np.int32)
    for index, code in general.items():
        base[index] = rank[spellings[index] if code is None else code]
    of_text = base[texts]
    own = np.flatnonzero([bool(site) for site in declared])
    for pair in np.flatnonzero(np.isin(sites, own)).tolist():
        code = _own_meaning(spellings[texts[pair]], declared[sites[pair]])
        if code is not None:
            of_text[pair] = rank[code]
    extra = [(site, rank[code]) for site in own.tolist() for code in declared[site]]
    all_sites = np.concatenate((sites, np.array([s for s, _ in extra], dtype=np.int32)))
    all_codes = np.concatenate((of_text, np.array([c for _, c in extra], dtype=np.int32)))
    numbers, task_site, task_code = paired(all_sites, all_codes, len(ordered), len(declared))
    return Meanings(_tasks(task_site, task_code, ordered, declared), numbers[: len(sites)])


def _own_meaning(text: str, declared: Declared) -> str | None:
    if text in declared:
        return text
    wanted = folded(text)
    for code in sorted(declared):
        if wanted in (folded(declared[code].get("ja", code)), folded(declared[code].get("en", code)), folded(code)):
            return code
    return None


def _tasks(site: Ints, code: Ints, ordered: Sequence[str], declared: Sequence[Declared]) -> Tasks:
    """Attributes of every task: the catalogue's by code, the site's own over them."""
    columns = {name: np.empty(len(ordered), dtype=object) for name in ATTRIBUTES}
    in_catalogue = np.zeros(len(ordered), dtype=np.bool_)
    for index, name in enumerate(ordered):
        values = attributes(name)
        in_catalogue[index] = name in catalogue().tasks
        for attribute in ATTRIBUTES:
            columns[attribute][index] = values[attribute]
    filled: dict[str, list[str]] = {name: column[code].tolist() for name, column in columns.items()}
    is_known = in_catalogue[code]
    own = np.flatnonzero([bool(entry) for entry in declared])
    for position in np.flatnonzero(np.isin(site, own)).tolist():
        over = declared[site[position]].get(ordered[code[position]])
        if over is not None:
            is_known[position] = True
            for attribute, value in over.items():
                filled[attribute][position] = value
    names = np.array(ordered, dtype=object)[code].tolist() if len(ordered) else []
    return Tasks(
        site=site, code=tuple(names), known=is_known, **{name: tuple(values) for name, values in filled.items()}
    )


def attributes(code: str) -> dict[str, str]:
    """What the catalogue says of a code; the defaults for one it does not know.

    A document may declare a task under a name the catalogue knows by another (床掃除): it keeps its own name and starts
    from the attributes of the task it means.

    >>> attributes("no such task")["nature"], attributes("清掃")["nature"], attributes("清掃")["en"]
    ('care', 'housekeeping', '清掃')
    """
    known = catalogue()
    task = known.tasks.get(code) or known.tasks.get(known.resolve(code) or "")
    if task is None:
        return {"ja": code, "en": code, **TASK_DEFAULTS}
    label = {"ja": task.label.ja, "en": task.label.en} if code in known.tasks else {"ja": code, "en": code}
    return label | {name: str(getattr(task, name)) for name in TASK_DEFAULTS}
