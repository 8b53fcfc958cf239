"""The file of a coordinator's judgements that `--overrides` names."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from carveout.model import VerdictOverride


def overrides_of(path: Path | None) -> tuple[VerdictOverride, ...]:
    """What the file says; nothing without one.

    Raises InputError with every problem of the file, OSError where it cannot be opened.
    """
    if path is None:
        return ()
    from carveout.rules import read_overrides
    from carveout.rules.override_file import MAX_BYTES

    with path.open("rb") as stream:
        return read_overrides(stream.read(MAX_BYTES + 1), str(path))
