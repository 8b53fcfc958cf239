"""Which pattern stands for a row: declared facts first, then what the structure shows."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from carveout.model import PATTERNS, Nature, Pattern, Supplier
from carveout.timeline import Timeline

CODE: dict[Pattern, int] = {pattern: code for code, pattern in enumerate(PATTERNS)}
DECLARED: dict[str, Pattern] = {
    Nature.INTERACTION: Pattern.INTERACTION_CORE,
    Nature.ADVISORY: Pattern.ADVISORY,
    Nature.PLANNING: Pattern.PLANNING,
}
NOT_DECLARED = -1


def declared(t: Timeline) -> NDArray[np.int64]:
    """The pattern each task of the timeline declares, or `NOT_DECLARED`; what a contractor does is that before all."""
    return np.array(
        [
            CODE[Pattern.CONTRACTED]
            if supplier == Supplier.CONTRACTED
            else CODE.get(DECLARED.get(nature), NOT_DECLARED)  # type: ignore[arg-type]
            for nature, supplier in zip(t.tasks.nature, t.tasks.supplier, strict=True)
        ],
        np.int64,
    ).reshape(-1)
