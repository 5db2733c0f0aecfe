# SPDX-License-Identifier: BSD-2-Clause
"""Debian's kernel from disks that make run-linux DISK=1 and make disk make, to user space."""
import subprocess

import pytest

import disk
import disks
from bench import LINUX_LIMIT, PYTHON, QEMUS, TOP, build, environment, play

IMAGE = TOP / ".deps/linux/Image"
# Each with a variant of its own: the image lies in its build folder.
CASES = {
    "GPT, FAT, BLS": ("virt:el1+gicv3", "image", {"TABLE": "gpt", "FS": "fat", "ENTRY": "bls"}),
    "MBR, ext4, extlinux, gzip": ("virt:el2+gicv3", "gzip", {
        "TABLE": "mbr", "FS": "ext4", "ENTRY": "extlinux", "DISK_DEVICE": "nvme,serial=1"}),
    "GPT, ext4, BLS, zstd": ("virt:el3+gicv3", "zstd", {
        "TABLE": "gpt", "FS": "ext4", "ENTRY": "bls", "CPU": "max"}),
    "no table, FAT, extlinux, FIT": ("virt:el3+gicv2", "fit", {
        "TABLE": "none", "FS": "fat", "ENTRY": "extlinux", "DISK_DEVICE": "virtio-blk-device"}),
    "MBR, FAT, BLS, zboot": ("virt:el1+gicv2", "zboot", {
        "TABLE": "mbr", "FS": "fat", "ENTRY": "bls", "QEMU": QEMUS["old"]}),
}


def kernel(form, work):
    """Debian's kernel in this format; the FIT has an own initrd, which is left out."""
    if form == "image":
        return ""
    path = work / f"vmlinuz.{form}"
    if form == "fit":
        (work / "kernel").symlink_to(IMAGE)
        (work / "fit.its").write_text(disks.ITS_KERNEL)
        disk.run("mkimage", "-q", "-f", "fit.its", path.name, cwd=work)
    else:
        data = IMAGE.read_bytes()
        path.write_bytes({
            "gzip": lambda: disks.through("gzip -3 -n", data),
            "zstd": lambda: disks.through("zstd -q -3", data),
            "zboot": lambda: disks.zboot(disks.through("zstd -q -3", data), "zstd22"),
        }[form]())
    return path


@pytest.mark.linux
@pytest.mark.parametrize("name", CASES)
def test_user_space(name, tmp_path):
    variant, form, given = CASES[name]
    run = play("linux", build(variant), limit=LINUX_LIMIT, DISK="1", MEM="512M",
               KERNEL=kernel(form, tmp_path), **given)
    run.expect_status(0)
    packed = "" if form in ("image", "fit") else {"zboot": "zstd"}.get(form, form) + " with "
    run.expect_lines([r"^find: disk: \w+ /(loader|boot)/\S+", rf"^inspect: kernel: {packed}arm64",
                      r"^load: initrd: \d+ bytes from disk", r"^user space: 4 CPUs",
                      r"^run: 4 CPUs in user space"])
    run.expect_none([r"^find: embedded", r"^\w+: \S+: (warning|error)"])


@pytest.mark.linux
def test_make_disk_then_run_linux(tmp_path):
    """Two steps, as a user takes them."""
    folder, image = build("virt:el2+gicv2"), tmp_path / "own.img"
    given = {"DISK": image, "FS": "ext4", "CMDLINE": "earlycon aglet.test=poweroff"}
    done = subprocess.run([PYTHON, "scripts/disk.py", "--build", str(folder)], cwd=TOP,
                          env=environment(given), check=False, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert done.returncode == 0, done.stdout
    run = play("linux", folder, limit=LINUX_LIMIT, DISK=image, MEM="512M")
    run.expect_status(0)
    run.expect_lines([r"^find: disk: virtio0p1 /loader/entries/aglet\.conf", "^user space: 4 CPUs"])
