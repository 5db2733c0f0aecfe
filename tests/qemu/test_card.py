# SPDX-License-Identifier: BSD-2-Clause
"""SD cards: each controller brings a kernel and a file that needs many commands."""
import random

import pytest

import disk
import seal
from bench import QEMUS, build, need_machine, play

# More than three commands of the drivers bring, and no whole block at the end.
SIZE = (3 << 20) + 5
SDHOST = "/bcm2835-sdhost/sd-bus"


@pytest.mark.parametrize("variant,bus,qemu", [
    ("raspi3b:el3", "", "old"),
    ("raspi3b:el3", SDHOST, "new"),
    ("raspi3b:el2", SDHOST, "old"),
    ("raspi4b:el3", "", "new"),
], ids=str)
def test_kernel_and_initrd_come_from_the_card(tmp_path, variant, bus, qemu):
    folder = build(variant)
    need_machine(folder, QEMUS[qemu])
    initrd = tmp_path / "initrd"
    initrd.write_bytes(random.Random(4).randbytes(SIZE))
    image = disk.build(tmp_path / "disk.img", {
        "KERNEL": folder / "conformance.Image", "INITRD": str(initrd),
        "CMDLINE": f"aglet.initrd={seal.digest(initrd.read_bytes()):x}"})
    run = play("run", folder, QEMU=QEMUS[qemu], DISK=image, DISK_BUS=bus)
    run.expect_status(0)
    run.expect_lines([r"^find: disk: mmc0p1 ", rf"^load: initrd: {SIZE} bytes",
                      r"^ok \d+ - HO-04 ", r"^SUMMARY: \d+ ok, 0 not ok"])
    run.expect_none([r"^\S+: \S+: (warning|error)"])
