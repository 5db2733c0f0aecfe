# SPDX-License-Identifier: BSD-2-Clause
"""Images of ext2, ext3 and ext4, by mke2fs, debugfs and e2fsck.

`files` is the tree that goes into those that `images` names, and `count` says
how many names it has; `many` is a folder of names.
"""
import os
import random
import subprocess

KIB = 1024
MIB = KIB * KIB
SIZES = [0, 1, 59, 60, 61, 100, 127, 128, 150, 156, 160, 161, 300, 400, 1023, 1024,
         1025, 4095, 4096, 4097, 12 * KIB, 12 * KIB + 1, 300 * KIB + 7]
LINKS = {"fast": "size-1", "fast-59": "./" * 26 + "size-1", "slow-60": "././" + "./" * 24 + "size-0",
         "slow": "deep/" + "../deep/" * 20 + "file", "absolute": "/deep/file",
         "to-folder": "deep/a", "up": "deep/../size-60", "self": "self",
         "ping": "pong", "pong": "ping", "nowhere": "not-there/x",
         "through": "to-folder/../file", "many-names": "././" * 40 + "size-1"}
MANY = 5000
# So many that there are inodes in group 16, whose descriptor is in a second block.
MORE = 54
# What is different: name: (size in MiB, type, arguments of mke2fs).
IMAGES = {
    "ext2": (3, "ext2", "-b 1024 -I 128"),
    "rev0": (3, "ext2", "-b 1024 -I 128 -r 0 -O none"),
    "nofiletype": (3, "ext2", "-b 1024 -O ^filetype"),
    "ext3": (4, "ext3", "-b 1024 -I 256"),
    "ext3-4k": (9, "ext3", "-b 4096"),
    "ext4-1k": (3, "ext4", "-b 1024"),
    "ext4-2k": (3, "ext4", "-b 2048"),
    "ext4-4k": (9, "ext4", "-b 4096 -O has_journal"),
    "ext4-64k": (10, "ext4", "-b 65536"),
    "narrow": (3, "ext4", "-b 1024 -I 128 -O ^64bit,^flex_bg"),
    "wide": (3, "ext4", "-b 1024 -I 1024"),
    "plain": (3, "ext4", "-b 1024 -O ^metadata_csum,^64bit,^uninit_bg"),
    "uninit": (3, "ext4", "-b 1024 -g 1024 -N 512 -O ^metadata_csum,uninit_bg,^64bit"),
    "uninit64": (3, "ext4", "-b 1024 -g 1024 -N 512 -O ^metadata_csum,uninit_bg,64bit"),
    "noextents": (3, "ext4", "-b 1024 -O ^extents,^64bit,^dir_index"),
    "inline": (3, "ext4", "-b 1024 -O inline_data"),
    "inline-512": (5, "ext4", "-b 4096 -I 512 -O inline_data"),
    "inline-nocsum": (3, "ext4", "-b 1024 -O inline_data,^metadata_csum"),
    "meta_bg": (5, "ext4", "-b 1024 -g 256 -N 160 -O meta_bg,^resize_inode"),
    "meta_bg-all": (5, "ext4", "-b 1024 -g 256 -N 160 -O meta_bg,^resize_inode,^sparse_super,^flex_bg"),
    "groups": (5, "ext4", "-b 1024 -g 256 -N 160 -O ^flex_bg,^resize_inode"),
    "sparse2": (4.25, "ext4", "-b 1024 -g 256 -N 136 -O sparse_super2,meta_bg,^resize_inode,^flex_bg"),
    "bigalloc": (3, "ext4", "-b 1024 -C 8192 -O bigalloc"),
    "bigalloc-4k": (5, "ext4", "-b 4096 -C 16384 -O bigalloc"),
    "bigalloc-meta": (3, "ext4", "-b 1024 -C 4096 -O bigalloc,meta_bg,^resize_inode"),
    "features": (5, "ext4", "-b 1024 -O has_journal,metadata_csum_seed,mmp,large_dir,ea_inode,"
                            "project,verity,encrypt,casefold,orphan_file -E encoding=utf8"),
    "seed": (3, "ext4", "-b 1024 -O metadata_csum_seed -U 01234567-89ab-cdef-0123-456789abcdef"),
}


def run(*words, text=None):
    done = subprocess.run(words, input=text, text=True, check=False,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode > (words[0] == "e2fsck"):    # its 1 means repaired
        raise SystemExit(f"{' '.join(map(str, words))}:\n{done.stdout}")
    return done.stdout


def data(size, seed):
    return random.Random(seed).randbytes(size)


def sparse(path, pieces, end=None):
    """Bytes only at some places; nothing between them and up to the end."""
    with path.open("wb") as file:
        for at, content in pieces:
            file.seek(at)
            file.write(content)
        if end:     # mke2fs loses such a hole where there is inline data
            file.truncate(end)


def tree(top):
    """The files that go into every image. Some have names that are long."""
    top.mkdir()
    for size in SIZES:
        (top / f"size-{size}").write_bytes(data(size, size))
    folder = top / "deep"
    folder.mkdir()
    (folder / "file").write_bytes(b"deep\n")
    for name in "abcdefghijklmnopqrst":
        folder = folder / name
        folder.mkdir()
    (folder / "bottom").write_bytes(data(2000, 20))
    for name, target in LINKS.items():
        (top / name).symlink_to(target)
    (top / ("n" * 251 + ".txt")).write_bytes(b"a long name\n")
    (top / "\u00e4\u00f6\u00fc \u20ac").write_bytes(b"utf-8\n")
    os.mkfifo(top / "fifo")
    (top / "empty-folder").mkdir()
    (top / "more").mkdir()
    for i in range(MORE):
        (top / f"more/{i}").touch()
    # Holes: large ones; every second KiB, and seven of eight.
    unit = 64 * KIB
    sparse(top / "sparse", [(unit, data(100, 1)), (5 * unit, data(5000, 2)), (9 * unit, b"end")])
    sparse(top / "holes-1", [(8 * KIB * i, data(KIB, i)) for i in range(60)])
    sparse(top / "holes-2", [(2 * KIB * i, data(KIB, i)) for i in range(500)])


def many(top):
    """A folder of many names that are few files."""
    (top / "names").mkdir(parents=True)
    for number in range(MANY):
        name = top / "names" / f"a-name-of-some-length-{number:04}"
        if number < 4:
            name.write_bytes(data(100 + number, number))
        else:
            os.link(top / "names" / f"a-name-of-some-length-{number % 4:04}", name)


def mke2fs(image, size, kind, words, source):
    with image.open("wb") as file:
        file.truncate(int(size * MIB))
    journal = ["-O", "^has_journal"] if kind == "ext4" and "has_journal" not in words else []
    run("mke2fs", "-q", "-F", "-N", "256", "-t", kind, *journal, *words.split(), "-d", source,
        image)


def fragmented(folder):
    """A file between the places of others that are gone."""
    top = folder / "pieces"
    top.mkdir()
    for i in range(240):
        (top / f"{i:03}").write_bytes(data(4 * KIB, i))
    (folder / "big").write_bytes(data(400 * KIB, 400))
    script = "".join(f"rm {i:03}\n" for i in range(0, 240, 2)) + f"write {folder / 'big'} big\n"
    for name, kind, words in (("fragmented", "ext4", "-b 1024 -m 0"),
                              ("fragmented2", "ext2", "-b 1024 -m 0")):
        mke2fs(folder / f"{name}.img", 2, kind, words, top)
        run("debugfs", "-w", "-f", "-", folder / f"{name}.img", text=script)


def make(folder):
    subprocess.run(["rm", "-rf", *folder.iterdir()], check=True)
    top = folder / "files"
    tree(top)
    (folder / "count").write_text(str(len(list(top.rglob("*")))))
    (folder / "images").write_text("\n".join(IMAGES))
    for name, (size, kind, words) in IMAGES.items():
        mke2fs(folder / f"{name}.img", size, kind, words, top)
    many(folder / "many")
    for name, words in (("many", "-b 1024"), ("many-4k", "-b 4096"),
                        ("many-plain", "-b 1024 -O ^metadata_csum")):
        mke2fs(folder / f"{name}.img", 2, "ext4", words, folder / "many")
        run("e2fsck", "-fyD", folder / f"{name}.img")
    mke2fs(folder / "many-linear.img", 2, "ext4", "-b 1024 -O ^dir_index", folder / "many")
    fragmented(folder)
    far = folder / "far"
    far.mkdir()
    sparse(far / "far", [(0, b"first"), (70 * MIB, data(3000, 3))], 71 * MIB)
    for name, size, kind, words in (("far2", 1, "ext2", "-b 1024"), ("far4", 1, "ext4", "-b 1024"),
                                    ("far-64k", 4, "ext2", "-b 65536")):
        mke2fs(folder / f"{name}.img", size, kind, words, far)
    mke2fs(folder / "recover.img", 4, "ext4", "-b 1024 -O has_journal", far)
    run("debugfs", "-w", "-R", "feature needs_recovery", folder / "recover.img")
