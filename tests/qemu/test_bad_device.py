# SPDX-License-Identifier: BSD-2-Clause
"""A disk whose device cannot be used is named, and the others are booted from."""
import shutil

import disks
from bench import build, play

VARIANT = "virt:el2+gicv3"
WARNING = (r"^find: pci: warning: a device cannot be used: the machine's disks may lack one "
           r"\(ENOTSUP\)")
# Virtio as it was before 1.0: on PCI there are no capabilities to find it by.
OLD = "virtio-blk-pci,disable-modern=on,disable-legacy=off"


def image(folder, tmp_path):
    root = disks.tree(tmp_path / "root", "path", "image", disks.pack(folder, "image", tmp_path))
    return disks.make(tmp_path, "gpt", "fat32", root)


def test_only_disk(tmp_path):
    folder = build(VARIANT)
    run = play("run", folder, DISK=image(folder, tmp_path), DISK_DEVICE=OLD)
    run.expect_status(0)
    run.expect_lines([WARNING, "^find: disk: no kernel there", "^find: embedded: kernel of"])


def test_beside_a_good_one(tmp_path):
    """The bad one has the lower number on the bus, so it is met first."""
    folder = build(VARIANT)
    path, other = image(folder, tmp_path), tmp_path / "other.img"
    shutil.copy(path, other)
    more = (f"-drive if=none,id=old,format=raw,file={other} "
            f"-device {OLD},drive=old,addr=1")
    run = play("run", folder, DISK=path, DISK_DEVICE="virtio-blk-pci,addr=2", QEMU_ARGS=more)
    run.expect_status(0)
    run.expect_lines([WARNING, "^find: disk: virtio0p1 /boot/Image: kernel of"])
    run.expect_none(["^find: embedded"])
