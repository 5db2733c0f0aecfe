# SPDX-License-Identifier: BSD-2-Clause
"""SATA disks: which ports have one, long reads, and blocks that cannot be read."""
import random

import disk
import disks
import seal
from bench import build, play

VARIANT = "sbsa-ref:el3"
# More than one command of the driver brings.
LARGE = 40 * disks.MIB + 5


def drive(port, path, more=""):
    return f"-drive if=ide,index={port},format=raw,file={path}{more}"


def bad_block(port, path, sector):
    """A disk on which reading @sector always fails."""
    words = ["driver=raw", "file.driver=blkdebug", "file.image.driver=file",
             f"file.image.filename={path}", "rerror=report"]
    words += [f"file.inject-error.0.{word}" for word in
              ("event=read_aio", "iotype=read", "errno=5", f"sector={sector}")]
    return f"-drive if=ide,index={port},{','.join(words)}"


def test_large_file_behind_a_cd(tmp_path):
    """No disk in port 0 but a CD, none in 1; a file that needs two commands."""
    folder = build(VARIANT)
    initrd, cd = tmp_path / "initrd", tmp_path / "cd"
    initrd.write_bytes(random.Random(2).randbytes(LARGE))
    cd.write_bytes(bytes(disks.MIB))
    image = disk.build(tmp_path / "disk.img", {
        "KERNEL": folder / "conformance.Image", "INITRD": str(initrd),
        "CMDLINE": f"aglet.initrd={seal.digest(initrd.read_bytes()):x}"})
    run = play("run", folder, QEMU_ARGS=f"{drive(0, cd, ',media=cdrom')} {drive(2, image)}")
    run.expect_lines([r"^find: disk: ahci0p1 ", rf"^load: initrd: {LARGE} bytes",
                      r"^ok \d+ - BP-INITRD-\d+", r"^SUMMARY: \d+ ok, 0 not ok"])
    run.expect_none([r"warning: .*ahci", r"ahci.*warning"])
    run.expect_status(0)


def test_bad_block_ends_a_file_and_not_the_disk(tmp_path):
    """The first kernel cannot be read; the next one, on the same disk, is."""
    folder = build(VARIANT)
    kernel = (folder / "conformance.Image").read_bytes()
    root = disks.write(tmp_path / "root", {
        "bad.Image": random.Random(3).randbytes(4096) + kernel, "good.Image": kernel,
        "loader/entries/b.conf": "title bad\nlinux /bad.Image\n",
        "loader/entries/a.conf": "title good\nlinux /good.Image\n"})
    image = disks.make(tmp_path, "gpt", "fat32", root)
    at = image.read_bytes().index((root / "bad.Image").read_bytes()[:4096])
    run = play("run", folder, QEMU_ARGS=bad_block(0, image, at // 512))
    run.expect_lines([r'^find: disk: ahci0p1 .*"bad"', r"\(EIO\)$",
                      r'^find: disk: ahci0p1 .*"good"', r"^SUMMARY: \d+ ok, 0 not ok"])
    run.expect_status(0)
