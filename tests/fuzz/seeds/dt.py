# SPDX-License-Identifier: BSD-2-Clause
"""A tree with one node and one property."""


def seeds():
    return {"small": bytes.fromhex(
        "d00dfeed 0000006c 00000038 00000064 00000028 00000011 00000010"
        "00000000 00000004 0000002c" + "00" * 16 +
        "00000001 00000000 00000003 00000004 00000000 00000001 00000001"
        "61000000 00000002 00000002 00000009") + b"reg\0" + bytes(4)}
