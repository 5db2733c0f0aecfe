# SPDX-License-Identifier: BSD-2-Clause
"""Files that zstd made."""
import random
import subprocess

TEXTS = (b"", b"hello\n", b"some words, some more words, " * 40, random.Random(1).randbytes(300))


def seeds():
    made = {"skip": b"\0\0\1\x50\x2a\x4d\x18\2\0\0\0xx"}
    for n, text in enumerate(TEXTS):
        for level in "-1", "-9 --no-check", "-19", f"-3 --stream-size={len(text)}":
            file = subprocess.run(["zstd", *level.split()], input=text, check=True,
                                  capture_output=True).stdout
            made[f"{n}{level}".replace(" ", "")] = b"\0" + len(text).to_bytes(2, "little") + file
            made[f"{n}{level}-two".replace(" ", "")] = b"\0\0\x20" + 2 * file
    return made
