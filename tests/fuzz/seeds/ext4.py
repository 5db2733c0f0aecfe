# SPDX-License-Identifier: BSD-2-Clause
"""Small volumes by mke2fs; see fuzz_ext4.c for how an input is written."""
import os
import subprocess
import tempfile
from pathlib import Path

KIB = 1024
VOLUMES = {
    "ext2": "-t ext2 -b 1024 -I 128 -O ^resize_inode",
    "rev0": "-t ext2 -b 1024 -r 0 -O none",
    "ext4": "-t ext4 -b 1024 -O ^has_journal,^resize_inode",
    "ext4-plain": "-t ext4 -b 1024 -O ^has_journal,^resize_inode,^metadata_csum,^64bit",
    "ext4-4k": "-t ext4 -b 4096 -O ^has_journal,^resize_inode",
    "uninit": "-t ext4 -b 1024 -O ^has_journal,^resize_inode,^metadata_csum,uninit_bg",
    "inline": "-t ext4 -b 1024 -O ^has_journal,^resize_inode,inline_data",
    "meta_bg": "-t ext4 -b 1024 -O ^has_journal,^resize_inode,meta_bg",
    "noextents": "-t ext4 -b 1024 -O ^has_journal,^resize_inode,^extents,^64bit",
}


def tree(top):
    (top / "a/b").mkdir(parents=True)
    (top / "a/b/file").write_bytes(b"file\n" * 300)
    (top / "short").write_bytes(b"x" * 100)
    (top / "empty").touch()
    for name, blocks, step in (("one", 6, 1), ("two", 20, 2), ("three", 100, 2)):
        with (top / name).open("wb") as file:
            for i in range(blocks):
                file.seek(i * step * KIB)
                file.write(b"y")
    (top / "link").symlink_to("a/b/file")
    (top / "slow").symlink_to("a/b/" + "../b/" * 15 + "file")
    (top / "loop").symlink_to("loop")
    (top / "names").mkdir()
    for i in range(30):
        os.link(top / "empty", top / f"names/a-name-that-is-not-short-{i}")


def pieces(image):
    """The KiBs with more than what the files hold, or an empty block of lost+found."""
    found = []
    for at in range(0, len(image), KIB):
        piece = image[at:at + KIB]
        if sum(map(bool, piece)) > 10:
            found.append((at // KIB).to_bytes(2, "little") + piece)
    return b"".join(found)


def seeds():
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        top, image = Path(folder, "top"), Path(folder, "image")
        top.mkdir()
        tree(top)
        for name, words in VOLUMES.items():
            image.write_bytes(bytes(512 * KIB))
            subprocess.run(["mke2fs", "-q", "-F", "-m", "0", "-N", "24", *words.split(),
                            "-d", top, image], check=True, capture_output=True)
            subprocess.run(["debugfs", "-w", "-R", "rmdir lost+found", image], check=True,
                           capture_output=True)
            subprocess.run(["e2fsck", "-fyD", image], check=False, capture_output=True)
            data = pieces(image.read_bytes())
            for flags in b"\0", b"\1":
                found[f"{name}-{flags[0]}"] = flags + data
    # One inode a group: the descriptors of most are where meta_bg has them.
    image = bytearray(found["meta_bg-1"])
    assert image[1:3] == b"\1\0"       # the superblock's KiB
    for field, value in ((0x20, 16), (0x28, 1)):
        image[3 + field:7 + field] = value.to_bytes(4, "little")
    found["groups"] = bytes(image)
    return found
