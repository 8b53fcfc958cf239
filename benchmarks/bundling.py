"""What bundling a large site takes, and how much more it supports where staff are few than a greedy bundling does.

    python -m benchmarks.bundling [--units 20] [--slots 400]

One process, wall seconds; the greedy bundling takes the same candidates one after the other while limits hold.
"""

from __future__ import annotations

import argparse
import time

from carveout.jobs import bundle
from carveout.jobs.week import best_week
from tests.jobs.sites import big_site
from tests.jobs.test_against_greedy import aims, greedy_week, weeks


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--units", type=int, default=20)
    options.add_argument("--slots", type=int, default=400)
    chosen = options.parse_args()
    site = big_site(chosen.units, chosen.slots)
    began = time.perf_counter()
    jobs = bundle(site)
    seconds = time.perf_counter() - began
    proved = sum(job.optimality is not None and job.optimality.proved for job in jobs)
    print(f"{len(site.units)} units: {len(jobs)} jobs in {seconds:.2f} s, {proved} of them proved best")
    pairs = weeks(site)
    began = time.perf_counter()
    solved = [best_week(found, terms, [], aims()) for found, terms in pairs]
    solving = time.perf_counter() - began
    began = time.perf_counter()
    greedy = [greedy_week(found, terms) for found, terms in pairs]
    taking = time.perf_counter() - began
    ours = sum(float(pair[0].thin[one[0]].sum()) for pair, one in zip(pairs, solved, strict=True) if one)
    theirs = sum(float(pair[0].thin[one].sum()) for pair, one in zip(pairs, greedy, strict=True))
    print(f"support where staff are few: {ours:.0f} min in {solving:.2f} s, greedy {theirs:.0f} min in {taking:.2f} s")


if __name__ == "__main__":
    main()
