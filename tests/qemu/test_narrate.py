# SPDX-License-Identifier: BSD-2-Clause
"""CONFIG_NARRATE: each step is explained, in order, and the values are true."""
import re

import pytest

from bench import build, play

EL3 = ["reset: CPU 0x0 came out of reset at EL3", "el3: SCR_EL3 = ", "el3: CPTR_EL3 = ",
       "el3: MDCR_EL3 = ", "el3: CNTFRQ_EL0 = 62500000:", "gic: ", "psci: "]
DOWN = ["el3: ERET with ELR_EL3 = ", "start: the loader runs at EL"]
BELOW = ["reset: CPU 0x0 entered the image at EL"]
EL2 = ["el2: HCR_EL2 = ", "el2: CPTR_EL2 = ", "el2: CNTHCTL_EL2 = 0x3: ", "el2: VPIDR_EL2 = "]
LOADER = ["start: the image lies at ", "start: SCTLR_EL.*MMU off", "mmu: TTBR0_EL",
          "mmu: MAIR_EL. = 0xff04:", "mmu: .* is our text", "mmu: SCTLR_EL.*the MMU is on",
          "board: the device tree .* magic is 0xd00dfeed", "board: it names 1 range",
          "find: ", "inspect: bytes 56 to 59", "inspect: text_offset = 0x0, ",
          "place: the kernel's place is ", "place: it owns all ", "place: the device tree",
          "load: ", "verify: ", "fixup: the tree that is handed over", "fixup: /chosen",
          "fixup: /psci", "fixup: /cpus/cpu", "handoff: .* written back"]
KERNEL = ["handoff: SCTLR_EL", "handoff: x0 = ", "handoff: ERET with "]

VARIANTS = {
    # variant, CPU: what comes in order, SCR_EL3.HCE, the loader's EL, the kernel's
    ("virt:el3+gicv3+narrate", "max"): (EL3 + EL2 + DOWN + LOADER + EL2 + KERNEL, 1, 2, 2),
    ("virt:el3-kernel-el1+gicv2+narrate+llvm", "cortex-a72"):
        (EL3 + EL2 + DOWN + LOADER + EL2 + KERNEL, 1, 2, 1),
    ("virt:el3-no-el2+gicv3+narrate", "cortex-a53"): (EL3 + DOWN + LOADER + KERNEL, 0, 1, 1),
    ("virt:el2+gicv3+narrate", "cortex-a76"): (BELOW + LOADER + EL2 + KERNEL, None, 2, 2),
    ("virt:el1+gicv3+narrate+poison", "max"): (BELOW + LOADER + KERNEL, None, 1, 1),
}


def value(run, name):
    """The number behind the last @name = in a sentence."""
    found = [m[1] for line in run.lines if line.startswith("why: ")
             for m in re.finditer(rf"\b{name} (?:=|becomes) (0x[0-9a-f]+|\d+)", line)]
    run.expect(found, f"no sentence gives {name}")
    return int(found[-1], 0)


def check_values(run, hce, loader_el, kernel_el):
    entry = next(m for m in (re.match(r"handoff: kernel at (0x\w+), dtb at (0x\w+)", line)
                             for line in run.lines) if m)
    own = f"EL{loader_el}"
    assert value(run, f"ELR_{own}") == int(entry[1], 16)
    assert value(run, "x0") == int(entry[2], 16)
    assert value(run, f"SPSR_{own}") == 0x3c0 | kernel_el << 2 | 1
    assert value(run, f"SCTLR_{own}") & 0x5 == 0
    assert value(run, f"TCR_{own}") & 0x3f == 64 - 48
    if hce is not None:
        scr = value(run, "SCR_EL3")
        assert scr & 1 and scr >> 8 & 1 == hce and scr >> 10 & 1
        assert value(run, "SPSR_EL3") == 0x3c0 | loader_el << 2 | 1
    if loader_el == 2:
        assert value(run, "HCR_EL2") >> 31 & 1
        assert value(run, "VMPIDR_EL2") == 0x80000000


@pytest.mark.parametrize("variant,cpu", VARIANTS)
def test_every_step_is_explained(variant, cpu):
    sentences, hce, loader_el, kernel_el = VARIANTS[variant, cpu]
    qemu = "/usr/bin/qemu-system-aarch64"      # its counters all run at 62.5 MHz
    run = play("run", build(variant), CPU=cpu, SMP=2, QEMU=qemu)
    run.expect_status(0)
    run.expect_lines([rf"^why: {text}" for text in sentences])
    if hce is None:
        run.expect_none([r"^why: .*_EL3 "])
    if loader_el == 1:
        run.expect_none([r"^why: .*_EL2 "])
    check_values(run, hce, loader_el, kernel_el)


def test_the_other_board():
    run = play("run", build("zcu102:el3+narrate"))
    run.expect_status(0)
    run.expect_lines([r"^why: reset: .* the image lies at 0x8000000\.",
                      r"^why: gic: .*BX-22", r"^why: psci: .* held in reset",
                      r"^why: handoff: ERET with ELR_EL2 = 0x0, "])
