# SPDX-License-Identifier: BSD-2-Clause
"""A read that fails, at every place that a boot reads: a clear line, then the next candidate.

QEMU's driver blkdebug lets every request fail that touches one sector.
"""
import pytest

import disks
from bench import QEMUS, build, play

VARIANT = "virt:el2+gicv3"
LONELY = "virt:el3+gicv3+SOURCE_EMBEDDED=n"
MIB = disks.MIB
FROM_DISK = "^load: initrd: 100003 bytes from disk"
BACKUP = r"^find: {disk}: warning: GPT: the first copy is damaged, the backup is used"
VOLUME = r"^find: {disk}p1: warning: it cannot be read \(EIO\)"
FOLDER = r"^find: {disk}p1: warning: a folder of it cannot be read.*\(EIO\)"
ENTRY = r"^find: disk: error: {disk}p1 /loader/entries/aglet\.conf: it .*can.* \(EIO\)"
FILE = r"^find: disk: error: {disk}p1 /loader/entries/aglet\.conf: /\S+: .*\(EIO\)"
KERNEL = r"^(inspect|load): kernel: error: disk (cannot be read|did not deliver its).*\(EIO\)"
INITRD = r"^load: initrd: error: disk did not deliver its \d+ bytes.*\(EIO\)"
# What is read on the way, in this order: the line that must come.
PLACES = {
    "MBR": r"^find: {disk}: warning: partition table: the first block of .*\(EIO\)",
    "GPT header": BACKUP, "GPT entries": BACKUP, "boot sector": VOLUME, "superblock": VOLUME,
    "FAT": VOLUME, "group descriptors": FOLDER, "root": FOLDER, "loader folder": FOLDER,
    "entries folder": FOLDER, "entry": ENTRY, "kernel begin": KERNEL, "kernel middle": KERNEL,
    "kernel end": KERNEL, "initrd begin": INITRD, "initrd middle": INITRD,
}
# By file system: the place of what has no bytes to be found by.
ONLY = {"fat16": ("boot sector", "FAT"), "ext4": ("superblock", "group descriptors", "root")}
EVERYWHERE = [p for p in PLACES if not any(p in only for only in ONLY.values())]
CASES = [(system, place) for system, only in ONLY.items() for place in (*EVERYWHERE, *only)]
NVME = ["MBR", "GPT header", "superblock", "entry", "kernel middle", "initrd begin"]


def places(data, kernel):
    """{place: byte of the disk}"""
    def at(what):
        return data.index(what, MIB)

    def name(fat, ext):
        return at(fat) if fat in data else at(ext)

    fat = int.from_bytes(data[MIB + 14:MIB + 16], "little") * 512
    return {
        "MBR": 0, "GPT header": 512, "GPT entries": 1024, "boot sector": MIB, "FAT": MIB + fat,
        "superblock": MIB + 1024, "group descriptors": MIB + 2048,
        "root": data.find(b"lost+found", MIB), "loader folder": name(b"ENTRIES    ", b"entries"),
        "entries folder": at(b"aglet.conf") if b"lost+found" in data else at(
            b"A\0G\0L\0E\0T\0".lower()), "entry": at(b"title kernel.image"),
        "kernel begin": at(kernel[:512]), "kernel middle": at(kernel[75264:75776]),
        "kernel end": at(kernel[-600:]) + 512, "initrd begin": at(disks.INITRD[:512]),
        "initrd middle": at(disks.INITRD[61000:61512]),
    }


def disk_with(folder, work, system):
    """A disk with a boot entry, and where on it is what."""
    kernel = disks.pack(folder, "image", work)
    image = disks.make(work, "gpt", system, disks.tree(work / "root", "bls", "image", kernel))
    return image, places(image.read_bytes(), kernel)


def failing(image, offset, device, once="off"):
    """QEMU's words for a disk whose sector at @offset cannot be read."""
    rule = f"file.inject-error.0.event=read_aio,file.inject-error.0.sector={offset // 512}"
    return (f"-blockdev driver=raw,node-name=bad,file.driver=blkdebug,file.image.driver=file,"
            f"file.image.filename={image},{rule},file.inject-error.0.errno=5,"
            f"file.inject-error.0.once={once} -device {device},drive=bad")


def boot(variant, work, system, place, device, name, once="off", **given):
    folder = build(variant)
    image, where = disk_with(folder, work, system)
    run = play("run", folder, SMP=1, QEMU_ARGS=failing(image, where[place], device, once),
               **given)
    run.expect_lines([PLACES[place].format(disk=name)])
    return run


def goes_on(run, place):
    run.expect_status(0)
    run.expect_lines([FROM_DISK if PLACES[place] == BACKUP else "^find: embedded: kernel of",
                      r"^SUMMARY: \d+ ok, 0 not ok"])


@pytest.mark.parametrize("system,place", CASES)
def test_virtio(system, place, tmp_path):
    qemu = QEMUS["old" if len(place) % 2 else "new"]
    goes_on(boot(VARIANT, tmp_path, system, place, "virtio-blk-pci", "virtio0", QEMU=qemu), place)


@pytest.mark.parametrize("place", NVME)
def test_nvme(place, tmp_path):
    goes_on(boot(VARIANT, tmp_path, "ext4", place, "nvme,serial=1", "nvme0(n1)?"), place)


@pytest.mark.parametrize("device,name", [("virtio-blk-device", "virtio0"),
                                         ("nvme,serial=1", "nvme0(n1)?")])
def test_only_once(device, name, tmp_path):
    """A file is not read a second time in the hope that it works."""
    place = "kernel middle"
    goes_on(boot(VARIANT, tmp_path, "ext4", place, device, name, once="on"), place)


def test_bad_neighbour(tmp_path):
    """What was only read ahead of need, and cannot be, stops nothing."""
    folder = build(VARIANT)
    image, where = disk_with(folder, tmp_path, "ext4")
    run = play("run", folder, SMP=1,
               QEMU_ARGS=failing(image, where["root"] + 4096, "virtio-blk-pci"))
    run.expect_status(0)
    run.expect_lines([FROM_DISK, r"^SUMMARY: \d+ ok, 0 not ok"])
    run.expect_none(["warning: ", "error: "])


@pytest.mark.parametrize("device,name", [("virtio-blk-pci", r"virtio\d"),
                                         ("nvme,serial=1", "nvme0(n1)?")])
@pytest.mark.parametrize("place", ["superblock", "kernel middle"])
def test_nothing_else_to_boot(device, name, place, tmp_path):
    """An honest end: the ledger with the reason, and a bad status."""
    (tmp_path / "empty").write_bytes(bytes(512))    # so that QEMU is given no kernel
    run = boot(LONELY, tmp_path, "ext4", place, device, name, DISK=tmp_path / "empty")
    run.expect_lines([r"^ledger: \d+ entries", r"^ledger: .*\bEIO\b", r"^fail: boot: no candidate"])
    run.expect(run.status not in (0, None), f"status {run.status}")
