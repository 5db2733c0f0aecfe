# SPDX-License-Identifier: BSD-2-Clause
"""Images with partition tables, by sfdisk and fdisk, and some without any."""
import os
import subprocess

TOOLS = {**os.environ, "PATH": os.environ["PATH"] + ":/usr/sbin:/sbin"}
MIB = 1 << 20

GPT = """label: gpt
first-lba: 34
1: start=64, size=128, type=C12A7328-F81F-11D2-BA4B-00A0C93EC93B
2: start=192, size=64, type=BC13C2FF-59E6-4262-A352-B275FD6F7172
3: start=256, size=1000, type=B921B045-1DF0-41C3-AF44-4C6F280D3FAE, attrs=LegacyBIOSBootable
7: start=1300, size=1, type=0FC63DAF-8483-4772-8E79-3D69D8477DE4
5: start=1310, size=705, type=11111111-2222-3333-4444-555555555555
"""

MBR = """label: dos
1: start=64, size=256, type=c, bootable
2: start=320, size=100, type=83
3: start=420, size=10, type=82
4: start=500, size=1548, type=8e
"""

LOGICAL = """label: dos
1: start=64, size=256, type=c
2: start=512, size=1500, type=f
4: start=2012, size=36, type=83
5: start=576, size=60, type=83
6: start=800, size=100
7: start=1200, size=812, type=ef
"""


def run(command, text=""):
    done = subprocess.run(command, input=text.encode(), env=TOOLS, check=False,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode:
        raise RuntimeError(f"{command}: {done.stdout.decode()}")


def empty(path, size=MIB):
    with open(path, "wb") as file:
        file.truncate(size)
    return path


def sfdisk(path, script, size=MIB):
    run(["sfdisk", "-q", empty(path, size)], script)


def fdisk(path, block, keys, size=MIB):
    run(["fdisk", "-b", str(block), empty(path, size)], keys)


def many(path):
    """More partitions than we keep."""
    rows = [f"{i}: start={100 + i}, size=1" for i in range(1, 141)]
    sfdisk(path, "\n".join(["label: gpt", "first-lba: 80", "table-length: 160",
                            *rows, ""]))


def logical(path):
    """A chain that goes back: a new partition lies in an old one's place."""
    sfdisk(path, LOGICAL)
    run(["sfdisk", "-q", "--delete", path, "5"])
    run(["sfdisk", "-q", "-a", path], "start=580, size=50\n")


def boot_sector(path, name, code=b""):
    """What mkntfs and mkfs.exfat write, as far as it matters here."""
    sector = bytearray(b"\xeb\x52\x90" + name).ljust(512, b"\0")
    sector[11:13], sector[13] = (512).to_bytes(2, "little"), 8
    sector[446:446 + len(code)] = code
    sector[510:512] = b"\x55\xaa"
    with open(empty(path, 65536), "r+b") as file:
        file.write(sector)


def make(folder):
    sfdisk(folder / "gpt512.img", GPT)
    sfdisk(folder / "gpt4.img", "label: gpt\nfirst-lba: 3\ntable-length: 4\n"
           "3: start=16, size=8\n", 65536)
    many(folder / "many.img")
    fdisk(folder / "gpt4096.img", 4096, "g\nn\n1\n8\n99\nn\n2\n100\n199\nt\n2\n1\nw\n")
    sfdisk(folder / "mbr.img", MBR)
    fdisk(folder / "mbr4096.img", 4096, "o\nn\np\n2\n16\n255\nw\n")
    logical(folder / "logical.img")
    sfdisk(folder / "nothing.img", "label: dos\n")
    for bits, size in ((12, MIB // 4), (16, 4 * MIB), (32, MIB)):
        run(["mkfs.vfat", "-F", str(bits), "-s", "1",
             empty(folder / f"fat{bits}.img", size)])
    boot_sector(folder / "ntfs.img", b"NTFS    ", b"\0\0\0\0bootmgr\0\x80\0\0\0\1\2\3\4\5")
    boot_sector(folder / "exfat.img", b"EXFAT   ")
    run(["mke2fs", "-q", "-F", "-t", "ext4", empty(folder / "ext4.img")])
