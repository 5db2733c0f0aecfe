# SPDX-License-Identifier: BSD-2-Clause
"""Headers that are accepted, and what people give by mistake."""


def header(text_offset=0, image_size=0x100000, flags=0, size=0x80000, packed=0, code=bytes(8)):
    head = (code + text_offset.to_bytes(8, "little") + image_size.to_bytes(8, "little")
            + flags.to_bytes(8, "little") + bytes(24) + b"ARM\x64" + bytes(4))
    return head + size.to_bytes(8, "little") + bytes([packed])


def seeds():
    gzip = header(code=b"\x1f\x8b\x08\0\0\0\0\0").replace(b"ARM", b"xxx")
    return {"small": header(flags=0xa), "old": header(image_size=0), "packed": header(packed=1),
            "unknown": header(packed=1, size=0), "offset": header(text_offset=0x80000, flags=4),
            "lies": header(image_size=0x1000, flags=6), "gzip": gzip,
            "elf": b"\x7fELF" + gzip[4:], "zboot": b"MZ\0\0zimg" + gzip[8:]}
