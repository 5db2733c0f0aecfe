# SPDX-License-Identifier: BSD-2-Clause
"""Files as bootctl and distributions write them, with names of entries."""

NAMES = b"\0debian-12\ndebian-11\narch\nauto-windows\n5d9e-6.1.0-18-arm64\n\nx.conf"
TEXTS = {
    "bootctl": b"#timeout 3\n#console-mode keep\ndefault 5d9e-*\n",
    "debian": b"timeout 5\ndefault debian-1?.conf\neditor no\n",
    "menu": b"timeout menu-force\ndefault @saved\n",
    "twice": b"default arch\ndefault *-*a*\r\ntimeout 0\ntimeout 99999999999\n",
    "bom": b"\xef\xbb\xbfdefault **?*\n",
    "long": b"default " + b"x" * 127 + b"\ntimeout\t07",
    "longer": b"default " + b"x" * 128,
}


def seeds():
    return {name: text + NAMES for name, text in TEXTS.items()}
