"""Cases as the report tells them: what was carved out, what the employer needed, what changed, what it teaches."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from carveout.language import Text


@dataclass(frozen=True, slots=True)
class Story:
    """One case with its source. place: where, in which form, with whom."""

    id: str
    title: Text
    place: Text
    steps: tuple[Text, ...]
    learned: Text
    source: str


@cache
def stories() -> tuple[Story, ...]:
    """The report's cases, in the order in which one should read them.

    >>> stories()[0].source
    'Kashiwa 2015, dispatch case 1, L727-777'
    """
    data = yaml.safe_load(files("carveout.casebook").joinpath("stories.yaml").read_bytes())
    return tuple(
        Story(
            e["id"], _text(e["title"]), _text(e["place"]), tuple(map(_text, e["steps"])), _text(e["learned"]),
            e["source"],
        )
        for e in data["stories"]
    )  # fmt: skip


def _text(entry: dict[str, Any]) -> Text:
    return Text(entry["ja"], entry["en"])
