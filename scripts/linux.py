#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""Debian's kernel with a busybox initramfs: the files, and what it says.

tests/linux/init is the user space, tests/linux/complaints the messages by
which Linux objects to what a bootloader did.
"""
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import qemu

INIT = qemu.TOP / "tests/linux/init"
COMPLAINTS = qemu.TOP / "tests/linux/complaints"


def needed(name):
    """A file that `make setup` leaves in .deps/linux."""
    path = qemu.TOP / (qemu.variable("DEPS") or ".deps") / "linux" / name
    if not path.exists():
        raise qemu.UsageError(f"{path}: no such file; run make setup")
    return path


def initramfs(build):
    """Pack busybox and our init as newc cpio, unless it is up to date."""
    busybox = needed("busybox")
    target = Path(build) / "initramfs.cpio"
    parts = (INIT, busybox, Path(__file__))
    if target.exists() and all(target.stat().st_mtime > part.stat().st_mtime
                               for part in parts):
        return target
    with tempfile.TemporaryDirectory(dir=build) as folder:
        root = Path(folder) / "root"
        for name in ("bin", "proc", "sys", "dev"):
            (root / name).mkdir(parents=True)
        shutil.copy(busybox, root / "bin/busybox")
        shutil.copy(INIT, root / "init")
        (root / "init").chmod(0o755)
        (root / "bin/busybox").chmod(0o755)
        names = [str(p.relative_to(root)) for p in sorted(root.rglob("*"))]
        packed = Path(folder) / "initramfs.cpio"
        with packed.open("wb") as out:
            subprocess.run(["cpio", "--quiet", "-o", "-H", "newc", "-R", "0:0"],
                           input="\n".join(names).encode(), stdout=out,
                           cwd=root, check=True)
        packed.replace(target)
    return target


def variables(build, interactive):
    """KERNEL, INITRD and CMDLINE, each as the user gave it or our own."""
    words = qemu.variable("CMDLINE")
    if not interactive and "aglet.test=" not in words:
        words = f"{words} aglet.test=poweroff".strip()
    return {"KERNEL": qemu.variable("KERNEL") or str(needed("Image")),
            "INITRD": qemu.variable("INITRD") or str(initramfs(build)),
            "CMDLINE": words or "earlycon"}


def tree(build):
    """The board's device tree of that kernel; empty where the machine brings it."""
    name = qemu.read_config(build).get("CONFIG_FDT_FILE", "")
    return str(needed(f"dtbs/{name}")) if name else ""


def complaints():
    """The patterns of the data file, compiled."""
    lines = COMPLAINTS.read_text().splitlines()
    return [re.compile(line) for line in lines
            if line and not line.startswith("#")]


class Log:
    """Reads the console of a Linux that runs our init."""

    def __init__(self, cpus_wanted):
        self.wanted = cpus_wanted
        self.cpus = None
        self.patterns = complaints()
        self.found = []
        self.halted = False

    def is_halted(self):
        """Where there is no PSCI, poweroff leaves the machine on."""
        return self.halted

    def line(self, text):
        text = text.strip()
        self.halted |= text.endswith("reboot: System halted")
        if match := re.match(r"user space: (\d+) CPUs", text):
            self.cpus = int(match[1])
        if any(pattern.search(text) for pattern in self.patterns):
            self.found.append(f"Linux complains: {text}")

    def problems(self):
        if self.cpus is None:
            return self.found + ["no user space (no line 'user space: N CPUs')"]
        if self.cpus != self.wanted:
            return self.found + [f"{self.cpus} CPUs in user space, "
                                 f"the machine has {self.wanted}"]
        return self.found
