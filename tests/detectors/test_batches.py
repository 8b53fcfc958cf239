"""Sites in batches, staff lists included, whatever order the duty rows come in."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from carveout import bundled
from carveout.detectors import batches, detect
from carveout.observations import read
from carveout.timeline import Duty


def test_the_bundled_sites_give_the_same_alone_and_together(monkeypatch: pytest.MonkeyPatch) -> None:
    t = read(bundled.paths()).timeline
    back = np.argsort(-t.duty.staff, kind="stable")
    t = replace(t, duty=Duty(*(getattr(t.duty, name)[back] for name in Duty.__slots__)))
    whole = detect(t)
    monkeypatch.setattr(batches.split, "__defaults__", (10,))
    parts = detect(t)
    assert len(list(batches.split(t))) == 2
    for table in ("chains", "windows", "load", "contexts"):
        for column in getattr(whole, table).__slots__:
            one, other = getattr(getattr(whole, table), column), getattr(getattr(parts, table), column)
            np.testing.assert_allclose(one, other, err_msg=f"{table}.{column}")
    np.testing.assert_array_equal(whole.pattern, parts.pattern)
    np.testing.assert_array_equal(whole.context, parts.context)
