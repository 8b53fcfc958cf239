"""What holds of every bundled site whatever its rows, on both public ways to read an analysis."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from carveout.model import Pattern
from tests.gold.said import SITES, WAYS, Offered, Said, Way, document, said

pytestmark = [pytest.mark.parametrize("site", SITES), pytest.mark.parametrize("way", WAYS)]
JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠]")


def day_of(place: tuple[str, str, int]) -> str:
    return place[0]


def written_rows(site: str) -> Counter[tuple[str, str, int]]:
    return Counter(
        (str(entry["date"]), entry["unit"], row)
        for entry in document(site)["days"]
        for row in range(len(entry["timeline"]))
    )


def test_every_row_has_one_occurrence_with_one_pattern(site: str, way: Way) -> None:
    seen = said(site, way).occurrences
    assert Counter((o.date, o.unit, o.row) for o in seen) == written_rows(site)
    assert {o.pattern for o in seen} <= {str(pattern) for pattern in Pattern}
    chains = {flow.id for flow in said(site, way).flows}
    for o in seen:
        assert o.chain in chains or (o.chain is None and o.pattern != "rhythmic_chain"), o


def test_every_row_rests_under_a_verdict(site: str, way: Way) -> None:
    covered = {place for v in said(site, way).verdicts for place in v.rows}
    assert covered == set(written_rows(site))


def test_a_verdict_names_rows_of_its_own_task_and_pattern(site: str, way: Way) -> None:
    of_row = {(o.date, o.unit, o.row): o for o in said(site, way).occurrences}
    for v in said(site, way).verdicts:
        assert len(set(v.rows)) == len(v.rows), v
        for place in v.rows:
            row = of_row[place]
            assert (row.unit, row.task, row.pattern) == (v.unit, v.task, v.pattern), (v, row)
            assert v.pattern != "rhythmic_chain" or row.chain == v.chain, (v, row)
        assert bool(v.rows) != bool(v.told_by), v


def test_days_are_counted_from_the_rows_themselves(site: str, way: Way) -> None:
    for v in said(site, way).verdicts:
        assert v.days == len(set(map(day_of, v.rows))) <= v.of_days or v.told_by, v


def test_only_what_was_seen_again_is_more_than_provisional(site: str, way: Way) -> None:
    for v in said(site, way).verdicts:
        assert (v.level == "provisional") == (len(set(map(day_of, v.rows))) < 2), v


def test_one_context_has_one_verdict_in_each_mode(site: str, way: Way) -> None:
    twice = Counter((v.context, v.mode, v.thin) for v in said(site, way).verdicts)
    assert [key for key, times in twice.items() if times > 1] == []


def test_reasons_are_given_in_both_languages(site: str, way: Way) -> None:
    for v in said(site, way).verdicts:
        assert v.ja.strip() and v.en.strip() and v.ja != v.en, v
        assert JAPANESE.search(v.ja) and "。" in v.ja and ". " in v.en, v
        assert v.source.strip() and v.rule.strip(), v
        assert "{" not in v.ja + v.en and "nan" not in (v.ja + v.en).lower(), v


def test_english_reasons_hold_no_japanese_but_a_label_nobody_translated(site: str, way: Way) -> None:
    untranslated = {o.task for o in said(site, way).occurrences if JAPANESE.search(o.task)}
    assert untranslated, "the sites hold a label no catalogue knows"
    for v in said(site, way).verdicts:
        english = v.en
        for label in untranslated:
            english = english.replace(label, "")
        assert not JAPANESE.search(english), v.en


def backing(verdicts: tuple[Said, ...], offer: Offered) -> list[Said]:
    """The verdicts on a job's task in its mode, on its weekday, at its hours; preparing is bound to neither."""
    return [
        v
        for v in verdicts
        if (v.unit, v.task, v.mode) == (offer.unit, offer.task, offer.mode)
        and (offer.mode == "prepare" or v.meets(offer.start, offer.end))
        and (offer.mode == "prepare" or v.weekdays is None or offer.weekday in v.weekdays)
    ]


def test_jobs_hold_only_what_a_verdict_offers_at_that_hour(site: str, way: Way) -> None:
    result = said(site, way)
    assert result.offers
    for offer in result.offers:
        assert offer.suitability in ("suitable", "conditional"), offer
        found = backing(result.verdicts, offer)
        assert offer.suitability in {v.suitability for v in found}, (offer, found)


def test_no_job_takes_a_link_of_a_flow_over(site: str, way: Way) -> None:
    result = said(site, way)
    taken_over = [offer for offer in result.offers if offer.mode == "take_over"]
    assert taken_over
    for offer in taken_over:
        assert not [flow for flow in result.flows if flow.unit == offer.unit and offer.task in flow.tasks], offer


def test_both_ways_say_the_same(site: str, way: Way) -> None:
    other: Way = "file" if way == "objects" else "objects"
    assert said(site, way) == said(site, other)
