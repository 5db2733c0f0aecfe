# SPDX-License-Identifier: BSD-2-Clause
"""Files that lz4 made, with check values and with zeroes instead of them."""
import random
import subprocess

TEXTS = (b"", b"hello\n", b"some words, some more words, " * 40, random.Random(1).randbytes(300))
OPTIONS = ("-9", "-l", "-BX", "-BD", "-BX -BD --no-frame-crc", "-1 --no-frame-crc")


def loosen(file):
    """Zeroes for the hashes of a frame whose contents have no size."""
    file = bytearray(file)
    flags, at = file[4], 7
    file[6] = 0
    while size := int.from_bytes(file[at:at + 4], "little") & 0x7fffffff:
        at += 4 + size
        if flags & 0x10:
            file[at:at + 4] = bytes(4)
            at += 4
    return bytes(file[:at + 4]) + (bytes(4) if flags & 4 else b"")


def seeds():
    made = {"skip": b"\0\0\1\x50\x2a\x4d\x18\2\0\0\0xx"}
    for n, text in enumerate(TEXTS):
        for m, options in enumerate(OPTIONS):
            file = subprocess.run(["lz4", *options.split()], input=text, check=True,
                                  capture_output=True).stdout
            room = len(text).to_bytes(2, "little")
            made[f"{n}.{m}"] = b"\0" + room + file
            if options != "-l":
                made[f"{n}.{m}-loose"] = b"\1\0\x20" + 2 * loosen(file)
    return made
