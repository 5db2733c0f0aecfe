# SPDX-License-Identifier: BSD-2-Clause
"""Files that gzip made, with check values and without."""
import random
import subprocess

TEXTS = (b"", b"hello\n", b"some words, some more words, " * 40, random.Random(1).randbytes(300))


def seeds():
    made = {}
    for n, text in enumerate(TEXTS):
        for level in "-1", "-9":
            file = subprocess.run(["gzip", "-n", level], input=text, check=True,
                                  capture_output=True).stdout
            room = len(text).to_bytes(2, "little")
            loose = file[:-8] + bytes(4) + file[-4:]
            made[f"{n}{level}"] = b"\0" + room + file
            made[f"{n}{level}-loose"] = b"\1" + room + loose
            made[f"{n}{level}-two"] = b"\1\0\x20" + loose + loose + bytes(5)
    return made
