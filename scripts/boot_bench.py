#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""Measures a boot from a disk, side by side with others, in one run.

The same 33 MB kernel (tests/bench, which says how far the counter is at its
first instruction) and initrd, started by Aglet, by U-Boot and by QEMU's own
-kernel, in turn. Wall time is that of the whole QEMU process, as a ratio to
QEMU's own loader, median of pairs. Guest instructions come from the counter
under -icount shift=0 (a tick is 16), least of the runs, since waiting for the
disk counts. WORDS are parts of the names of lines; none: all.
"""
import argparse
import os
import re
import statistics
import subprocess
import sys
import time
from pathlib import Path

import bench_files
import bench_packed
import bench_signed
import others
import qemu

CPU, MEMORY = "cortex-a72", "512M"
ENTRIES = {"el1": "", "el2": ",virtualization=on", "el3": ",secure=on,virtualization=on"}
TICK = 16
LIMIT = 60
ICOUNT = "shift=0"
# Without the time of the host that QEMU takes until it starts the CPU.
STEADY = "shift=0,sleep=off"
# Nearly all of it is the unpacker, which takes the same each time.
PACKED_ROUNDS = 6


class Case:
    """A loader on a machine, from a disk image (None: QEMU's own loader)."""

    def __init__(self, name, bios, machine, image=None, device="virtio-blk-pci"):
        self.name, self.bios, self.machine = name, bios, machine
        self.image, self.device = image, device

    def command(self, files, *more):
        words = [others.program("new"), "-M", f"virt,gic-version=3{self.machine}",
                 "-cpu", CPU, "-smp", "1", "-m", MEMORY, "-nographic", "-net", "none",
                 "-semihosting-config", "enable=on,target=native"]
        words += ["-bios", self.bios] if self.bios else []
        if self.image:
            words += ["-drive", f"if=none,id=disk,format=raw,readonly=on,file={self.image}",
                      "-device", f"{self.device},drive=disk"]
        else:
            words += ["-kernel", files.kernel, "-initrd", files.initrd]
        return [str(w) for w in words + list(more)]


def play(command):
    """Seconds of the whole process, and the lines of the bench kernel."""
    start = time.perf_counter()
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True,
                          timeout=LIMIT, check=False)
    seconds = time.perf_counter() - start
    text = done.stdout.decode(errors="replace")
    lines = re.findall(r"^bench: (\w+) (?:(\w+) )?(\d+)", text, re.M)
    if not lines:
        raise qemu.UsageError(f"the kernel did not start: {' '.join(command)}\n{text[-2000:]}")
    return seconds, lines


def instructions(lines):
    """{stage: guest instructions}, "all" among them, from the kernel's lines."""
    ticks = next(int(n) for what, _, n in lines if what == "ticks")
    starts = [(name, int(n)) for what, name, n in lines if what == "stage"]
    found = {"all": ticks * TICK}
    if starts:
        found["reset"] = starts[0][1] * TICK
        ends = [n for _, n in starts[1:]] + [ticks]
        found.update({name: (end - n) * TICK for (name, n), end in zip(starts, ends)})
    return found


def least(found, best):
    """Keep the run with the fewest instructions."""
    return found if not best or found["all"] < best["all"] else best


def measure_wall(cases, files, rounds):
    """{name: ratio}: each case against QEMU's loader on that machine, right before it."""
    pairs = {case.name: [] for case in cases}
    for _ in range(rounds):
        for case in cases:
            own = play(Case("qemu", None, case.machine).command(files))[0]
            pairs[case.name].append(play(case.command(files))[0] / own)
    return {name: statistics.median(ratios) for name, ratios in pairs.items()}


def measure_instructions(cases, files, runs, icount=ICOUNT):
    best = {}
    for case in cases:
        for _ in range(runs):
            _, lines = play(case.command(files, "-icount", icount))
            best[case.name] = least(instructions(lines), best.get(case.name))
    return best


def make_cases(files):
    found = []
    for entry, machine in ENTRIES.items():
        for kind, image in files.images.items():
            found.append(Case(f"aglet-{entry}-{kind}", files.loader(entry), machine, image))
        found.append(Case(f"aglet-{entry}-mmio", files.loader(entry), machine,
                          files.images["fat32"], "virtio-blk-device"))
    found.append(Case("u-boot-el1-fat32", files.uboot, "", files.images["fat32"]))
    found.append(Case("u-boot-el2-fat32", files.uboot, ",virtualization=on",
                      files.images["fat32"]))
    return found


def show_wall(ratios):
    for name, ratio in ratios.items():
        print(f"bench: wall: {name}: {ratio:.2f} times QEMU's own loader", flush=True)


def show_instructions(best):
    for name, stages in best.items():
        print(f"bench: instructions: {name}: {stages['all'] / 1e6:.2f} million", flush=True)
        show_stages({name: stages})


def show_stages(best):
    for name, stages in best.items():
        parts = [f"{stage} {count / 1e6:.2f}" for stage, count in stages.items()
                 if stage != "all"]
        if parts:
            print(f"bench: stages: {name}: {', '.join(parts)}", flush=True)


def measure_packed(files, words, runs):
    """Compressed kernels, where our share is the least and the most."""
    cases = chosen([Case(f"packed-{name}-{entry}", None, ENTRIES[entry])
                    for name in bench_packed.PACKERS for entry in ("el1", "el3")], words)
    packed = bench_packed.Packed(files.folder) if cases else None
    for case in cases:
        _, name, entry = case.name.split("-")
        case.image, library = packed.prepare(name)
        case.bios = files.loader(entry)
        best = measure_instructions([case], files, min(runs, PACKED_ROUNDS), STEADY)
        bench_packed.show(f"{name}-{entry}", best[case.name], library)
        show_stages(best)


def measure_signed(files, words, runs):
    """With the signature checked, and without."""
    cases = chosen([Case(f"signed-{algo}-{entry}", None, ENTRIES[entry])
                    for algo in bench_signed.ALGORITHMS for entry in ("el1", "el3")], words)
    signed = bench_signed.Signed(files) if cases else None
    for case in cases:
        _, algo, entry = case.name.split("-")
        case.bios, case.image = signed.loader(entry), signed.disk(algo)
        plain = Case(f"plain-{entry}", files.loader(entry), case.machine, files.images["fat32"])
        best = measure_instructions([case, plain], files, min(runs, PACKED_ROUNDS), STEADY)
        signed.show(f"{algo}-{entry}", best[case.name], best[plain.name])
        show_stages({case.name: best[case.name]})


def chosen(cases, words):
    """Those whose names hold one of @words; without words all."""
    return [c for c in cases if not words or any(w in c.name for w in words)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--build", default="build", help="build folder (O=)")
    parser.add_argument("--rounds", type=int, default=int(qemu.variable("ROUNDS") or 12))
    parser.add_argument("words", nargs="*", help="parts of names; none: all")
    args = parser.parse_args()
    try:
        files = bench_files.Files(Path(args.build) / "bench")
        cases = chosen(make_cases(files), args.words)
        show_instructions(measure_instructions(cases, files, args.rounds))
        show_wall(measure_wall(cases, files, args.rounds))
        measure_packed(files, args.words, args.rounds)
        measure_signed(files, args.words, args.rounds)
    except qemu.UsageError as error:
        print(f"bench: error: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    os.environ.pop("MAKEFLAGS", None)
    sys.exit(main())
