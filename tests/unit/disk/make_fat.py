# SPDX-License-Identifier: BSD-2-Clause
"""FAT images by mkfs.vfat and mtools, and what was put into them.

tree/ has the files; NAME.list has a line for each file or folder in NAME.img.
"""
import os
import random
import subprocess

ENV = {**os.environ, "LC_ALL": "C.UTF-8", "MTOOLS_SKIP_CHECK": "0",
       "PATH": os.environ["PATH"] + ":/usr/sbin:/sbin"}
MIB = 1 << 20

FILES = {
    "EFI/BOOT/BOOTAA64.EFI": 100_000,
    "EFI/BOOT/grubaa64.efi": 33_333,
    "EFI/BOOT/empty.csv": 0,
    "Grüße/naïve café 日本語.txt": 77,
    "Grüße/thirteen.abcd": 13,
    "loader/loader.conf": 60,
    "loader/entries/a long name, with spaces and dots.v6.1.0-arm64.conf": 300,
    "loader/entries/" + "x" * 250 + ".conf": 1,
    "lower.txt": 1, "UPPER.TXT": 2, "lower.EXT": 3, "UPPER.ext": 4, "Mixed.Txt": 5,
    "noext": 6, ".hidden": 7, "a.b.c": 8, "+,;=[].txt": 9,
    "deep/a/b/c/d/e/f.txt": 10,
    "sizes/512": 512, "sizes/513": 513, "sizes/511": 511, "sizes/4096": 4096,
    "sizes/65536": 65536, "sizes/8192": 8192,
    **{f"many/number {n} of those.dat": n for n in range(60)},
}
SOME = ["EFI", "Grüße", "lower.txt"]

# name: size, words for mkfs.vfat, what to copy
IMAGES = {
    "fat12": (1440 << 10, "-F 12 -n LABEL", None),
    "fat12-s4096": (4 * MIB, "-F 12 -S 4096 -s 1", None),
    "fat12-c64k": (4 * MIB, "-F 12 -s 128", SOME),
    "fat12-c256k": (8 * MIB, "-F 12 -S 4096 -s 64", SOME),
    "fat12-mbr": (2 * MIB, "-F 12 --mbr=y", SOME),
    "fat12-one-copy": (2 * MIB, "-F 12 -f 1 -R 7 -s 4", SOME),
    "fat16": (4 * MIB, "-F 16 -s 1", None),
    "fat16-c8k": (34 * MIB, "-F 16 -s 16", SOME),
    "fat16-s2048": (10 * MIB, "-F 16 -S 2048 -s 1", SOME),
    "fat16-s4096": (17 * MIB, "-F 16 -S 4096 -s 1", SOME),
    "fat32": (34 * MIB, "-F 32 -s 1 -n LABEL", None),
    "fat32-one-copy": (35 * MIB, "-F 32 -s 1 -f 1 -R 64", SOME),
    # Fewer clusters than the specification allows; mtools does not touch it.
    "fat32-small": (1 * MIB, "-F 32 -s 2", []),
    "fat32-small-s4096": (2 * MIB, "-F 32 -S 4096 -s 1", []),
}


def call(*command):
    subprocess.run([str(word) for word in command], env=ENV, check=True,
                   stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


def write_tree(top):
    random.seed(12)
    for name, size in FILES.items():
        path = top / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(random.randbytes(size))


def write_list(file, top, parts):
    """One line each: size (- for a folder) and path."""
    found = [p for part in parts for p in [top / part, *(top / part).rglob("*")]]
    file.write_text("".join(
        f"{'-' if p.is_dir() else p.stat().st_size} {p.relative_to(top)}\n" for p in found))


def blank(file, size):
    file.unlink(missing_ok=True)
    with file.open("wb") as image:
        image.truncate(size)


def fill(folder, name, parts):
    top = folder / "tree"
    parts = sorted(os.listdir(top)) if parts is None else parts
    if parts:
        call("mcopy", "-s", "-i", folder / f"{name}.img", *(top / p for p in parts), "::")
    write_list(folder / f"{name}.list", top, parts)


def fragmented(folder):
    """A file in the gaps that others have left, and one in one piece."""
    image, gaps = folder / "pieces.img", folder / "gaps"
    blank(image, 4 * MIB)
    call("mkfs.vfat", "-F", "16", "-s", "1", image)
    gaps.mkdir(exist_ok=True)
    for n in range(100):
        (gaps / f"g{n:02}").write_bytes(bytes(512 * (1 + n % 3)))
    call("mcopy", "-i", image, *sorted(gaps.iterdir()), "::")
    call("mdel", "-i", image, *(f"::g{n:02}" for n in range(0, 100, 2)))
    (folder / "big").write_bytes(random.randbytes(150 * 1024))
    call("mcopy", "-i", image, folder / "big", "::pieces")
    call("mcopy", "-i", image, folder / "big", "::whole")


def full(folder):
    """No room in the root, and a file that ends where the volume does."""
    image, names = folder / "full.img", folder / "names"
    size = 1 + 2 * 2 + 1 + 341      # sectors: boot, FATs, root, data
    blank(image, size * 512)
    call("mkfs.vfat", "-F", "12", "-s", "1", "-r", "16", "-a", image)
    names.mkdir(exist_ok=True)
    for n in range(15):
        (names / f"N{n}").write_bytes(b"%d" % n)
    call("mcopy", "-i", image, *sorted(names.iterdir()), "::")
    (folder / "last").write_bytes(random.randbytes((341 - 15) * 512))
    call("mcopy", "-i", image, folder / "last", "::LAST")


def make(folder):
    write_tree(folder / "tree")
    for name, (size, words, parts) in IMAGES.items():
        blank(folder / f"{name}.img", size)
        call("mkfs.vfat", *words.split(), folder / f"{name}.img")
        fill(folder, name, parts)
    for name, words in {"mformat12": "-f 1440", "mformat32": "-F -T 70000"}.items():
        blank(folder / f"{name}.img", 0)
        call("mformat", "-C", "-i", folder / f"{name}.img", *words.split(), "::")
        fill(folder, name, SOME)
    fragmented(folder)
    full(folder)
