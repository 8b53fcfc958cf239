"""What the sheet's field may suggest, handed to the browser: every task with the keys it is found under, people, units.

The browser ranks by itself (`ranking.js`), because it cannot wait for an answer at every key; the keys, and what the
site usually does, come from `carveout.workday.completion`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from functools import lru_cache

from carveout.language import Language
from carveout.observations.text import folded
from carveout.workday import Usage, Workday, entries
from carveout.workday.vocabulary import Vocabulary


def suggested(
    day: Workday, units: Sequence[str], vocabulary: Vocabulary, seen: Usage, language: Language
) -> dict[str, object]:
    """The component's `data["completion"]`. name: tells one list of tasks from another, so that it is sent but once."""
    people = dict.fromkeys([*(person.id for person in day.staff), *(name for row in day.rows for name in row.staff)])
    name, tasks = _tasks(vocabulary, language)
    return {
        "name": name,
        "tasks": tasks,
        "staff": list(people),
        "units": list(dict.fromkeys((day.unit, *units))),
        "seen": {
            "lately": dict(seen.lately),
            "following": {code: dict(nexts) for code, nexts in seen.following.items()},
            "starts": {code: list(starts) for code, starts in seen.starts.items()},
        },
    }


@lru_cache(maxsize=64)
def _tasks(vocabulary: Vocabulary, language: Language) -> tuple[str, list[dict[str, object]]]:
    labels: dict[str, list[str]] = {}
    for label, code in vocabulary.items():
        labels.setdefault(code, []).append(folded(label))
    tasks: list[dict[str, object]] = [
        {
            "code": one.code,
            "label": one.label.in_(language),
            "ja": one.label.ja,
            "insert": vocabulary.typed(one.code),
            "elsewhere": one.code in vocabulary.elsewhere,
            "named": list(one.named),
            "also": list(one.also),
            "exact": labels.get(one.code, []),
        }
        for one in entries(vocabulary)
    ]
    return hashlib.sha256(json.dumps(tasks).encode()).hexdigest()[:16], tasks
