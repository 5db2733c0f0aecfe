#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""Boots a build once and draws where its instructions went, and what is where.

KERNEL INITRD CMDLINE DTB DISK SMP MEM CPU QEMU QEMU_ARGS mean what they mean
for make run; one CPU unless SMP= says otherwise. With neither KERNEL nor DISK,
a build that reads disks gets the bench's disk (33 MB kernel, initrd, FAT32),
and any other what make run starts. Leaves report.html in the build folder and
prints the same as text.
"""
import argparse
import sys
from pathlib import Path

import bench_files
import qemu
import report_machine
import report_memory
import report_page
import run
from oracle.gdbstub import StubError

WIDTH = 40          # of the longest bar on the terminal


def takes_disk(build):
    """A build that reads disks, on a board whose QEMU can be given one."""
    config = qemu.read_config(build)
    board = qemu.run_args_file(config.get("CONFIG_BOARD", ""))
    return "CONFIG_SOURCE_DISK" in config and "{DISK}" in board.read_text()


def variables(build):
    given = {"SMP": qemu.variable("SMP") or "1"}
    if qemu.variable("KERNEL") or qemu.variable("DISK"):
        return given
    if takes_disk(build):
        return {**given, "DISK": str(bench_files.one_disk(Path(build) / "report", "fat32"))}
    return {**given, **run.conformance_variables(build)}


def stage_lines(stages):
    total = sum(n for _, n in stages) or 1
    most = max(n for _, n in stages) or 1
    yield f"report: {total / 1e6:.2f} million guest instructions from reset to the kernel"
    for name, count in stages:
        yield (f"report: {name:8}{count / 1e6:9.3f} {100 * count / total:5.1f} % "
               f"{'#' * round(WIDTH * count / most)}").rstrip()


def memory_lines(ranges):
    for ram, pieces in ranges:
        yield f"report: {ram.name}: {ram.base:#x}..{ram.end:#x}, {report_page.size_text(ram.size)}"
        for piece in pieces:
            yield (f"report:   {piece.base:#012x}..{piece.end:#012x} "
                   f"{report_page.size_text(piece.size):>10}  {piece.name}")


def write(build):
    words = qemu.command(build, variables(build), ["-no-reboot"])
    boot = report_machine.boot_once(words, build, run.time_limit())
    ranges, stages = report_memory.picture(boot, build), boot.stages()
    board = qemu.read_config(build)["CONFIG_BOARD"]
    facts = (f"{next(iter(boot.console.splitlines()), board)}. The kernel begins at "
             f"{boot.entry:#x} at EL{boot.level}, its device tree is at {boot.tree_at:#x}.")
    target = Path(build) / "report.html"
    target.write_text(report_page.page(f"A boot of Aglet on {board}", facts, stages, ranges,
                                       boot.console))
    for line in (*stage_lines(stages), *memory_lines(ranges), f"report: {target} shows it"):
        print(line)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--build", default="build", help="build folder (O=)")
    args = parser.parse_args()
    try:
        write(args.build)
    except (qemu.UsageError, StubError) as error:
        print(f"report: error: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
