# SPDX-License-Identifier: BSD-2-Clause
"""Programs that the cross linker makes, and headers written by hand."""
import struct
import subprocess
import tempfile
from pathlib import Path

LAYOUTS = {
    "one": "SECTIONS { . = 0x40200000; .text : { *(.text*) *(.data*) *(.bss*) } }",
    "three": "SECTIONS { . = 0x40200000; .text : { *(.text*) } . = ALIGN(4096);"
             " .data : { *(.data*) } . = ALIGN(256); .bss : { *(.bss*) } }",
    "high": "SECTIONS { . = 0xffff800080000000; .text : AT(0x40200000) { *(.text*) }"
            " .data : AT(0x40201000) { *(.data*) } .bss : { *(.bss*) } }",
}
SOURCE = """.globl _start
_start: adr x0, 1f
b _start
.zero 64
1: .data
.ascii "some data"
.bss
.skip 300
"""


def by_hand(*loads, entry=0x1000, kind=2):
    """Each load: offset, virtual, physical, size in the file, size in memory."""
    head = b"\x7fELF\2\1\1" + bytes(9) + struct.pack(
        "<HHIQQQIHHHHHH", kind, 183, 1, entry, 64, 0, 0, 64, 56, len(loads), 0, 0, 0)
    programs = b"".join(struct.pack("<IIQQQQQQ", 1, 7, *load, 4096) for load in loads)
    return (head + programs).ljust(0x180, b"c") + b"some bytes of code " * 20


def linked(folder, name, script):
    (folder / "a.S").write_text(SOURCE)
    (folder / "a.lds").write_text(script)
    subprocess.run(["aarch64-linux-gnu-gcc", "-c", "a.S"], check=True, cwd=folder)
    subprocess.run(["aarch64-linux-gnu-ld", "-z", "max-page-size=256", "-s", "-T", "a.lds",
                    "-o", name, "a.o"], check=True, cwd=folder, capture_output=True)
    return (folder / name).read_bytes()


def seeds():
    with tempfile.TemporaryDirectory() as folder:
        found = {name: linked(Path(folder), name, text) for name, text in LAYOUTS.items()}
    return found | {
        "two": by_hand((0x180, 0x1000, 0x1000, 0x80, 0x100), (0x200, 0x1100, 0x1100, 0x40, 0x40)),
        "swapped": by_hand((0x180, 0x9000, 0x3000, 0x80, 0x90),
                           (0x200, 0x1000, 0x2000, 0x80, 0x80), kind=3),
        "empty": by_hand((0x180, 0x1000, 0x1000, 0x80, 0x80), (0, 0, 0, 0, 0)),
    }
