# SPDX-License-Identifier: BSD-2-Clause
"""CONFIG_POISON: where the reset code begins, everything holds junk."""
import os
import re

import pytest

from bench import build, play

JUNK, MEMORY = 0xbad0bad1bad2bad3, 0xbad4bad5bad6bad7
# At the first instruction of the reset code, wherever the image lies.
STOP = ("hbreak *((unsigned long)&reset - (unsigned long)&__loader_start)",
        "continue")
MACHINES = {
    # level: (variant, what QEMU's reset does not give)
    3: ("virt:el3+gicv3+poison", {
        "SCR_EL3": 0xf0be, "CPTR_EL3": 0xc0100400, "MDCR_EL3": 0x9c640,
        "TTBR0_EL3": JUNK, "CPTR_EL2": 0xc01037ff, "CNTHCTL_EL2": 0, "CNTP_CTL_EL0": 5,
        "TCR_EL1": JUNK, "VPIDR_EL2": 0, "SVCR": 3}),
    2: ("virt:el2+gicv3+poison", {
        "CNTHCTL_EL2": 0, "CPTR_EL2": 0xc01037ff, "VPIDR_EL2": 0, "CNTP_CTL_EL0": 5,
        "HSTR_EL2": 0xbfef, "MAIR_EL1": JUNK, "SVCR": 3}),
    1: ("virt:el1+gicv3+poison", {
        "MAIR_EL1": JUNK, "CNTV_CTL_EL0": 5, "SVCR": 3}),
}


def values(folder, names, *prepare, cpus=1):
    """gdb's view of @names after the commands @prepare, as {name: number}."""
    asks = [f"output/x {name}" for name in names]
    script = folder / f"poison-{os.getpid()}.gdb"   # another worker has its own
    script.write_text("\n".join([*prepare] + [f"{a}\necho \\n" for a in asks] + ["kill"]))
    run = play("debug", folder, limit=40, CPU="max", SMP=cpus,
               GDB_ARGS=f"-batch -x {script}")
    numbers = [int(line, 16) for line in run.lines if re.fullmatch(r"0x[0-9a-f]+", line)]
    run.expect(len(numbers) == len(names), f"{len(names)} values, got {numbers}")
    return dict(zip(names, numbers))


@pytest.mark.parametrize("level", MACHINES)
def test_reset_finds_junk(level):
    variant, wanted = MACHINES[level]
    memory = [0x41000000, 0x47c00000, 0x47fffff8] + [0x0e000000] * (level == 3)
    words = [f"*(unsigned long *){place:#x}" for place in memory]
    names = [f"${name}" for name in [*wanted, "x4", "x29", "x30", "x0"]]
    found = values(build(variant), names + words, *STOP)
    assert found.pop("$x0") == 0, "the contract's own"
    for name in ("x4", "x29", "x30"):
        assert found.pop(f"${name}") == JUNK
    for word in words:
        assert found.pop(word) == MEMORY
    assert found == {f"${name}": value for name, value in wanted.items()}


@pytest.mark.parametrize("cpu", [0, 1])
def test_each_cpu_has_its_own(cpu):
    """Without TIMER_FREQ what the primary finds in CNTFRQ is input."""
    names = ["$CNTFRQ_EL0", "$CNTVOFF_EL2"]
    stop = (f"{STOP[0]} thread {cpu + 1}", STOP[1])
    found = values(build("virt:el3+gicv3+poison"), names, *stop, cpus=2)
    mpidr = 1 << 31 | cpu
    assert found["$CNTVOFF_EL2"] == (mpidr + 0xbad) << 20
    assert (found["$CNTFRQ_EL0"] == 1) == (cpu == 1)


QUIET = {
    # kernel's level: registers that are 0 when it starts, whatever they held
    2: ["CNTP_CTL_EL0", "CNTV_CTL_EL0", "CNTHP_CTL_EL2", "CNTHV_CTL_EL2", "SVCR",
        "PMINTENSET_EL1"],
    1: ["CNTP_CTL_EL0", "CNTV_CTL_EL0", "SVCR", "PMINTENSET_EL1"],
}


@pytest.mark.parametrize("variant,level,at_el3", [
    ("el3+gicv3", 2, ["CNTPS_CTL_EL1"]), ("el3-kernel-el1+gicv3", 2, ["CNTPS_CTL_EL1"]),
    ("el3-no-el2+gicv3", 1, ["CNTPS_CTL_EL1"]), ("el2+gicv3", 2, []), ("el1+gicv3", 1, [])])
def test_nothing_runs_on_in_the_kernel(variant, level, at_el3):
    """HO-28 and its kin, seen from outside at the kernel's first instruction."""
    names = [f"${name}" for name in QUIET[level] + at_el3]
    found = values(build(f"virt:{variant}+poison"), names + ["$x0", "$PMCR_EL0"],
                   "hbreak *0x40000000", "continue")
    assert found.pop("$x0"), "a device tree"
    assert not found.pop("$PMCR_EL0") & 1
    assert found == dict.fromkeys(names, 0)


def test_it_says_so_even_when_silent():
    folder = build("virt:el3+gicv3+poison+LOG_ERR=y")
    run = play("run", folder, SMP=1)
    run.expect_status(0)
    run.expect_lines([r"^poison: all registers and the RAM held junk before reset: "])
    run.expect_none([r"^aglet "])
