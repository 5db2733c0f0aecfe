# SPDX-License-Identifier: BSD-2-Clause
"""Small volumes by mkfs.vfat and mtools, less their zeroes."""
import os
import struct
import subprocess
import tempfile
from pathlib import Path

ENV = {**os.environ, "LC_ALL": "C.UTF-8", "PATH": os.environ["PATH"] + ":/usr/sbin:/sbin"}
UNIT = 32
MEND_BOOT, MEND_SUMS, LONG_BLOCKS, SHIFTED, FAR_NAMES = 1, 2, 4, 8, 16
FLAGS = (MEND_SUMS | FAR_NAMES, MEND_BOOT | MEND_SUMS | FAR_NAMES, LONG_BLOCKS | FAR_NAMES,
         SHIFTED | LONG_BLOCKS, 0)
FILES = {"a.txt": 3000, "Grüße.conf": 600, "a name that needs many parts, 45 letters.efi": 70,
         "EFI/BOOT/BOOTAA64.EFI": 5000, "EFI/empty": 0, "smile QQ.txt": 9}
VOLUMES = {"12": (200, "-F 12 -s 1"), "12-c4k": (400, "-F 12 -s 8 -f 1"),
           "12-s4096": (400, "-F 12 -S 4096 -s 1"), "16": (5000, "-F 16 -s 1"),
           "32": (68000, "-F 32 -s 1"), "32-small": (800, "-F 32 -s 1")}


def call(*command):
    subprocess.run([str(word) for word in command], env=ENV, check=True,
                   stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)


def packed(image, flags):
    """The pieces that are not zeroes, 32 units at most each."""
    units = [image[at:at + UNIT] for at in range(0, len(image), UNIT)]
    out = struct.pack("<I", len(image) // 512 << 8 | flags)
    at = 0
    while at < len(units):
        end = at
        while end < len(units) and end < at + 32 and any(units[end]):
            end += 1
        if end > at:
            out += struct.pack("<IB", at, end - at - 1) + b"".join(units[at:end])
        at = max(end, at + 1)
    return out


def volume(folder, sectors, words):
    """Its bytes, with files whose contents stay zeroes."""
    image, tree = folder / "image", folder / "tree"
    image.unlink(missing_ok=True)
    with image.open("wb") as file:
        file.truncate(sectors * 512)
    call("mkfs.vfat", *words.split(), image)
    for name, size in FILES.items():
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        (tree / name).write_bytes(bytes(size))
    # Fewer clusters than FAT32 should have: mtools does not touch it.
    if sectors != 800:
        call("mcopy", "-s", "-i", image, *sorted(tree.iterdir()), "::")
        call("mdel", "-i", image, "::a.txt")
        call("mcopy", "-i", image, tree / "EFI/BOOT/BOOTAA64.EFI", "::pieces")
    # What lies outside of 16 bits mtools cannot write; Linux can.
    return image.read_bytes().replace("QQ".encode("utf-16le"), "😀".encode("utf-16le"))


def seeds():
    with tempfile.TemporaryDirectory() as folder:
        made = {name: volume(Path(folder), *what) for name, what in VOLUMES.items()}
    return {f"{name}-{flags}": packed(image, flags)
            for name, image in made.items() for flags in FLAGS}
