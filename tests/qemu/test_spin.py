# SPDX-License-Identifier: BSD-2-Clause
"""Secondary CPUs without PSCI, below a boot ROM that starts them all at once."""
import subprocess

import pytest

from bench import LINUX_LIMIT, QEMUS, TOP, build, play

IMAGE = 0x44000000  # where the ROM expects aglet.bin
SPIN = "virt:spin-table"
ENTRIES = [
    # variant, QEMU, the level of the kernel
    (SPIN, "new", 2),
    (SPIN, "old", 2),
    (f"{SPIN}+KERNEL_EL1=y", "new", 1),
    (f"{SPIN}+EL2_PRESENT=n", "old", 1),
]


def rom(folder):
    """Build the vendor's ROM. Return its path."""
    elf = folder / "vendor_rom.elf"
    tool = "aarch64-linux-gnu-"
    subprocess.run([f"{tool}gcc", f"-DIMAGE={IMAGE:#x}", "-nostdlib", "-static",
                    "-Wl,-Ttext=0,--build-id=none", "-o", elf,
                    TOP / "tests/qemu/vendor_rom.S"], check=True)
    subprocess.run([f"{tool}objcopy", "-O", "binary", elf, elf.with_suffix(".bin")],
                   check=True)
    return elf.with_suffix(".bin")


def below_rom(folder, own):
    """QEMU arguments that put the ROM, built in @own, before a build's image."""
    return (f"-M secure=on -bios {rom(own)} -device "
            f"loader,file={folder}/aglet.bin,addr={IMAGE:#x},force-raw=on")


@pytest.mark.parametrize("variant,qemu,el", ENTRIES, ids=str)
def test_linux_starts_every_cpu(tmp_path, variant, qemu, el):
    folder = build(variant)
    run = play("linux", folder, until=[r"^user space: \d+ CPUs"], SMP=4,
               QEMU=QEMUS[qemu], QEMU_ARGS=below_rom(folder, tmp_path), limit=LINUX_LIMIT)
    run.expect_lines([rf"handoff: .* EL{el}$",
                      r"CPU3: Booted secondary processor 0x0000000003",
                      rf"CPU: All CPU\(s\) started at EL{el}", r"^user space: 4 CPUs"])
    run.expect_none([r"^\S+: \S+: (warning|error)"])


@pytest.mark.parametrize("variant,qemu,el", ENTRIES, ids=str)
def test_report_is_green(tmp_path, variant, qemu, el):
    folder = build(variant)
    run = play("run", folder, SMP=3, QEMU=QEMUS[qemu],
               QEMU_ARGS=below_rom(folder, tmp_path))
    run.expect_status(0)
    run.expect_lines([rf"I run at EL{el} .* I see 3 CPUs", r"^ok \d+ - BP-SPIN-08 it comes .* cpu1",
                      r"^ok \d+ - HO-27 it waits .* cpu2", r"^SUMMARY: \d+ ok, 0 not ok"])


def test_a_cpu_without_a_record_is_named(tmp_path):
    folder = build(f"{SPIN}+NR_CPUS=2")
    run = play("run", folder, until=[r"^handoff:"], SMP=3,
               QEMU_ARGS=below_rom(folder, tmp_path))
    run.expect_lines([r"^fixup: cpu@2: warning: there is no record for this CPU: "
                      r"raise NR_CPUS; it is marked as failed", r"^handoff:"])


def test_a_cpu_that_stays_in_reset_is_named():
    """QEMU's own start of this machine holds all CPUs but one."""
    run = play("run", build(SPIN), until=[r"^handoff:"], SMP=2)
    run.expect_lines([r"^fixup: cpu@1: warning: this CPU has not come out of reset: .*; "
                      r"it is marked as failed", r"^handoff:"])
