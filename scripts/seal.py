#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""Writes the digest of the conformance kernel into its last eight bytes.

The kernel compares it with what it finds in memory (BP-CACHE-03, BP-CACHE-02):
so every byte of the file counts, not only those that it happens to use. Give
an ELF file, or a raw Image whose header was changed for a test.
"""
import struct
import sys
from pathlib import Path

DIGEST_SIZE = 8
MASK = (1 << 64) - 1
SHF_ALLOC, SHT_NOBITS = 2, 8


def digest(data):
    """FNV-1a over little-endian words, as digest() in kernel/str.c."""
    value = 0xcbf29ce484222325
    for (word,) in struct.iter_unpack("<Q", data[:len(data) & ~7]):
        value = ((value ^ word) * 0x100000001b3 & MASK) ^ value >> 32
    for byte in data[len(data) & ~7:]:
        value = (value ^ byte) * 0x100000001b3 & MASK
    return value


def sealed(image):
    """The raw @image with a digest that is right."""
    body = image[:-DIGEST_SIZE]
    return body + struct.pack("<Q", digest(body))


def loaded(elf):
    """What `objcopy -O binary` makes of it: the bytes, and their end in the file."""
    table, = struct.unpack_from("<Q", elf, 40)
    size, count = struct.unpack_from("<HH", elf, 58)
    image, end = bytearray(), 0
    for at in range(table, table + size * count, size):
        kind, flags, address, offset, length = struct.unpack_from("<4xIQQQQ", elf, at)
        if flags & SHF_ALLOC and kind != SHT_NOBITS and length:
            image[len(image):] = bytes(max(0, address - len(image)))
            image[address:address + length] = elf[offset:offset + length]
            end = offset + length if address + length == len(image) else end
    return bytes(image), end


def seal_file(path):
    data = path.read_bytes()
    if data[:4] != b"\x7fELF":
        path.write_bytes(sealed(data))
        return
    image, end = loaded(data)
    path.write_bytes(data[:end - DIGEST_SIZE] + sealed(image)[-DIGEST_SIZE:] + data[end:])


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(f"usage: {sys.argv[0]} conformance.elf | conformance.Image")
    seal_file(Path(sys.argv[1]))
