# SPDX-License-Identifier: BSD-2-Clause
"""Compressed kernels, beside what their libraries alone need for them.

The bench kernel, filled up with Debian's own bytes, packed by gzip, lz4 -l and
zstd. Our side is the whole boot, from reset to the kernel's first instruction,
with the packed file on FAT32. The library's is a bare program on the same
machine (tests/bench/library.c): the same archive of .deps, called once, on
bytes that are in memory already.
"""
import re
import subprocess

import bench_files
import disk
import others
import qemu

PACKERS = {"gzip": ("gz", ["gzip", "-9", "-n", "-c"]),
           "lz4": ("lz4", ["lz4", "-l", "-9", "-q", "-c"]),
           "zstd": ("zst", ["zstd", "-19", "-q", "-c"])}
LIBRARIES = ("libz.a", "liblz4.a", "libzstd.a")
LIMIT = 5                           # percent that a boot may need more
# Where tests/bench/library.c looks.
PACKED_AT, SIZE_AT = 0x48000000, 0x47fff000
TICK = 16


def pack(kernel, name):
    """The packed kernel; zstd takes its time, so it is kept."""
    suffix, words = PACKERS[name]
    target = kernel.with_suffix(f".{suffix}")
    if not target.is_file() or target.stat().st_mtime < kernel.stat().st_mtime:
        part = target.with_suffix(".part")
        with open(part, "wb") as f:
            try:
                subprocess.run([*words, kernel], stdout=f, check=True)
            except FileNotFoundError:
                raise qemu.UsageError(f"{words[0]}: not installed; run make setup") from None
        part.replace(target)
    return target


def make_kernel(folder):
    """Only written anew when it differs, so that what was packed stays."""
    new = bench_files.compile_kernel(folder / "packed.new",
                                     filling=bench_files.like_a_kernel)
    old = folder / "packed"
    if not old.is_file() or old.read_bytes() != new.read_bytes():
        new.replace(old)
    return old


def make_disk(folder, name, kernel):
    return disk.build(folder / f"packed-{name}.img",
                      {"KERNEL": str(kernel), "FS": "fat", "DISK_SIZE": "512"})


def compile_library(folder):
    source, out = qemu.TOP / "tests/bench", folder / "library.elf"
    archives = [bench_files.deps(f"aarch64-linux-gnu/{name}") for name in LIBRARIES]
    bench_files.compile_bare(
        out, "-Wl,-Ttext=0x40200000,--build-id=none,-e,start", "-isystem",
        bench_files.deps("../include"), source / "library.S", source / "library.c",
        *archives, bench_files.deps("picolibc/aarch64-linux-gnu/lib/release/libc.a"))
    return out


def library_instructions(program, packed, size):
    """What the library alone takes to make @size bytes."""
    words = [others.program("new"), "-M", "virt,gic-version=3", "-cpu", "cortex-a72", "-m",
             "512M", "-nographic", "-net", "none", "-semihosting-config",
             "enable=on,target=native", "-icount", "shift=0", "-kernel", program,
             "-device", f"loader,file={packed},addr={PACKED_AT:#x},force-raw=on", "-device",
             f"loader,addr={SIZE_AT:#x},data={packed.stat().st_size},data-len=8"]
    done = subprocess.run([str(w) for w in words], stdin=subprocess.DEVNULL,
                          capture_output=True, timeout=120, check=False)
    told = re.search(rb"bench: library (\d+) (\d+)", done.stdout)
    if not told or int(told[2]) != size:
        raise qemu.UsageError(f"{packed}: the library alone cannot unpack it: "
                              f"{done.stdout.decode(errors='replace')[-500:]}")
    return int(told[1]) * TICK


def show(name, stages, library):
    over = 100 * (stages["all"] - library) / library
    print(f"bench: packed: {name}: {stages['all'] / 1e6:.2f} million, the library alone "
          f"{library / 1e6:.2f}: {over:+.1f} % (at most +{LIMIT} %)", flush=True)


class Packed:
    """The packed kernels, each with a disk, made when it is asked for."""

    def __init__(self, folder):
        self.folder = folder
        self.kernel = make_kernel(folder)
        self.program = compile_library(folder)
        self.made = {}

    def prepare(self, name):
        """Return: the disk, and the instructions of the library alone."""
        if name not in self.made:
            packed = pack(self.kernel, name)
            self.made[name] = (make_disk(self.folder, name, packed),
                               library_instructions(self.program, packed,
                                                    self.kernel.stat().st_size))
        return self.made[name]
