"""The pandas tables hold what the analysis holds."""

from __future__ import annotations

from carveout import frames
from carveout.analysis import analyze
from tests.planted.workdays import Plan, generate


def test_the_tables_say_what_the_site_says() -> None:
    analysis = analyze(generate(Plan(5)).timeline())
    site = analysis.site(0)
    rows = frames.occurrences(analysis)
    assert rows["pattern"].tolist() == [o.pattern.value for o in sorted(site.occurrences, key=lambda o: o.index)]
    assert rows["date"].dt.strftime("%Y-%m-%d").tolist() == [
        o.date for o in sorted(site.occurrences, key=lambda o: o.index)
    ]
    assert rows["chain"].isna().tolist() == [o.chain is None for o in sorted(site.occurrences, key=lambda o: o.index)]
    verdicts = frames.verdicts(analysis)
    assert len(verdicts) == len(site.verdicts)
    assert sorted(zip(verdicts["task"], verdicts["mode"], verdicts["suitability"], strict=True)) == sorted(
        (v.task, v.mode.value, v.suitability.value) for v in site.verdicts
    )
    peak = verdicts["pattern"] == "weekday_peak"
    assert verdicts.loc[peak, "weekday"].notna().all()
    assert verdicts.loc[~peak, "weekday"].isna().all()
