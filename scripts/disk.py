#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""Puts a kernel, its initrd and a boot entry into a disk image.

With the tools that everybody has (mkfs.vfat, mtools, mke2fs, sfdisk), without
root. Variables of make and the environment: KERNEL INITRD CMDLINE DTB OVERLAYS
(with commas) TITLE; TABLE=gpt|mbr|none, FS=fat|ext4, ENTRY=bls|extlinux|path,
DISK_SIZE=MiB.
"""
import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import linux
import qemu

MIB = 1 << 20
START = 1 * MIB         # of the first partition
TYPES = {               # what sfdisk calls a partition with such files
    ("gpt", "fat"): "C12A7328-F81F-11D2-BA4B-00A0C93EC93B",
    ("gpt", "ext4"): "0FC63DAF-8483-4772-8E79-3D69D8477DE4",
    ("mbr", "fat"): "ef", ("mbr", "ext4"): "83",
}
LABELS = {"gpt": "gpt", "mbr": "dos"}


class DiskError(qemu.UsageError):
    """A tool said no, or was asked for what is not there."""


def run(*words, **more):
    """One tool; sbin may not be on everybody's path."""
    path = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"
    try:
        done = subprocess.run([str(w) for w in words], stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, check=False,
                              env={**os.environ, "PATH": path,
                                   "MTOOLS_SKIP_CHECK": "1"}, **more)
    except FileNotFoundError:
        raise DiskError(f"{words[0]}: not installed; run make setup") from None
    if done.returncode:
        text = done.stdout.decode(errors="replace").strip()
        raise DiskError(f"{words[0]}: {text}")
    return done.stdout


def whole(size):
    """The size of a disk for that many bytes: SD cards are a power of two to QEMU."""
    return 1 << (size - 1).bit_length()


def size_of(folder):
    """Bytes of all files, each in whole clusters of 64 KiB."""
    return sum(-(-f.stat().st_size // 65536) * 65536 + 65536
               for f in Path(folder).rglob("*") if f.is_file())


def make_fat(folder, image, size, *options):
    """A FAT file system with what is in @folder."""
    with open(image, "wb") as f:
        f.truncate(size)
    run("mkfs.vfat", "-n", "AGLET", *options, image)
    names = sorted(Path(folder).iterdir())
    if names:
        run("mcopy", "-s", "-p", "-Q", "-i", image, *names, "::")


def make_ext4(folder, image, size, *options):
    """An ext4 file system with what is in @folder."""
    with open(image, "wb") as f:
        f.truncate(size)
    run("mke2fs", "-q", "-F", "-t", "ext4", "-L", "aglet", "-d", folder, *options, image)


MAKERS = {"fat": make_fat, "ext4": make_ext4}


def partition(image, table, parts):
    """Put file system images, [(path, kind)], behind a partition table."""
    sizes = [-(-path.stat().st_size // MIB) * MIB for path, _ in parts]
    script, at, places = f"label: {LABELS[table]}\n", START, []
    for (_, kind), size in zip(parts, sizes):
        script += f"start={at // 512}, size={size // 512}, type={TYPES[table, kind]}\n"
        places.append(at)
        at += size
    with open(image, "wb") as f:
        f.truncate(whole(at + MIB))
    run("sfdisk", "-q", "--no-reread", "--no-tell-kernel", image, input=script.encode())
    with open(image, "r+b") as disk:
        for (path, _), place in zip(parts, places):
            disk.seek(place)
            with open(path, "rb") as f:
                shutil.copyfileobj(f, disk, MIB)


def make(image, table, parts):
    """The disk: one file system alone, or several behind a table."""
    if table == "none":
        shutil.copyfile(parts[0][0], image)
        os.truncate(image, whole(os.path.getsize(image)))
    else:
        partition(image, table, parts)


def entry_bls(files, title, cmdline):
    """A Boot Loader Specification file. Return: (path, text)."""
    lines = [f"title {title}", f"linux {files['kernel']}"]
    lines += [f"initrd {name}" for name in files["initrd"]]
    lines += [f"devicetree {files['dtb']}"] if files["dtb"] else []
    lines += [f"devicetree-overlay {' '.join(files['overlay'])}"] if files["overlay"] else []
    lines += [f"options {cmdline}"] if cmdline else []
    return "loader/entries/aglet.conf", "\n".join(lines) + "\n"


def entry_extlinux(files, title, cmdline):
    lines = ["default aglet", "label aglet", f"  menu label {title}",
             f"  linux {files['kernel']}"]
    lines += [f"  initrd {','.join(files['initrd'])}"] if files["initrd"] else []
    lines += [f"  fdt {files['dtb']}"] if files["dtb"] else []
    lines += [f"  fdtoverlays {' '.join(files['overlay'])}"] if files["overlay"] else []
    lines += [f"  append {cmdline}"] if cmdline else []
    return "boot/extlinux/extlinux.conf", "\n".join(lines) + "\n"


ENTRIES = {"bls": entry_bls, "extlinux": entry_extlinux}


def put(root, source, name):
    """Copy a file into the tree; the path that an entry gives it."""
    if not Path(source).is_file():
        raise DiskError(f"{source}: no such file")
    target = root / name
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.name.lower() in (p.name.lower() for p in target.parent.iterdir()):
        raise DiskError(f"{source}: there is a file of that name already; rename one")
    shutil.copy(source, target)
    return f"/{name}"


def fill(root, wishes):
    """Put the files and the entry of a kernel into the folder @root."""
    path = wishes["ENTRY"] == "path"
    folder = "boot/" if wishes["ENTRY"] == "extlinux" or path else ""
    kernel, initrds = Path(wishes["KERNEL"]), wishes.get("INITRD", "").split(",")
    name = "vmlinuz" if path else kernel.name
    files = {"kernel": put(root, kernel, folder + name), "initrd": [], "overlay": []}
    for source in filter(None, initrds):
        files["initrd"].append(put(root, source, folder + (
            "initrd.img" if path else Path(source).name)))
    files["dtb"] = wishes.get("DTB") and put(root, wishes["DTB"],
                                            folder + Path(wishes["DTB"]).name)
    for source in filter(None, wishes.get("OVERLAYS", "").split(",")):
        files["overlay"].append(put(root, source, folder + Path(source).name))
    if not path:
        where, text = ENTRIES[wishes["ENTRY"]](files, wishes.get("TITLE") or kernel.name,
                                              wishes.get("CMDLINE", ""))
        (root / where).parent.mkdir(parents=True, exist_ok=True)
        (root / where).write_text(text)


def choose(wishes, name, default, values):
    wishes[name] = wishes.get(name) or default
    if wishes[name] not in values:
        raise DiskError(f"{name}={wishes[name]}: give one of {', '.join(values)}")


def check(wishes):
    """Put in the defaults, refuse what nobody can make. Return: least MiB."""
    choose(wishes, "TABLE", "gpt", ["gpt", "mbr", "none"])
    choose(wishes, "FS", "fat", list(MAKERS))
    choose(wishes, "ENTRY", "bls", ["bls", "extlinux", "path"])
    if wishes["ENTRY"] == "path" and (wishes.get("DTB") or wishes.get("OVERLAYS")
                                      or wishes.get("CMDLINE")):
        raise DiskError("ENTRY=path: takes neither CMDLINE nor a device tree; "
                        "use bls or extlinux")
    for name in ("CMDLINE", "TITLE"):
        if "\n" in wishes.get(name, ""):
            raise DiskError(f"{name}: has a line break in it; give one line")
    least = wishes.get("DISK_SIZE") or "0"
    if not least.isdigit():
        raise DiskError(f"DISK_SIZE={least}: not a number of MiB")
    return int(least)


def build(image, wishes):
    """The whole image from variables; see the top of this file."""
    wishes = dict(wishes)
    least = check(wishes)
    if not Path(image).resolve().parent.is_dir():
        raise DiskError(f"{image}: its folder is not there; make it first")
    with tempfile.TemporaryDirectory(dir=Path(image).resolve().parent) as work:
        root, volume = Path(work) / "root", Path(work) / "volume"
        root.mkdir()
        fill(root, wishes)
        size = max(least * MIB, size_of(root) * 9 // 8 + 16 * MIB, 64 * MIB)
        MAKERS[wishes["FS"]](root, volume, -(-size // MIB) * MIB)
        target = Path(work) / "disk"
        make(target, wishes["TABLE"], [(volume, wishes["FS"])])
        target.replace(image)
    return image


NAMES = ("KERNEL", "INITRD", "CMDLINE", "DTB", "OVERLAYS", "TITLE", "TABLE", "FS",
         "ENTRY", "DISK_SIZE")


def given():
    """What the environment says."""
    return {name: qemu.variable(name) for name in NAMES}


def variables(folder):
    """With no kernel given, Debian's and our user space."""
    if qemu.variable("KERNEL"):
        return given()
    more = linux.variables(folder, interactive=True)
    if qemu.variable("ENTRY") == "path":
        more["CMDLINE"] = qemu.variable("CMDLINE")
    return {**given(), **more}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--build", default="build", help="build folder (O=)")
    args = parser.parse_args()
    image = qemu.variable("DISK") or f"{args.build}/disk.img"
    try:
        build(image, variables(args.build))
    except (qemu.UsageError, OSError) as error:
        print(f"disk: error: {error}", file=sys.stderr)
        return 2
    print(f"disk: {image}: {Path(image).stat().st_size // MIB} MiB; "
          f"make run DISK={image} starts from it")
    return 0


if __name__ == "__main__":
    sys.exit(main())
