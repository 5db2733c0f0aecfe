# SPDX-License-Identifier: BSD-2-Clause
"""Tables that sfdisk and fdisk write, less the empty middle of the disk."""
import os
import subprocess
import tempfile
from pathlib import Path

TOOLS = {**os.environ, "PATH": os.environ["PATH"] + ":/usr/sbin:/sbin"}
REPAIR = 2 | 4

GPT = """label: gpt
first-lba: 3
table-length: 4
1: start=8, size=4, type=C12A7328-F81F-11D2-BA4B-00A0C93EC93B
2: start=12, size=2, type=BC13C2FF-59E6-4262-A352-B275FD6F7172
4: start=20, size=20
"""

MBR = """label: dos
1: start=64, size=20, type=c, bootable
3: start=100, size=10, type=82
"""

LOGICAL = """label: dos
1: start=100, size=16, type=c
2: start=1, size=90, type=f
5: start=4, size=2, type=83
6: start=8, size=2
7: start=11, size=2, type=ef
"""


def image(command, text, blocks, block=512):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "disk"
        with open(path, "wb") as file:
            file.truncate(blocks * block)
        subprocess.run([*command, path], input=text.encode(), env=TOOLS, check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return path.read_bytes()


def pack(data, front, back, flags=0, block=512):
    """A disk as the fuzzer unpacks it."""
    blocks = len(data) // block
    return (bytes([flags | (block == 4096)]) + blocks.to_bytes(2, "little")
            + front.to_bytes(2, "little") + data[:front]
            + (data[-back:] if back else b""))


def seeds():
    gpt = image(["sfdisk"], GPT, 128)
    damaged = gpt[:520] + b"\xff" + gpt[521:]
    hybrid = gpt[:462] + gpt[446:462] + gpt[478:]
    large = image(["fdisk", "-b", "4096"], "g\nx\nl\n4\nr\nn\n1\n\n\nw\n", 64, 4096)
    logical = image(["sfdisk"], LOGICAL, 128)
    fat = image(["mkfs.vfat", "-F", "12"], "", 256)
    return {
        "gpt": pack(gpt, 3 * 512, 2 * 512),
        "gpt_repair": pack(gpt, 3 * 512, 2 * 512, REPAIR),
        "gpt_backup": pack(damaged, 3 * 512, 2 * 512),
        "gpt_hybrid": pack(hybrid, 3 * 512, 2 * 512, REPAIR),
        "gpt_bad_block": pack(gpt, 3 * 512, 2 * 512, 1 << 4),
        "gpt_large": pack(large, 8704, 0, REPAIR, 4096),
        "gpt_foreign": pack(large, 8704, 0, REPAIR),
        "gpt_bad_entries": pack(gpt, 3 * 512, 2 * 512, 2 << 4),
        "mbr": pack(image(["sfdisk"], MBR, 128), 512, 0),
        "logical": pack(logical, 14 * 512, 0),
        "logical_bad": pack(logical, 14 * 512, 0, 8 << 4),
        "loop": pack(logical[:512 + 470] + bytes(4) + logical[512 + 474:], 14 * 512, 0),
        "fat": pack(fat, 512, 0),
    }
