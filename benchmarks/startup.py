"""What `carveout analyze` of a bundled site takes beside merely importing pandas and networkx, in one run.

    python -m benchmarks.startup [--rounds 7]

Whole processes in turn, wall and processor seconds of each as the operating system counts them; medians and the ratio.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time

from carveout import bundled

IMPORTS = [sys.executable, "-c", "import pandas, networkx"]
FLOOR = [sys.executable, "-c", ""]


def spent(command: list[str]) -> tuple[float, float]:
    """Wall and processor seconds of one run."""
    before, begin = os.times(), time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return time.perf_counter() - begin, cpu


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=7)
    rounds = options.parse_args().rounds
    for path in bundled.paths():
        analyze = [sys.executable, "-m", "carveout", "analyze", str(path)]
        spent(analyze), spent(IMPORTS)
        runs = [(spent(analyze), spent(IMPORTS), spent(FLOOR)) for _ in range(rounds)]
        print(f"carveout analyze {path.name}, {rounds} rounds")
        for k, name in enumerate(("wall", "processor")):
            ours, theirs, floor = (statistics.median(run[which][k] for run in runs) for which in range(3))
            ratio = statistics.median(run[0][k] / run[1][k] for run in runs)
            print(f"  {name}: {ours:.2f} s, the imports {theirs:.2f} s, ratio {ratio:.2f} (bare Python {floor:.2f} s)")


if __name__ == "__main__":
    main()
