# SPDX-License-Identifier: BSD-2-Clause
"""A boot ROM without PSCI that starts all CPUs of QEMU virt in our image."""
import subprocess

from bench import TOP

IMAGE = 0x44000000  # where the ROM expects aglet.bin
TOOL = "aarch64-linux-gnu-"


def build(folder):
    """Build the vendor's ROM. Return its path."""
    elf = folder / "vendor_rom.elf"
    subprocess.run([f"{TOOL}gcc", f"-DIMAGE={IMAGE:#x}", "-nostdlib", "-static",
                    "-Wl,-Ttext=0,--build-id=none", "-o", elf,
                    TOP / "tests/qemu/vendor_rom.S"], check=True)
    subprocess.run([f"{TOOL}objcopy", "-O", "binary", elf, elf.with_suffix(".bin")],
                   check=True)
    return elf.with_suffix(".bin")


def below(image, folder):
    """QEMU arguments that put the ROM, built in @folder, before an image."""
    return (f"-M secure=on -bios {build(folder)} -device "
            f"loader,file={image},addr={IMAGE:#x},force-raw=on")
