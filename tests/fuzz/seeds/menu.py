# SPDX-License-Identifier: BSD-2-Clause
"""Keys that people press, on lists of several lengths."""

KEYS = {"none": b"\xff" * 30, "enter": b"\r", "second": b" 2", "late": b"\xff" * 9 + b"x\n",
        "letters": b"\xffA?zb", "beyond": b"x9\x1b[B3\r", "nul": b"\0\0" + b"1"}


def seeds():
    return {f"{name}-{count}": bytes([count - 1, wait]) + keys for name, keys in KEYS.items()
            for count, wait in ((1, 0), (3, 5), (60, 255))}
