"""From which value on something counts: numbers with a source and a date, kept as data in `thresholds.yaml`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from carveout.language import Text


@dataclass(frozen=True, slots=True)
class Threshold:
    """One number with its unit, the day it holds from, where it comes from and what it decides."""

    value: float
    unit: str
    since: dt.date
    source: str
    label: Text


class Thresholds(Mapping[str, float]):
    """The numbers by name; `about(name)` tells where one comes from.

    >>> thresholds()["peak_p"]
    0.05
    """

    def __init__(self, entries: Mapping[str, Threshold]):
        self._entries = dict(entries)

    def __getitem__(self, name: str) -> float:
        return self._entries[name].value

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def about(self, name: str) -> Threshold:
        """The number with its unit, date and source."""
        return self._entries[name]


@cache
def thresholds() -> Thresholds:
    """The thresholds shipped with the package."""
    text = files("carveout").joinpath("thresholds.yaml").read_bytes()
    data = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506  # both are safe
    return Thresholds(
        {
            name: Threshold(float(e["value"]), e["unit"], e["since"], e["source"], Text(e["ja"], e["en"]))
            for name, e in data["thresholds"].items()
        }
    )
