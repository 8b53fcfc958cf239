"""The whole analysis beside what DuckDB needs to read and sort the same file, in one run, on whatever machine this is.

    python -m benchmarks.against_duckdb [--rounds 5] [--large]

Each measurement is a process of its own, the two in turn, so that a machine that slows down slows both. Printed are
medians of seconds inside the process (imports not counted on either side), the ratio round by round, and peak memory.
`--large` adds ten million rows.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
from pathlib import Path

from benchmarks import nation

DATA = Path(__file__).parent / "data"
DUCKDB = """
import duckdb, json, resource, sys, time
begin = time.perf_counter()
rows = duckdb.sql(f"SELECT * FROM '{sys.argv[1]}' ORDER BY site, unit, date, start").to_arrow_table().num_rows
print(json.dumps({"seconds": time.perf_counter() - begin, "rows": rows,
                  "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
"""
CARVEOUT = """
import json, resource, sys, time
import pyarrow.compute, pyarrow.parquet
from carveout.analysis import analyze
from carveout.observations import read
begin = time.perf_counter()
timeline = read([sys.argv[1]]).timeline
reading = time.perf_counter() - begin
analysis = analyze(timeline)
print(json.dumps({"seconds": time.perf_counter() - begin, "reading": reading, "rows": timeline.n_rows,
                  "verdicts": len(analysis.verdicts), "chains": len(analysis.facts.chains.unit),
                  "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
"""


def measure(program: str, file: Path) -> dict[str, float]:
    """Run a program on a file in a fresh process; what it prints."""
    done = subprocess.run([sys.executable, "-c", program, str(file)], capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))  # above it, perhaps a progress bar


def compare(rows: int, rounds: int) -> float:
    """Print one comparison; the median seconds of the analysis."""
    file = DATA / f"rows-{rows // 1_000_000}m.parquet"
    if not file.exists():
        nation.write(rows, file)
    measure(DUCKDB, file), measure(CARVEOUT, file)  # warm the file cache
    theirs, ours = [], []
    for _ in range(rounds):
        theirs.append(measure(DUCKDB, file))
        ours.append(measure(CARVEOUT, file))
    ratios = [o["seconds"] / t["seconds"] for o, t in zip(ours, theirs, strict=True)]
    middle = statistics.median(o["seconds"] for o in ours)
    print(f"{rows:,} rows, {ours[0]['chains']:,} chains, {ours[0]['verdicts']:,} verdicts, {rounds} rounds")
    print(
        f"  DuckDB reads and sorts: {statistics.median(t['seconds'] for t in theirs):.2f} s, "
        f"peak {max(t['peak'] for t in theirs):,.0f} MB"
    )
    print(
        f"  carveout analyses:      {middle:.2f} s (reading {statistics.median(o['reading'] for o in ours):.2f} s), "
        f"peak {max(o['peak'] for o in ours):,.0f} MB"
    )
    print(f"  ratio: median {statistics.median(ratios):.2f}, from {min(ratios):.2f} to {max(ratios):.2f}")
    return middle


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--large", action="store_true")
    given = options.parse_args()
    small = compare(1_000_000, given.rounds)
    if given.large:
        large = compare(10_000_000, max(1, given.rounds // 2))
        print(f"ten times the rows take {large / small:.1f} times as long")


if __name__ == "__main__":
    main()
