"""A Parquet file of many constructed sites, for measuring: planted workdays, each site with its own clock and codes.

python -m benchmarks.nation 1000000 benchmarks/data/rows-1m.parquet
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from tests.planted.workdays import Plan, generate

TEMPLATES = 40
PER_FILE = 1_000_000


def templates() -> list[dict[str, np.ndarray]]:
    """Ten-day workdays of one unit each, as columns; a fifth of them recorded minute by minute."""
    made = []
    for k in range(TEMPLATES):
        rows = generate(Plan(seed=k, hand_over=0.3, filler=k % 5 == 0, staff=3 if k % 5 == 0 else 6)).rows
        made.append(
            {
                "day": np.array([r.day for r in rows], np.int32),
                "start": np.array([r.start for r in rows], np.int32),
                "end": np.array([r.end for r in rows], np.int32),
                "task": np.array([r.task for r in rows]),
                "staff": np.array([" ".join(r.staff) for r in rows]),
            }
        )
    return made


def table(rows: int, seed: int = 1) -> pa.Table:
    """About `rows` observed rows of as many two-unit sites as that takes."""
    rng = np.random.default_rng(seed)
    kinds = templates()
    parts: list[dict[str, np.ndarray]] = []
    total, site = 0, 0
    while total < rows:
        for unit in ("unit-1", "unit-2"):
            t = kinds[int(rng.integers(0, len(kinds)))]
            n = len(t["start"])
            shift = int(rng.integers(-20, 21))
            parts.append(
                {
                    "site": np.full(n, f"site-{site:06d}"),
                    "kind": np.full(n, "care_home" if site % 2 else "nursery"),
                    "unit": np.full(n, unit),
                    "day": t["day"],
                    "start": t["start"] + shift,
                    "end": t["end"] + shift,
                    "task": t["task"],
                    "staff": t["staff"],
                }
            )
            total += n
        site += 1
    columns = {name: np.concatenate([p[name] for p in parts])[:rows] for name in parts[0]}
    day = columns["day"].astype("datetime64[D]")
    observers = np.array([f"jc-{k:02d}" for k in range(7)])
    roles = np.array(["care_worker", "nurse", "helper", "cleaner"])
    notes = np.array(["", "", "", "", "二人で", "途中で呼ばれて中断", "", "", "", "時間は目測", ""])
    clock = np.array([f"{m // 60:02d}:{m % 60:02d}" for m in range(48 * 60)])
    return pa.table(
        {
            "site": pa.array(columns["site"]),
            "kind": pa.array(columns["kind"]),
            "date": pa.array(day),
            "unit": pa.array(columns["unit"]),
            "observer": pa.array(observers[columns["day"] % len(observers)]),
            "staff": pa.array(columns["staff"]),
            "start": pa.array(clock[columns["start"]]),
            "end": pa.array(clock[columns["end"]]),
            "task": pa.array(columns["task"]),
            "role": pa.array(roles[np.char.str_len(columns["task"]) % len(roles)]),
            "trigger": pa.array(np.where(columns["start"] % 7 == 0, "on_demand", "planned")),
            "note": pa.array(notes[columns["start"] % len(notes)]),
        }
    )


def write(rows: int, path: Path) -> None:
    """Write the file, a million rows at a time, so that ten million fit in memory."""
    path.parent.mkdir(parents=True, exist_ok=True)
    first = table(min(rows, PER_FILE))
    with pq.ParquetWriter(path, first.schema) as out:
        out.write_table(first)
        for part in range(1, -(-rows // PER_FILE)):
            more = table(min(PER_FILE, rows - part * PER_FILE), seed=part + 1)
            renamed = pa.array([f"{part}-{s}" for s in more.column("site").to_pylist()])
            out.write_table(more.set_column(0, "site", renamed))


if __name__ == "__main__":
    write(int(sys.argv[1]), Path(sys.argv[2]))
