# SPDX-License-Identifier: BSD-2-Clause
"""Debian's kernel from a signed FIT to user space, at each level and from a card."""
import pytest

import disk
import linux
import originals
import test_machine
from bench import LINUX_LIMIT, build, play

# Variant, memory, and whether the FIT must bring the device tree.
CASES = {"virt at EL1": ("virt:el1+gicv3", "512M", False),
         "virt at EL2": ("virt:el2+gicv3", "512M", False),
         "virt at EL3": ("virt:el3+gicv3", "512M", False),
         "virt with a counter": ("virt:el3+gicv3+ROLLBACK=y", "512M", False),
         "raspi3b from its card": ("raspi3b", "", True)}


def image(name, file, kind, more=""):
    return (f'{name} {{ description = "{name}"; data = /incbin/("{file}"); type = "{kind}"; '
            f'arch = "arm64"; os = "linux"; compression = "none"; {more} '
            'hash-1 { algo = "sha256"; }; };\n')


def source(folder, own_tree):
    """Kernel and ramdisk as they lie there, and the board's tree."""
    images = (image("kernel", linux.needed("Image"), "kernel", "load = <0>; entry = <0>;") +
              image("ramdisk", linux.initramfs(folder), "ramdisk"))
    if own_tree:
        images += image("tree", linux.tree(folder), "flat_dt")
    fdt = 'fdt = "tree"; ' if own_tree else ""
    return ('/dts-v1/; / { description = "Debian"; #address-cells = <1>; images {\n'
            f'{images}}}; configurations {{ default = "debian"; debian {{ kernel = "kernel"; '
            f'ramdisk = "ramdisk"; {fdt}aglet,rollback-index = <1>; '
            'bootargs = "earlycon aglet.test=poweroff"; '
            'signature-1 { algo = "sha256,rsa2048"; key-name-hint = "dev"; '
            'sign-images = "kernel", "ramdisk", "fdt"; }; }; }; };\n')


@pytest.mark.linux
@pytest.mark.parametrize("name", CASES)
def test_user_space(name, tmp_path):
    variant, memory, own_tree = CASES[name]
    folder = build(test_machine.trusting(variant))
    originals.mkimage(tmp_path, "debian", source(folder, own_tree), "-E",
                      key=str(test_machine.work()))
    counter = "ROLLBACK" in variant
    card = disk.build(tmp_path / "debian.img", {"KERNEL": str(tmp_path / "debian.fit")})
    run = play("linux", folder, limit=LINUX_LIMIT, DISK=card,
               **({"MEM": memory} if memory else {}),
               **({"FLASH": tmp_path / "flash"} if counter else {}))
    run.expect_status(0)
    run.expect_lines([r"^board: trust: required: only what is signed boots",
                      r"^load: initrd: \d+ bytes from disk",
                      r"^verify: trust: signed with the key dev, rollback index 1",
                      *([r"^handoff: rollback: counter raised from 0 to 1"] if counter else []),
                      r"^user space: \d+ CPUs", r"^run: \d+ CPUs in user space"])
