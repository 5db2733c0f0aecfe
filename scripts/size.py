#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""size.py NM BUILD: bytes of each region of the image in the build folder."""
import os
import struct
import subprocess
import sys
from pathlib import Path


def sections(path):
    """{name: bytes} of a 64-bit little-endian ELF file."""
    data = path.read_bytes()
    table, = struct.unpack_from("<Q", data, 0x28)
    entry, count, names_index = struct.unpack_from("<HHH", data, 0x3a)
    headers = [struct.unpack_from("<IIQQQQ", data, table + i * entry)
               for i in range(count)]
    names = headers[names_index][4]
    sizes = {}
    for name, _, _, _, _, size in headers:
        start = names + name
        key = data[start:data.index(b"\0", start)].decode()
        sizes[key] = sizes.get(key, 0) + size
    return sizes


def symbols(nm, path):
    output = subprocess.run(nm.split() + [str(path)], check=True, text=True,
                            stdout=subprocess.PIPE).stdout
    rows = [line.split() for line in output.splitlines()]
    return {row[2]: int(row[0], 16) for row in rows if len(row) == 3}


def regions(nm, build):
    """Yield (region, bytes), and a region None for an empty line."""
    elf = build / "aglet.elf"
    part = sections(elf)
    at = symbols(nm, elf)
    reset = sum(sections(o).get(".reset", 0)
                for o in (build / "arch" / "arm64").glob("*.o"))
    text = at["__loader_rodata_start"] - at["__loader_start"]
    yield "reset", reset
    yield "loader text", text - reset
    yield "loader rodata", at["__loader_rodata_end"] - at["__loader_rodata_start"]
    yield "loader data", part.get(".loader.data", 0)
    yield "loader bss", part.get(".loader.bss", 0)
    yield "loader stacks", part.get(".loader.stacks", 0)
    yield None, 0
    monitor = [part.get(f".monitor.{n}", 0) for n in ("text", "data", "hold")]
    yield from zip(("monitor text", "monitor data", "monitor bss"), monitor)
    yield "monitor", sum(monitor)
    yield None, 0
    image = os.path.getsize(build / "aglet.bin")
    payload = part.get(".payload", 0)
    yield "payload", payload
    yield "aglet.bin less payload", image - payload
    yield "aglet.bin", image


def main():
    for region, size in regions(sys.argv[1], Path(sys.argv[2])):
        print(f"{region:24}{size:8}" if region else "")


if __name__ == "__main__":
    main()
