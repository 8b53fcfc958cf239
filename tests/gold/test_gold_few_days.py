"""What one day, or hearsay, can show: the same answers perhaps, but nothing that counts as recurring."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from carveout.analysis import analyze
from carveout.observations import read
from tests.gold.said import SITES, WAYS, Site, Way, document, said, said_of

# A Monday, a day with somebody missing, and a Friday.
DATES = ("2026-06-01", "2026-06-04", "2026-06-12")


def judged(folder: Path, site: str, changes: dict[str, Any], way: Way) -> Site:
    """The bundled document with some of its keys replaced, written anew, read and analysed."""
    path = folder / "site.yaml"
    path.write_text(yaml.safe_dump({**document(site), **changes}, allow_unicode=True), encoding="utf-8")
    return said_of(analyze(read([path]).timeline), way)


def days(site: str, dates: tuple[str, ...]) -> list[dict[str, Any]]:
    return [entry for entry in document(site)["days"] if str(entry["date"]) in dates]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("date", DATES)
@pytest.mark.parametrize("site", SITES)
def test_everything_is_provisional_after_one_day(tmp_path: Path, site: str, date: str, way: Way) -> None:
    result = judged(tmp_path, site, {"days": days(site, (date,))}, way)
    assert len(result.verdicts) > 20
    assert {v.level for v in result.verdicts} == {"provisional"}
    assert {v.days for v in result.verdicts} <= {0, 1}


@pytest.mark.parametrize("date", DATES)
def test_one_day_shows_continuity_already(tmp_path: Path, date: str) -> None:
    result = judged(tmp_path, "care-home-a", {"days": days("care-home-a", (date,))}, "objects")
    morning = {"breakfast_assist", "oral_care", "excretion_care", "toileting", "diaper_change", "cleaning"}
    refused = {
        v.task
        for v in result.verdicts
        if (v.unit, v.mode, v.rule) == ("unit-2", "take_over", "rhythmic-chain") and v.meets(480, 600)
    }
    assert morning <= refused


@pytest.mark.parametrize("site", SITES)
def test_one_day_shows_no_weekday_peak(tmp_path: Path, site: str) -> None:
    """A Monday alone cannot show that work gathers on Mondays; only what staff told of may say so."""
    result = judged(tmp_path, site, {"days": days(site, DATES[:1]), "reported": []}, "objects")
    assert "weekday_peak" not in {v.pattern for v in result.verdicts}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("site", SITES)
def test_a_second_day_lifts_what_it_repeats(tmp_path: Path, site: str, way: Way) -> None:
    result = judged(tmp_path, site, {"days": days(site, DATES[:2])}, way)
    levels = {v.level for v in result.verdicts if v.days == 2}
    assert levels == {"supported"}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("site", SITES)
def test_hearsay_stays_provisional_beside_ten_observed_days(site: str, way: Way) -> None:
    told = [v for v in said(site, way).verdicts if v.told_by]
    seen = {o.task for o in said(site, way).occurrences}
    assert {v.task for v in told} == {r["task"] for r in document(site).get("reported", ())} - seen
    assert {v.level for v in told} <= {"provisional"}


@pytest.mark.parametrize("way", WAYS)
def test_a_monday_peak_only_told_of_is_a_provisional_offer(tmp_path: Path, way: Way) -> None:
    entries = [
        {**entry, "timeline": [row for row in entry["timeline"] if row["task"] != "bed_setting"]}
        for entry in days("nursery-a", DATES)
    ]
    result = judged(tmp_path, "nursery-a", {"days": entries}, way)
    told = [v for v in result.verdicts if v.task == "bed_setting"]
    assert told
    for v in told:
        assert (v.mode, v.suitability, v.rule) == ("take_over", "suitable", "weekday-peak-reported")
        assert (v.level, v.weekdays, v.told_by, v.days) == ("provisional", ("mon",), "head_teacher", 0)
