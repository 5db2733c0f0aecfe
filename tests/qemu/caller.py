# SPDX-License-Identifier: BSD-2-Clause
"""Signed FIT images of a small kernel that makes firmware calls (calls.S)."""
import struct
import subprocess

import bench_files
import signed
from bench import TOP

IMAGE_SIZE = 0x10000


def kernel(folder, calls):
    """The Image that makes @calls, each up to four numbers, and ends."""
    bench_files.compile_bare(
        folder / "calls.elf", "-Wl,-Ttext=0,-e,0,--build-id=none,-z,max-page-size=4096",
        f"-DIMAGE_SIZE={IMAGE_SIZE}", TOP / "tests/qemu/calls.S")
    subprocess.run([f"{bench_files.TOOL}objcopy", "-O", "binary", folder / "calls.elf",
                    folder / "calls.bin"], check=True)
    words = [struct.pack("<4Q", *call, *[0] * (4 - len(call))) for call in calls]
    made = folder / "calls.Image"
    made.write_bytes(b"".join([(folder / "calls.bin").read_bytes(), *words, b"\xff" * 32]))
    return made


def fit(folder, index, calls):
    """A signed FIT of rollback index @index (None: it has none)."""
    work = folder / f"index-{index}"
    work.mkdir(parents=True, exist_ok=True)
    return signed.fit(work, kernel(work, calls), None, "", index=index)
