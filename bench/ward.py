"""Measure ward_tree against the linkages one would otherwise pick, in the same run.

python bench/ward.py [--big | --equal]. Every measurement runs in a process of its own; memory is
the peak over what the process used before, so the n x n matrix of a linkage shows.
--equal compares our answers with SciPy's instead, weights against expanded rows too.
"""

import argparse
import importlib
import importlib.util
import json
import resource
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
SIZES = (2_000, 10_000, 20_000, 100_000)
BIG = 1_000_000
SCIPY_LIMIT = 20_000  # above, n x n distances do not fit a small server
SHAPES = ("plane", "sphere")
EQUAL_AT, CUTS = 10_000, (2, 3, 9, 30, 100)


def points(shape: str, n: int) -> np.ndarray:
    rng = np.random.default_rng(7)
    towns = rng.normal(size=(200, 3))
    if shape == "plane":
        return towns[rng.integers(200, size=n), :2] + 0.05 * rng.normal(size=(n, 2))
    around = towns[rng.integers(200, size=n)] + 0.05 * rng.normal(size=(n, 3))
    return around / np.linalg.norm(around, axis=1)[:, None]


def linkage_of(method: str):
    if method == "ours":
        sys.path.insert(0, str(ROOT))
        return importlib.import_module("analytics.mining.tree").ward_tree
    if method == "scipy":
        hierarchy = importlib.import_module("scipy.cluster.hierarchy")
        return lambda x: hierarchy.linkage(x, "ward")
    fastcluster = importlib.import_module("fastcluster")
    return lambda x: fastcluster.linkage_vector(x, "ward")


def peak_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(method: str, shape: str, n: int) -> None:
    build, x = linkage_of(method), points(shape, n)
    build(x[:100])
    before, start = peak_mib(), time.perf_counter()
    tree = build(x)
    seconds = time.perf_counter() - start
    result = {"seconds": seconds, "mib": peak_mib() - before, "top": tree[-1, 2]}
    print(json.dumps(result))


def run(method: str, shape: str, n: int) -> dict:
    command = [sys.executable, __file__, "--one", method, shape, str(n)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def methods(n: int) -> list[str]:
    found = ["ours"]
    if n <= SCIPY_LIMIT:
        found.append("scipy")
    if n <= SCIPY_LIMIT and importlib.util.find_spec("fastcluster"):
        found.append("fastcluster")
    return found


def table(*, big: bool) -> None:
    print(f"{'points':<8}{'n':>10}  {'method':<12}{'seconds':>9}{'MiB':>8}  top height")
    for n in (*SIZES, BIG) if big else SIZES:
        for shape in SHAPES:
            for method in methods(n):
                got = run(method, shape, n)
                print(
                    f"{shape:<8}{n:>10,}  {method:<12}{got['seconds']:>9.3f}"
                    f"{got['mib']:>8.0f}  {got['top']:.9g}",
                    flush=True,
                )


def equality() -> None:
    """Print the largest difference in height, and the adjusted Rand index per cut."""
    times = np.random.default_rng(3).integers(1, 4, EQUAL_AT)
    print(f"{'points':<8}{'rows':>8}  {'weights':<9}{'difference':>11}  Rand at {CUTS}")
    for shape in SHAPES:
        x = points(shape, EQUAL_AT)
        for weights in (None, times):
            rows = np.repeat(np.arange(len(x)), 1 if weights is None else weights)
            ours = linkage_of("ours")(x, weights)
            theirs = linkage_of("scipy")(x[rows])
            gap = np.abs(ours[:, 2] / theirs[-len(ours) :, 2] - 1).max()
            print(
                f"{shape:<8}{len(rows):>8,}  {'no' if weights is None else 'yes':<9}"
                f"{gap:>11.1e}  {agreement(ours, theirs, rows)}",
                flush=True,
            )


def agreement(ours: np.ndarray, theirs: np.ndarray, rows: np.ndarray) -> list[float]:
    hierarchy = importlib.import_module("scipy.cluster.hierarchy")
    rand = importlib.import_module("sklearn.metrics").adjusted_rand_score
    cut = importlib.import_module("analytics.mining.cut").cut_k
    return [
        rand(cut(ours, k)[rows], hierarchy.fcluster(theirs, k, "maxclust"))
        for k in CUTS
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--big", action="store_true", help="also a million points")
    parser.add_argument("--equal", action="store_true", help="compare with SciPy")
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.one:
        method, shape, n = chosen.one
        measure(method, shape, int(n))
    elif chosen.equal:
        equality()
    else:
        table(big=chosen.big)


if __name__ == "__main__":
    main()
