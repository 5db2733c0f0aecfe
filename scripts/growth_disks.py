# SPDX-License-Identifier: BSD-2-Clause
"""Disks of make bench-growth: one thing on them is there 1 to 10000 times.

Each is a volume without a partition table. Files in many pieces are laid out
on purpose: on FAT by giving the clusters of a whole file another order, on
ext4 by marking blocks in use while debugfs writes the file around them.
"""
import struct
import tempfile
from pathlib import Path

import disk

MIB = 1 << 20
BLOCK = 4096                # of ext4, and a cluster of FAT
FAT_OPTIONS = ("-F", "32", "-s", str(BLOCK // 512))
FAT_MASK = 0x0fffffff
ENTRY = 32                  # bytes of an entry in a folder of FAT
FIRST_MARK = 40000          # a block of ext4 behind what mke2fs has put down


def write_entry(root, name, kernel):
    folder = root / "loader/entries"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.conf").write_text(f"title {name}\nversion {name}\nlinux {kernel}\n")


def make_volume(image, kind, root, size, *options):
    if kind == "fat32":
        disk.make_fat(root, image, size, *FAT_OPTIONS, *options)
    else:
        disk.make_ext4(root, image, size, "-b", str(BLOCK), *options)


def debugfs(image, *requests):
    disk.run("debugfs", "-w", "-f", "-", image, input="\n".join(requests).encode() + b"\n")


def put_kernel(image, kind, kernel, path):
    """As the last name of its folder."""
    if kind == "fat32":
        disk.run("mcopy", "-i", image, kernel, f"::{path}")
    else:
        debugfs(image, f"write {kernel} {path}")


def sized(image, kind, kernel, _count):
    """A kernel alone; how large it is was seen to already."""
    with tempfile.TemporaryDirectory(dir=image.parent) as work:
        write_entry(Path(work), "one", "/vmlinuz")
        size = 512 * MIB if kind == "fat32" else kernel.stat().st_size * 9 // 8 + 64 * MIB
        make_volume(image, kind, Path(work), size)
        put_kernel(image, kind, kernel, "/vmlinuz")


def entries(image, kind, kernel, count):
    """@count entries, all for the same kernel."""
    with tempfile.TemporaryDirectory(dir=image.parent) as work:
        for n in range(count):
            write_entry(Path(work), f"linux-6.{n // 100}.{n % 100}", "/vmlinuz")
        make_volume(image, kind, Path(work), 512 * MIB)
        put_kernel(image, kind, kernel, "/vmlinuz")


def names(image, kind, kernel, count):
    """@count names in the folder of the kernel, which is the last of them.

    kind: fat32, ext4 (its names hashed, dir_index), ext4-list (without).
    """
    with tempfile.TemporaryDirectory(dir=image.parent) as work:
        write_entry(Path(work), "one", "/boot/the-kernel")
        if kind == "fat32":
            make_volume(image, kind, Path(work), 512 * MIB)
            put_kernel(image, kind, kernel, "/vmlinuz")
            fat_names(image, count)
        else:
            ext4_names(image, kind, Path(work), kernel, count)


def ext4_names(image, kind, root, kernel, count):
    (root / "boot").mkdir()
    for n in range(count - 1):
        (root / f"boot/mod-{n:05}.ko").touch()
    make_volume(image, kind, root, 512 * MIB,
                *(("-O", "^dir_index") if kind == "ext4-list" else ()))
    put_kernel(image, kind, kernel, "/boot/the-kernel")
    if kind == "ext4":
        # Only e2fsck makes the hash tree; 1: it has changed something.
        disk.run("sh", "-c", 'e2fsck -fyD "$0"; test $? -le 1', image)


def pieces(image, kind, kernel, count):
    """The kernel's file in @count pieces of one length."""
    if kind == "ext4":
        ext4_pieces(image, kernel, count)
    else:
        sized(image, kind, kernel, count)
        fat_pieces(image, kernel, count)


def ext4_pieces(image, kernel, count):
    with tempfile.TemporaryDirectory(dir=image.parent) as work:
        write_entry(Path(work), "one", "/vmlinuz")
        make_volume(image, "ext4", Path(work), 512 * MIB)
    blocks = -(-kernel.stat().st_size // BLOCK)
    length = blocks // count
    marks = [FIRST_MARK + n * (length + 1) for n in range(count)]
    # All in front of the first mark is taken as well, so it begins there.
    debugfs(image, f"setb 2048 {FIRST_MARK - 2048}", *(f"setb {m}" for m in marks),
            f"write {kernel} /vmlinuz")


class Fat:
    """A FAT32 volume whose root is one cluster, to change what mtools made."""

    def __init__(self, image):
        self.image = image
        with open(image, "rb") as f:
            head = f.read(512)
        sector, per_cluster, reserved, copies = struct.unpack_from("<HBHB", head, 11)
        size = struct.unpack_from("<I", head, 36)[0] * sector
        self.tables = [reserved * sector + n * size for n in range(copies)]
        self.data, self.cluster = reserved * sector + copies * size, sector * per_cluster
        self.root = self.where(struct.unpack_from("<I", head, 44)[0])

    def where(self, cluster):
        return self.data + (cluster - 2) * self.cluster

    def entry(self, name):
        """Where in the volume the root's entry of that short name is, and it."""
        with open(self.image, "rb") as f:
            f.seek(self.root)
            data = f.read(self.cluster)
        for at in range(0, len(data), ENTRY):
            if data[at:at + 11] == name:
                return self.root + at, data[at:at + ENTRY]
        raise disk.DiskError(f"{name} is not on the volume that was just made")

    def write(self, at, data):
        with open(self.image, "r+b") as f:
            f.seek(at)
            f.write(data)


def first_cluster(entry):
    high, low = struct.unpack_from("<H", entry, 20)[0], struct.unpack_from("<H", entry, 26)[0]
    return high << 16 | low


def with_cluster(entry, name, cluster, attributes):
    """That entry under another short name, leading elsewhere."""
    return (name + bytes([attributes]) + entry[12:20] + struct.pack("<H", cluster >> 16) +
            entry[22:26] + struct.pack("<H", cluster & 0xffff) + entry[28:])


def long_entries(entry, short, name, cluster):
    """A name of 13 letters at most, in the part before its short entry."""
    check = 0
    for byte in short:
        check = ((check & 1) << 7 | check >> 1) + byte & 0xff
    text = (name + "\0").encode("utf-16-le")[:26].ljust(26, b"\xff")
    return (bytes([0x41]) + text[:10] + bytes([0x0f, 0, check]) + text[10:22] + b"\0\0" +
            text[22:] + with_cluster(entry, short, cluster, 0x20))


def fat_names(image, count):
    """mtools needs minutes for 10000 names: a file with entries in it becomes
    the folder. All names but the last are the kernel's, too."""
    with tempfile.NamedTemporaryFile(dir=image.parent) as work:
        work.write(bytes((count + 1) * 2 * ENTRY))
        work.flush()
        disk.run("mcopy", "-i", image, work.name, "::BOOT")
    fat = Fat(image)
    _, file = fat.entry(b"VMLINUZ    ")
    at, folder = fat.entry(b"BOOT       ")
    here, cluster = first_cluster(folder), first_cluster(file)
    data = with_cluster(folder, b".          ", here, 0x10)
    data += with_cluster(folder, b"..         ", 0, 0x10)
    for n in range(count - 1):
        data += long_entries(file, b"MOD%05dKO " % n, f"mod-{n:05}.ko", cluster)
    data += long_entries(file, b"THEKERNL   ", "the-kernel", cluster)
    fat.write(fat.where(here), data)
    # Of a folder the entry has no size.
    fat.write(at, with_cluster(folder, b"BOOT       ", here, 0x10)[:28] + bytes(4))


def order_of(count):
    """Where each piece goes: the first stays, none comes right behind the one
    before it."""
    return [0, *range(count - 1, 0, -1)]


def fat_pieces(image, kernel, count):
    data, fat = kernel.read_bytes(), Fat(image)
    blocks = -(-len(data) // fat.cluster)
    length, order = blocks // count, order_of(count)
    places = [order[n] * length + i for n in range(count) for i in range(length)]
    places += range(len(places), blocks)
    first = first_cluster(fat.entry(b"VMLINUZ    ")[1])
    with open(image, "r+b") as f:
        for n, place in enumerate(places):
            f.seek(fat.where(first + place))
            f.write(data[n * fat.cluster:(n + 1) * fat.cluster])
        links = {a: first + b for a, b in zip(places, places[1:])}
        chain = struct.pack(f"<{blocks}I", *(links.get(n, FAT_MASK) for n in range(blocks)))
        for table in fat.tables:
            f.seek(table + 4 * first)
            f.write(chain)
