# SPDX-License-Identifier: BSD-2-Clause
"""What the bench needs: its kernel, disks, our loaders, U-Boot without delay."""
import os
import random
import subprocess
from pathlib import Path

import disk
import linux
import others
import qemu

TOOL = "aarch64-linux-gnu-"
KERNEL_SIZE = 32956352      # bytes of Debian's 6.1 kernel
MEMORY_SIZE = 0x2000000


def compile_kernel(out, size=KERNEL_SIZE, memory=MEMORY_SIZE):
    """The bench kernel, filled up with noise to @size bytes."""
    source, elf = qemu.TOP / "tests/bench", out.with_suffix(".elf")
    include = subprocess.run([f"{TOOL}gcc", "-print-file-name=include"], check=True,
                             capture_output=True, text=True).stdout.strip()
    libc = qemu.TOP / ".deps/arm64/usr/lib/picolibc/aarch64-linux-gnu/include/release"
    subprocess.run([f"{TOOL}gcc", "-O2", "-ffreestanding", "-nostdlib", "-static",
                    "-mgeneral-regs-only", "-mcmodel=tiny", "-fno-pic",
                    "-fno-stack-protector", "-mstrict-align", f"-DIMAGE_SIZE={memory:#x}",
                    "-Wl,-Ttext=0,--build-id=none,-e,0", "-nostdinc", "-isystem", include,
                    "-isystem", libc, "-o", elf, source / "kernel.S",
                    source / "kernel.c"], check=True)
    subprocess.run([f"{TOOL}objcopy", "-O", "binary", elf, out], check=True)
    with open(out, "ab") as f:
        f.write(random.Random(1).randbytes(size - f.tell()))
    return out


class Files:
    """All of them, made anew where something is missing or older."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.kernel = compile_kernel(self.folder / "kernel")
        self.initrd = linux.initramfs(str(self.folder))
        self.images = {}
        for kind, settings in {"fat32": {"FS": "fat"}, "ext4": {"FS": "ext4"}}.items():
            # U-Boot looks for extlinux.conf only.
            given = {"KERNEL": str(self.kernel), "INITRD": str(self.initrd),
                     "CMDLINE": "console=ttyAMA0", "ENTRY": "extlinux",
                     "DISK_SIZE": "512", **settings}
            self.images[kind] = disk.build(self.folder / f"{kind}.img", given)
        self.uboot = self.folder / "u-boot.bin"
        self.uboot.write_bytes(Path(others.uboot()).read_bytes().replace(
            b"bootdelay=2", b"bootdelay=0"))

    def loader(self, entry):
        """Our image for that entry, built as everybody gets it."""
        out = self.folder / entry
        kept = {k: v for k, v in os.environ.items()
                if k not in ("O", "MAKEFLAGS", "MFLAGS", "MAKELEVEL")}
        subprocess.run(["make", "-s", f"O={out}", "virt_defconfig", f"{entry}.config", "all"],
                       cwd=qemu.TOP, check=True, stdout=subprocess.DEVNULL, env=kept)
        return out / "aglet.bin"
