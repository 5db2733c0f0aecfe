# SPDX-License-Identifier: BSD-2-Clause
"""Secondary CPUs without PSCI, below a boot ROM that starts them all at once."""
import pytest

import vendor_rom
from bench import LINUX_LIMIT, QEMUS, build, need_machine, play

SPIN = "virt:spin-table"
ENTRIES = [
    # variant, QEMU, the level of the kernel
    (SPIN, "new", 2),
    (SPIN, "old", 2),
    (f"{SPIN}+KERNEL_EL1=y", "new", 1),
    (f"{SPIN}+EL2_PRESENT=n", "old", 1),
]


@pytest.mark.parametrize("variant,qemu,el", ENTRIES, ids=str)
def test_linux_starts_every_cpu(tmp_path, variant, qemu, el):
    folder = build(variant)
    run = play("linux", folder, until=[r"^user space: \d+ CPUs"], SMP=4,
               QEMU=QEMUS[qemu], limit=LINUX_LIMIT,
               QEMU_ARGS=vendor_rom.below(folder / "aglet.bin", tmp_path))
    run.expect_lines([rf"handoff: .* EL{el}$",
                      r"CPU3: Booted secondary processor 0x0000000003",
                      rf"CPU: All CPU\(s\) started at EL{el}", r"^user space: 4 CPUs"])
    run.expect_none([r"^\S+: \S+: (warning|error)"])


@pytest.mark.parametrize("variant,qemu,el", ENTRIES, ids=str)
def test_report_is_green(tmp_path, variant, qemu, el):
    folder = build(variant)
    run = play("run", folder, SMP=3, QEMU=QEMUS[qemu],
               QEMU_ARGS=vendor_rom.below(folder / "aglet.bin", tmp_path))
    run.expect_status(0)
    run.expect_lines([rf"I run at EL{el} .* I see 3 CPUs", r"^ok \d+ - BP-SPIN-08 it comes .* cpu1",
                      r"^ok \d+ - HO-27 it waits .* cpu2", r"^SUMMARY: \d+ ok, 0 not ok"])


def test_a_cpu_without_a_record_is_named(tmp_path):
    folder = build(f"{SPIN}+NR_CPUS=2")
    run = play("run", folder, until=[r"^handoff:"], SMP=3,
               QEMU_ARGS=vendor_rom.below(folder / "aglet.bin", tmp_path))
    run.expect_lines([r"^fixup: cpu@2: warning: there is no record for this CPU: "
                      r"raise NR_CPUS; it is marked as failed", r"^handoff:"])


def test_a_cpu_that_stays_in_reset_is_named():
    """QEMU's own start of this machine holds all CPUs but one."""
    run = play("run", build(SPIN), until=[r"^handoff:"], SMP=2)
    run.expect_lines([r"^fixup: cpu@1: warning: this CPU has not come out of reset: .*; "
                      r"it is marked as failed", r"^handoff:"])


@pytest.mark.linux
@pytest.mark.parametrize("variant,qemu,el", [
    ("raspi3b:el2", "new", 2),              # the firmware's words are passed on
    ("raspi3b:spin-table", "old", 2),       # its CPUs are fetched into our table
    ("raspi4b:spin-table+KERNEL_EL1=y", "new", 1),
], ids=str)
def test_linux_below_a_firmware_with_a_spin_table(variant, qemu, el):
    """QEMU's stub for the Raspberry Pis is the firmware; without PSCI Linux halts."""
    folder = build(variant)
    need_machine(folder, QEMUS[qemu])
    run = play("linux", folder, QEMU=QEMUS[qemu], limit=LINUX_LIMIT)
    run.expect_status(0)
    run.expect_lines([rf"handoff: .* EL{el}$", r"CPU3: Booted secondary processor 0x0000000003",
                      rf"CPU: All CPU\(s\) started at EL{el}", r"^user space: 4 CPUs",
                      r"reboot: System halted", r"^run: 4 CPUs in user space"])
    run.expect_none([r"^\S+: \S+: (warning|error)"])
