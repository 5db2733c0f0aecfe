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


def compile_bare(out, *words):
    """A program of tests/bench, with our C headers and no library."""
    include = subprocess.run([f"{TOOL}gcc", "-print-file-name=include"], check=True,
                             capture_output=True, text=True).stdout.strip()
    subprocess.run([f"{TOOL}gcc", "-O2", "-ffreestanding", "-nostdlib", "-static", "-fno-pic",
                    "-fno-stack-protector", "-nostdinc", "-isystem", include, "-isystem",
                    deps("picolibc/aarch64-linux-gnu/include/release"), "-o", out, *words],
                   check=True)


def deps(path):
    """A file of arm64 packages that `make setup` has unpacked."""
    found = qemu.TOP / (qemu.variable("DEPS") or ".deps") / "arm64/usr/lib" / path
    if not found.exists():
        raise qemu.UsageError(f"{found}: no such file; run make setup")
    return found


def noise(at, size):
    """Bytes that no file system and no compressor can make smaller."""
    return random.Random(1).randbytes(size - at)


def like_a_kernel(at, size):
    """Bytes that are packed as well as Debian's kernel is: its own."""
    return linux.needed("Image").read_bytes()[at:size]


def compile_kernel(out, size=KERNEL_SIZE, memory=MEMORY_SIZE, filling=noise):
    """The bench kernel, filled up to @size bytes."""
    source, elf = qemu.TOP / "tests/bench", out.with_suffix(".elf")
    compile_bare(elf, "-mgeneral-regs-only", "-mcmodel=tiny", "-mstrict-align",
                 f"-DIMAGE_SIZE={memory:#x}", "-Wl,-Ttext=0,--build-id=none,-e,0",
                 source / "kernel.S", source / "kernel.c")
    subprocess.run([f"{TOOL}objcopy", "-O", "binary", elf, out], check=True)
    with open(out, "ab") as f:
        f.write(filling(f.tell(), size))
    return out


KINDS = {"fat32": "fat", "ext4": "ext4"}


def make_disk(image, kind, kernel, initrd):
    """GPT with one volume; U-Boot looks for extlinux.conf only."""
    return disk.build(image, {"KERNEL": str(kernel), "INITRD": str(initrd),
                              "CMDLINE": "console=ttyAMA0", "ENTRY": "extlinux",
                              "DISK_SIZE": "512", "FS": KINDS[kind]})


def one_disk(folder, kind):
    """A disk of that kind, with kernel and initrd, made in @folder."""
    folder.mkdir(parents=True, exist_ok=True)
    return make_disk(folder / f"{kind}.img", kind, compile_kernel(folder / "kernel"),
                     linux.initramfs(str(folder)))


def build_loader(folder, entry, *fragments):
    """Our image for that entry, built as everybody gets it, or with @fragments."""
    out = folder / entry
    kept = {k: v for k, v in os.environ.items()
            if k not in ("O", "MAKEFLAGS", "MFLAGS", "MAKELEVEL")}
    subprocess.run(["make", "-s", f"O={out}", "virt_defconfig", f"{entry}.config",
                    *fragments, "all"],
                   cwd=qemu.TOP, check=True, stdout=subprocess.DEVNULL, env=kept)
    return out / "aglet.bin"


class Files:
    """All of them, made anew where something is missing or older."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.kernel = compile_kernel(self.folder / "kernel")
        self.initrd = linux.initramfs(str(self.folder))
        self.images = {kind: make_disk(self.folder / f"{kind}.img", kind, self.kernel,
                                       self.initrd) for kind in KINDS}
        self.uboot = self.folder / "u-boot.bin"
        self.uboot.write_bytes(Path(others.uboot()).read_bytes().replace(
            b"bootdelay=2", b"bootdelay=0"))

    def loader(self, entry):
        return build_loader(self.folder, entry)
