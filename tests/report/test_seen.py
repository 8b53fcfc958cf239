"""A site without its jobs, for whoever only looks at what was seen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from carveout import bundled
from carveout.analysis import analyze
from carveout.observations import read


def test_what_was_seen_is_the_site_without_its_jobs() -> None:
    analysis = analyze(read(bundled.paths()).timeline)
    for index in range(len(analysis.sites)):
        whole = analysis.site(index)
        assert whole.jobs
        assert analysis.seen(index) == replace(whole, jobs=())
        assert analysis.seen(index) is analysis.seen(index)
    with pytest.raises(IndexError):
        analysis.seen(len(analysis.sites))
