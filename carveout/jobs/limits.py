"""The limits a job must keep and the conventions it is bundled by: dated, cited numbers from `constraints.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path

import yaml

from carveout.language import Text


@dataclass(frozen=True, slots=True)
class Limit:
    """One number, where it comes from, and since when it holds."""

    name: str
    value: float
    unit: str
    layer: str
    since: date
    verified: bool
    source: str
    label: Text


@lru_cache(maxsize=1)
def limits() -> Mapping[str, Limit]:
    """The limits that come with the package, by name.

    >>> limits()["weekly_hours"].value
    20.0
    """
    text = (Path(__file__).parent / "constraints.yaml").read_bytes()
    raw = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506  # both are safe
    return {
        name: Limit(
            name=name,
            value=float(entry["value"]),
            unit=entry["unit"],
            layer=entry["layer"],
            since=entry["since"],
            verified=entry["verified"],
            source=entry["source"],
            label=Text(entry["label"]["ja"], entry["label"]["en"]),
        )
        for name, entry in raw.items()
    }


@dataclass(frozen=True, slots=True)
class Policy:
    """How a center bundles: numbers that replace the package's, and whether the wider weekly limit is designated.

    >>> Policy({"shift_hours_max": 3.0}).number("shift_hours_max")
    3.0
    """

    numbers: Mapping[str, float] = field(default_factory=dict)
    designated: bool = False

    def number(self, name: str) -> float:
        """A number by the name of its limit."""
        return float(self.numbers.get(name, limits()[name].value))

    def weekly(self, channel: str) -> Limit:
        """The weekly limit of a channel: the wider one needs a designation and does not hold for contract work."""
        wide = self.designated and channel in ("dispatch", "placement")
        return limits()["weekly_hours_designated" if wide else "weekly_hours"]
