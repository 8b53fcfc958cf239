"""Reading the observed days that a command names, with progress and with everything that is worth a look told."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from carveout import bundled
from carveout.cli.output import BUNDLED, note, say_problems
from carveout.cli.progress import Progress
from carveout.language import Language

if TYPE_CHECKING:
    from carveout.timeline import Timeline


def named_or_bundled(paths: Sequence[Path], language: Language) -> Sequence[Path]:
    """The files that were named, else the bundled sites, and a word that it is they."""
    if paths:
        return paths
    note(BUNDLED.in_(language))
    return list(bundled.paths())


def rows_of(paths: Sequence[Path], progress: Progress, language: Language) -> Timeline:
    """The rows of all files, what to look at said on standard error. Raises InputError where one cannot be used."""
    from carveout import observations

    reading = observations.read(paths, progress=progress)
    progress.pause()
    say_problems(reading.problems, language)
    return reading.timeline
