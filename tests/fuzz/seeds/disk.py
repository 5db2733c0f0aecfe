# SPDX-License-Identifier: BSD-2-Clause
"""Disks of a MiB with kernels and boot entries, by the usual tools, less their zeroes."""
import os
import subprocess
import tempfile
from pathlib import Path

SECTOR, UNIT, SECTORS = 512, 128, 2048
TOOLS = {**os.environ, "PATH": os.environ["PATH"] + ":/usr/sbin:/sbin", "MTOOLS_SKIP_CHECK": "1"}
EXTLINUX = ("default b\ntimeout 30\nlabel a\n kernel /vmlinuz\n initrd ../initrd.img\n"
            "label b\n kernel ../vmlinuz\n fdtdir /dtb\n append root=LABEL=x quiet\n"
            "label c\n kernel ../../vmlinuz\n initrd ./../.././initrd.img\n")
FILES = {
    "vmlinuz": "k" * 700, "initrd.img": "i" * 100, "dtb/acme/board.dtb": "d" * 90,
    "loader/loader.conf": "timeout 2\ndefault two*\n",
    "loader/entries/one+3-1.conf": "title One\nlinux /vmlinuz\ninitrd /initrd.img\noptions quiet\n",
    "loader/entries/two.conf": "title Two\nversion 2\nlinux /vmlinuz\ndevicetree /none.dtb\n",
    "loader/entries/zero+0-3.conf": "linux /vmlinuz\n",
    "extlinux/extlinux.conf": EXTLINUX,
}
GPT = "label: gpt\nfirst-lba: 34\nstart=40, size=500, type=U\nstart=600, size=1000, type=L\n"
MBR = "label: dos\nstart=40, size=500, type=ef\nstart=600, size=1000, type=83\n"
EXT = {"ext2": ("-t", "ext2", "-b", "1024"),
       "ext4": ("-t", "ext4", "-b", "1024", "-O", "^has_journal,^metadata_csum")}


def call(*command, text=""):
    subprocess.run([str(word) for word in command], env=TOOLS, check=True, input=text.encode(),
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def image(folder, sectors):
    path = folder / "volume"
    path.write_bytes(bytes(sectors * SECTOR))
    return path


def fat(folder, sectors):
    path = image(folder, sectors)
    call("mkfs.vfat", "-F", "12", "-s", "1", "-r", "32", path)
    call("mcopy", "-s", "-i", path, *sorted((folder / "tree").iterdir()), "::")
    return path.read_bytes()


def ext(folder, sectors, kind):
    path = image(folder, sectors)
    call("mke2fs", "-q", "-F", "-m", "0", "-N", "32", *EXT[kind], "-d", folder / "tree", path)
    return path.read_bytes()


def parted(folder, script, volumes):
    path = image(folder, SECTORS)
    call("sfdisk", path, text=script)
    disk = bytearray(path.read_bytes())
    for at, data in volumes.items():
        disk[at * SECTOR:at * SECTOR + len(data)] = data
    return bytes(disk)


def packed(disk, flags=0):
    """The pieces that are not zeroes; see fuzz_disk.c."""
    units = [disk[at:at + UNIT] for at in range(0, len(disk), UNIT)]
    out, at = bytes([flags]), 0
    while at < len(units):
        end = at
        while end < len(units) and end < at + 256 and any(units[end]):
            end += 1
        if end > at:
            out += at.to_bytes(2, "little") + bytes([end - at - 1]) + b"".join(units[at:end])
        at = max(end, at + 1)
    return out


def seeds():
    found = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file, text in FILES.items():
            (folder / "tree" / file).parent.mkdir(parents=True, exist_ok=True)
            (folder / "tree" / file).write_text(text)
        alone = {"fat": fat(folder, SECTORS), **{k: ext(folder, SECTORS, k) for k in EXT}}
        small = fat(folder, 500)
        for table, script in (("gpt", GPT), ("mbr", MBR)):
            for kind in EXT:
                found[f"{table}-{kind}"] = packed(parted(
                    folder, script, {40: small, 600: ext(folder, 1000, kind)}))
    return found | {name: packed(disk, flags) for name, disk in alone.items()
                    for flags in (0, 0x31)}
