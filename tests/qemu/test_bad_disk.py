# SPDX-License-Identifier: BSD-2-Clause
"""Damaged tables and file systems: one clear line, then the next candidate; no hang."""
import re
import struct
import subprocess
import zlib

import pytest

import disks
from bench import build, play

VARIANT = "virt:el2+gicv3"
MIB = disks.MIB
DISK = r"^find: disk: virtio0p1 /boot/Image: kernel of"
EMBEDDED = "^find: embedded: kernel of"
ENTRY_SIZE = 128


class Image:
    """The bytes of a disk image in place."""

    def __init__(self, path):
        self.path = path

    def read(self, offset, size):
        with open(self.path, "rb") as f:
            f.seek(offset)
            return f.read(size)

    def write(self, offset, data):
        with open(self.path, "r+b") as f:
            f.seek(offset)
            f.write(data)

    def put(self, offset, form, *values):
        self.write(offset, struct.pack(form, *values))

    def get(self, offset, form):
        return struct.unpack(form, self.read(offset, struct.calcsize(form)))[0]

    def size(self):
        return self.path.stat().st_size

    def flip(self, offset):
        self.put(offset, "B", self.get(offset, "B") ^ 0x40)

    def cut(self, size):
        with open(self.path, "r+b") as f:
            f.truncate(size)


def last(image):
    return image.size() - 512


def seal_gpt(image, header):
    """New CRCs for what was changed on purpose (UEFI 2.10, table 5-5)."""
    entries = image.get(header + 72, "<Q") * 512
    size = image.get(header + 80, "<I") * image.get(header + 84, "<I")
    image.put(header + 88, "<I", zlib.crc32(image.read(entries, size)))
    image.put(header + 16, "<I", 0)
    image.put(header + 16, "<I", zlib.crc32(image.read(header, 92)))


def both(*changes):
    def change(image):
        for one in changes:
            one(image)
    return change


def overlap_gpt(image):
    """A second partition over the first one, in both copies, with good CRCs."""
    for header in (512, last(image)):
        entries = image.get(header + 72, "<Q") * 512
        image.write(entries + ENTRY_SIZE, image.read(entries, ENTRY_SIZE))
        seal_gpt(image, header)


def outside_gpt(image):
    """The partition ends 2^60 blocks behind the disk (CVE-2018-18439 began so)."""
    for header in (512, last(image)):
        image.put(image.get(header + 72, "<Q") * 512 + 40, "<Q", 1 << 60)
        seal_gpt(image, header)


def overlap_mbr(image):
    image.write(446 + 16, image.read(446, 16))


def loop_mbr(image):
    """CVE-2019-13103: a table of logical partitions names itself as the next."""
    image.write(2 * MIB + 446 + 16, bytes([0, 0, 0, 0, 5, 0, 0, 0]) + struct.pack("<II", 0, 2048))


def noise(image):
    image.write(0, disks.INITRD[:65536])


def fresh(size):
    """Nothing but zeroes."""
    def change(image):
        image.cut(0)
        image.cut(size)
    return change


# What happens to a good disk: table, file system, change, lines, who boots.
DAMAGE = {
    "GPT cut": ("gpt", "fat16", lambda i: i.cut(3 * MIB),
                [r"^find: virtio0: warning: GPT: its usable blocks go beyond the disk"], EMBEDDED),
    "GPT cut, both headers bad": ("gpt", "ext4", both(lambda i: i.flip(512 + 40),
                                                      lambda i: i.cut(4 * MIB)),
                                  [r"^find: virtio0: warning: GPT: its header does not match"],
                                  EMBEDDED),
    "GPT header": ("gpt", "fat16", lambda i: i.flip(512 + 56),
                   [r"^find: virtio0: warning: GPT: the first copy is damaged, the backup"], DISK),
    "GPT entries": ("gpt", "ext4", lambda i: i.flip(1024 + 60),
                    [r"^find: virtio0: warning: GPT: the first copy is damaged, the backup"], DISK),
    "GPT header gone": ("gpt", "ext2", lambda i: i.write(512, bytes(512)),
                        [r"^find: virtio0: warning: GPT: the first copy is damaged, the backup"],
                        DISK),
    "GPT backup": ("gpt", "ext4", lambda i: i.flip(last(i) + 56), [], DISK),
    "GPT both": ("gpt", "fat16", both(lambda i: i.flip(512 + 56), lambda i: i.flip(last(i) + 56)),
                 [r"^find: virtio0: warning: GPT: its header does not match its CRC"], EMBEDDED),
    "GPT both gone": ("gpt", "fat16", both(lambda i: i.write(512, bytes(512)),
                                           lambda i: i.write(last(i), bytes(512))),
                      [r"^find: virtio0: warning: GPT: the MBR announces one"], EMBEDDED),
    "GPT overlap": ("gpt", "fat16", overlap_gpt,
                    [r"^find: virtio0: warning: GPT: two partitions overlap"], EMBEDDED),
    "GPT beyond": ("gpt", "fat16", outside_gpt,
                   [r"^find: virtio0: warning: GPT: a partition is empty or lies"], EMBEDDED),
    "MBR cut": ("mbr", "fat16", lambda i: i.cut(4 * MIB),
                [r"^find: virtio0: warning: MBR: a partition goes beyond the disk: it is cut",
                 r"^find: virtio0p1: warning: .*the image was cut"], EMBEDDED),
    "MBR cut before": ("mbr", "fat16", lambda i: i.cut(MIB // 2),
                       [r"^find: virtio0: warning: MBR: "], EMBEDDED),
    "MBR overlap": ("mbr", "fat16", overlap_mbr,
                    [r"^find: virtio0: warning: MBR: two partitions overlap"], DISK),
    "MBR loop": ("mbr-logical", "fat16", loop_mbr,
                 [r"^find: virtio0: warning: MBR: the chain of logical partitions has no end"],
                 DISK.replace("p1", "p5")),
    "no table, FAT cut": ("none", "fat16", lambda i: i.cut(4 * MIB),
                          [r"^find: virtio0: warning: .*the image was cut"], EMBEDDED),
    "no table, ext4 cut": ("none", "ext4", lambda i: i.cut(8 * MIB),
                           [r"^find: virtio0: warning: ext4: larger than its partition"], EMBEDDED),
    "noise": ("none", "fat16", noise, ["^find: disk: no kernel there"], EMBEDDED),
    "zeroes": ("none", "fat16", fresh(MIB), ["^find: disk: no kernel there"], EMBEDDED),
    "one sector": ("none", "fat16", fresh(512), ["^find: disk: no kernel there"], EMBEDDED),
    "no sector": ("none", "fat16", fresh(0), ["^find: disk: no kernel there"], EMBEDDED),
}


def good_disk(folder, work, table, system):
    root = disks.write(work / "root", {
        "boot/Image": (folder / "conformance.Image").read_bytes()})
    return Image(disks.make(work, table, system, root))


def boots(image, lines, who, **given):
    folder = build(VARIANT)
    run = play("run", folder, SMP=1, DISK=image.path, **given)
    run.expect_status(0)
    run.expect_lines([*lines, who, r"^SUMMARY: \d+ ok, 0 not ok"])
    if who != EMBEDDED:
        run.expect_none([EMBEDDED])
    return run


@pytest.mark.parametrize("name", DAMAGE)
def test_damaged_disk(name, tmp_path):
    table, system, change, lines, who = DAMAGE[name]
    image = good_disk(build(VARIANT), tmp_path, table, system)
    change(image)
    boots(image, lines, who)


def test_no_medium():
    run = play("run", build(VARIANT), SMP=1)
    run.expect_status(0)
    run.expect_lines([r"^find: disk: no kernel there", EMBEDDED, r"^SUMMARY: \d+ ok, 0 not ok"])


@pytest.mark.parametrize("device", ["virtio-blk-pci", "virtio-blk-device", "nvme,serial=2"])
def test_bad_disk_beside_a_good_one(device, tmp_path):
    """Whichever is looked at first, the good one boots."""
    folder = build(VARIANT)
    image = good_disk(folder, tmp_path, "gpt", "fat16")
    (tmp_path / "bad").write_bytes(image.read(0, 3 * MIB))
    run = play("run", folder, SMP=1, DISK=image.path, QEMU_ARGS=(
        f"-drive if=none,id=bad,format=raw,file={tmp_path}/bad -device {device},drive=bad"))
    run.expect_status(0)
    run.expect_lines([r"^find: \w+: warning: GPT: its usable blocks go beyond the disk",
                      r"^find: disk: virtio\dp1 /boot/Image: kernel",
                      r"^SUMMARY: \d+ ok, 0 not ok"])


def first_cluster(image, volume, name):
    """Where the root folder of a FAT16 volume says that @name begins."""
    reserved, copies, entries, sectors = struct.unpack(
        "<HBH3xH", image.read(volume + 14, 10)[:10])
    root = volume + (reserved + copies * sectors) * 512
    at = image.read(root, entries * 32).index(name)
    return root + at, image.get(root + at + 26, "<H"), volume + reserved * 512


def loop_fat(image):
    """The chain of the kernel leads back to its third cluster (CVE-2025-24857's kind)."""
    _, cluster, table = first_cluster(image, MIB, b"IMAGE      ")
    image.put(table + 2 * (cluster + 60), "<H", cluster + 2)


def free_fat(image):
    _, cluster, table = first_cluster(image, MIB, b"IMAGE      ")
    image.put(table + 2 * (cluster + 5), "<H", 0)


def beyond_fat(image):
    entry, _, _ = first_cluster(image, MIB, b"IMAGE      ")
    image.put(entry + 26, "<H", 0xffef)


def large_fat(image):
    """CVE-2018-18439: a file of 4 GiB in a machine of 128 MiB."""
    entry, _, _ = first_cluster(image, MIB, b"IMAGE      ")
    image.put(entry + 28, "<I", 0xffffffff)


def clusters_fat(image):
    """CVE-2025-24857: sizes from which no number of clusters follows."""
    image.put(MIB + 13, "B", 0)


UNREAD = "^inspect: kernel: error: disk cannot be read: "
FATS = {
    "loop": (loop_fat, r"^(inspect|load): kernel: error: disk .*: a chain of clusters is a loop"),
    "free cluster": (free_fat, UNREAD + "a chain of clusters leads to a free"),
    "cluster beyond": (beyond_fat, UNREAD + "a file .* starts outside"),
    "file of 4 GiB": (large_fat, UNREAD + "a file is larger than its volume"),
    "cluster of 0": (clusters_fat, r"^find: (virtio0p1: warning: the sizes|disk: no kernel there)"),
}


@pytest.mark.parametrize("name", FATS)
def test_damaged_fat(name, tmp_path):
    folder = build(VARIANT)
    root = disks.write(tmp_path / "root", {
        "IMAGE": (folder / "conformance.Image").read_bytes()})
    image = Image(disks.make(tmp_path, "gpt", "fat16", root))
    change, line = FATS[name]
    change(image)
    boots(image, [line], EMBEDDED)


def debugfs(volume, *requests):
    for request in requests:
        subprocess.run(["/usr/sbin/debugfs", "-w", "-R", request, volume], check=True,
                       capture_output=True)


def inode_of(volume, name):
    """The byte of the volume where the inode of a file is."""
    told = subprocess.run(["/usr/sbin/debugfs", "-R", f"imap {name}", volume], check=True,
                          capture_output=True, text=True).stdout
    block, offset = re.search(r"located at block (\d+), offset (0x\w+)", told).groups()
    return int(block) * 1024 + int(offset, 16)


def extents(volume):
    """A tree of extents whose one block is its own child."""
    image, inode = Image(volume), inode_of(volume, "/boot/Image")
    block = image.get(inode + 40 + 12 + 8, "<I")
    head = struct.pack("<HHHHI", 0xf30a, 1, 4, 3, 0)
    index = struct.pack("<IIHH", 0, block, 0, 0)
    image.write(inode + 40, head + index)
    image.write(block * 1024, struct.pack("<HHHHI", 0xf30a, 1, 84, 2, 0) + index)


def links(volume):
    """CVE-2024-57257's kind: links without end."""
    debugfs(volume, "rm /boot/Image", "symlink /boot/Image vmlinuz", "symlink /boot/vmlinuz Image")


def flipped_inode(volume):
    Image(volume).flip(inode_of(volume, "/boot/Image") + 4)


EXTS = {
    "extents that loop": ("^metadata_csum", extents,
                          UNREAD + "ext4: the extents of a file contradict"),
    "links that loop": ("metadata_csum", links,
                        r"^find: disk: error: .*: /boot/Image: .*\(ELOOP\)"),
    "an inode with a wrong checksum": (
        "metadata_csum", flipped_inode,
        r"^find: disk: error: .*: /boot/Image: ext4: an inode's checksum is wrong"),
    "block size": ("^metadata_csum", lambda v: Image(v).put(1024 + 24, "<I", 31),
                   r"^find: virtio0: warning: ext4: "),
    "no inodes in a group": ("^metadata_csum", lambda v: Image(v).put(1024 + 40, "<I", 0),
                             r"^find: virtio0: warning: ext4: the superblock contradicts itself"),
    "size of an inode": ("^metadata_csum", lambda v: Image(v).put(1024 + 88, "<H", 0xffff),
                         r"^find: virtio0: warning: ext4: "),
}


def make_ext4(path, root, features):
    with open(path, "wb") as f:
        f.truncate(16 * MIB)
    disks.disk.run("mke2fs", "-q", "-F", "-t", "ext4", "-b", "1024", "-O", features,
                   "-d", root, path)
    return path


@pytest.mark.parametrize("name", EXTS)
def test_damaged_ext4(name, tmp_path):
    features, change, line = EXTS[name]
    root = disks.write(tmp_path / "root", {
        "loader/entries/x.conf": "linux /boot/Image\n",
        "boot/Image": (build(VARIANT) / "conformance.Image").read_bytes()})
    path = make_ext4(tmp_path / "volume", root, features)
    change(path)
    boots(Image(path), [line], EMBEDDED)


def test_journal_that_needs_recovery(tmp_path):
    """It boots, and says that something may be missing."""
    root = disks.write(tmp_path / "root", {
        "boot/Image": (build(VARIANT) / "conformance.Image").read_bytes()})
    path = make_ext4(tmp_path / "volume", root, "metadata_csum")
    debugfs(path, "feature needs_recovery")
    boots(Image(path), [r"^find: virtio0: warning: ext4: its journal needs recovery"],
          r"^find: disk: virtio0 /boot/Image")
