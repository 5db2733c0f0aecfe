# SPDX-License-Identifier: BSD-2-Clause
"""Boots an image of an unsafe test build with a fault, under both oracles."""
import os
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

TOP = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(TOP / "scripts"), str(TOP / "tests/qemu")]
import bench
import cases
import image
import vendor_rom
from oracle import agree
from oracle.verdict import NOT_OK

UNSAFE = "+DEBUG=y+UNSAFE_TEST_BUILD=y"
# Seconds without a word after which a machine is taken for dead.
SILENCE = 8
# The one slow row of the kernel waits for the next second of a clock. It is
# left out where nothing but CNTFRQ_EL0 could make it red.
SLOW = "BP-TMR-01"


class Outcome(NamedTuple):
    """What one boot showed; @entry is the first CPU's first entry."""
    host: dict
    kernel: dict
    contradictions: list
    dead: bool
    ends: bool          # the report broke off, and not in a probe
    announced: bool
    tail: list
    entry: object
    trouble: str


def red(verdicts):
    """{rule: CPUs} of what is not ok."""
    found = {}
    for (rule, cpu), verdict in verdicts.items():
        if verdict.kind == NOT_OK:
            found.setdefault(rule, set()).add(cpu)
    return found


def set_up(variant):
    """The environment of a machine; returns its build folder."""
    name, cpu, cpus, _, which = cases.variants()[variant]
    cpu, _, machine = cpu.partition("/")
    for leak in bench.LEAKS:
        os.environ.pop(leak, None)
    os.environ.update(CPU=cpu, SMP=cpus, MEM="128M", QEMU=bench.QEMUS[which],
                      QEMU_ARGS=f"{bench.TURNS} -M {machine}" if machine else
                      bench.TURNS)
    return bench.build(name + UNSAFE)


def play(variant, number, rules=()):
    """Boot @variant with fault @number, from which @rules may turn red."""
    build = set_up(variant)
    if SLOW not in rules:
        os.environ.update(KERNEL=f"{build}/conformance.Image",
                          CMDLINE=f"aglet.skip={SLOW}")
    with tempfile.TemporaryDirectory() as folder:
        bad = image.with_fault(build, number, Path(folder) / "aglet.bin")
        below = cases.variants()[variant][3] == "rom"
        os.environ["QEMU_ARGS"] += " " + (vendor_rom.below(bad, Path(folder)) if below
                                          else f"-bios {bad}")
        seen = agree.observe_build(build, silence=SILENCE)
    report = seen.console
    return Outcome(red(seen.host), red(seen.kernel), agree.contradictions(seen),
                   not seen.entries, not (report.summary or report.probe),
                   f"unsafe test build: mutation {number}" in report.lines,
                   report.lines[-3:],
                   seen.entries[0] if seen.entries else None, seen.trouble or "")
