"""What a bundling may be best at, and how a job grows from stage to stage: conventions from `aims.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import yaml

from carveout.language import Text
from carveout.model import Aim, Mode, TaskTraits


@dataclass(frozen=True, slots=True)
class Stage:
    """How far a job may grow, and what a minute of it costs (minutes of work)."""

    days: int
    hours: float
    modes: tuple[Mode, ...]
    rare: bool
    shared: bool
    cost: float


@dataclass(frozen=True, slots=True)
class Goal:
    """One aim with its weights and stages. lexical: minutes where staff are few come before all else.

    grows: the point is how it grows, so that the last stage alone is no answer. heavy: tasks that its profile leaves
    out.
    """

    aim: Aim
    label: Text
    means: Text
    minute: float
    thin: float
    peak: float
    lexical: bool
    grows: bool
    profile: str
    stages: tuple[Stage, ...]
    heavy: frozenset[str] = frozenset()

    def admits(self, task: str) -> bool:
        """Whether a task fits the profile."""
        return task not in self.heavy


@dataclass(frozen=True, slots=True)
class Aims:
    """All goals in order, and what a further day, other hours, a second stretch or person cost (minutes of work)."""

    since: date
    source: str
    day_cost: float
    hours_cost: float
    stretch_cost: float
    person_cost: float
    goals: tuple[Goal, ...]


def fits_light(traits: TaskTraits) -> bool:
    """Whether work is easy on the body: nothing heavy, no care of the body.

    >>> fits_light(TaskTraits(load="heavy")), fits_light(TaskTraits(load="light"))
    (False, True)
    """
    return traits.load in ("light", "moderate") and traits.contact != "bodily_care"


PROFILES = {"any": lambda _: True, "light": fits_light}


def heavy_tasks(goal: Goal, traits: Mapping[str, TaskTraits]) -> frozenset[str]:
    """The tasks that a goal's profile leaves out."""
    fits = PROFILES[goal.profile]
    return frozenset(task for task, own in traits.items() if not fits(own))


@lru_cache(maxsize=1)
def aims() -> Aims:
    """The aims that come with the package.

    >>> [goal.aim.value for goal in aims().goals]
    ['thin_first', 'most_work', 'light', 'apart']
    """
    text = (Path(__file__).parent / "aims.yaml").read_bytes()
    raw = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506  # both are safe
    goals = []
    for entry in raw["aims"]:
        stages = tuple(
            Stage(
                int(s["days"]),
                float(s["hours"]),
                tuple(map(Mode, s["modes"])),
                bool(s["rare"]),
                bool(s["shared"]),
                float(s["cost"]),
            )
            for s in entry["stages"]
        )
        worth = entry["worth"]
        label, means = Text(**entry["label"]), Text(**entry["means"])
        goals.append(
            Goal(
                Aim(entry["id"]),
                label,
                means,
                float(worth["minute"]),
                float(worth["thin"]),
                float(worth["peak"]),
                bool(entry["lexical"]),
                bool(entry["grows"]),
                entry["profile"],
                stages,
            )
        )
    return Aims(
        raw["since"],
        raw["source"],
        float(raw["a_day_costs"]),
        float(raw["other_hours_cost"]),
        float(raw["second_stretch_costs"]),
        float(raw["second_person_costs"]),
        tuple(goals),
    )
