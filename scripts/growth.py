#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""Measures what a boot costs when one thing on the disk grows.

Guest instructions by the counter under -icount, from reset to the kernel, for
each stage the least of ROUNDS runs; our image is entered at EL1, the disk
behind virtio-blk-pci. What grows: the size of the kernel, the
number of entries, of pieces of the kernel's file, of names in its folder. Each
line says what one more costs at both ends; where the end is no steeper than
the beginning, the line is straight. WORDS are parts of the names of lines;
none: all.
"""
import argparse
import os
import sys
from pathlib import Path

import boot_bench
import bench_files
import growth_lines
import qemu

MIB = 1 << 20


def measure(case, runs):
    """{stage: instructions}, each stage the least of the runs."""
    best = {}
    for _ in range(runs):
        _, told = boot_bench.play(case.command(None, "-m", "1G", "-icount", boot_bench.STEADY))
        for stage, count in boot_bench.instructions(told).items():
            best[stage] = min(count, best.get(stage, count))
    del best["all"]
    return {**best, "all": sum(best.values())}


def make_kernel(path, size):
    """The bench kernel, whose memory is its file."""
    return bench_files.compile_kernel(path, size, -(-size // (2 * MIB)) * 2 * MIB)


def measure_line(line, folder, loader, runs):
    """[(count, {stage: instructions})]"""
    found = []
    for count in line.counts:
        image = folder / "disk.img"
        kernel = make_kernel(folder / "kernel", line.kernel(count))
        line.make(image, line.kind, kernel, count)
        found.append((count, measure(boot_bench.Case(line.name, loader, "", image), runs)))
        show_point(line, *found[-1])
    return found


def show_point(line, count, stages):
    grown = sorted(((n, s) for s, n in stages.items() if s != "all"), reverse=True)[:3]
    print(f"growth: {line.name}: {count:5}: {stages['all'] / 1e6:8.2f} million "
          f"({', '.join(f'{s} {n / 1e6:.2f}' for n, s in grown)})", flush=True)


def show_verdict(line, points):
    low, high, ratio = growth_lines.verdict([(count, s["all"]) for count, s in points])
    good = ratio <= growth_lines.STEEPER
    print(f"growth: {line.name}: one more {line.unit} costs {low:.0f} instructions at first, "
          f"{high:.0f} at the end: {ratio:.2f} times, "
          f"{'straight' if good else 'NOT straight'}", flush=True)
    return good


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--build", default="build", help="build folder (O=)")
    parser.add_argument("--rounds", type=int, default=int(qemu.variable("ROUNDS") or 5))
    parser.add_argument("words", nargs="*", help="parts of names; none: all")
    args = parser.parse_args()
    folder = Path(args.build) / "growth"
    folder.mkdir(parents=True, exist_ok=True)
    try:
        loader, good = bench_files.build_loader(folder, "el1"), True
        for line in boot_bench.chosen(growth_lines.lines(), args.words):
            good &= show_verdict(line, measure_line(line, folder, loader, args.rounds))
    except qemu.UsageError as error:
        print(f"growth: error: {error}", file=sys.stderr)
        return 2
    finally:
        (folder / "disk.img").unlink(missing_ok=True)
    return 0 if good else 1


if __name__ == "__main__":
    os.environ.pop("MAKEFLAGS", None)
    sys.exit(main())
