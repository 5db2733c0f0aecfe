# SPDX-License-Identifier: BSD-2-Clause
"""A crash of the loader or the monitor leaves a report that a person can read."""
import pytest

from bench import QEMUS, build, play

CRASHES = [
    # CRASH_TEST, variant, what the report says
    ("undefined", "virt:el3+gicv3", ["undefined instruction", "crash_undefined"]),
    ("undefined", "virt:el1+gicv2", ["EL1.*undefined instruction", "crash_undefined"]),
    ("unmapped", "virt:el2+gicv3", ["data abort", "0xdead00000000", "crash_unmapped"]),
    ("text", "virt:el3+gicv3", ["data abort", "permission", "crash_text"]),
    ("execute", "virt:el3+gicv3", ["instruction abort", "permission"]),
    ("stack", "virt:el3+gicv3", ["data abort", "not mapped", "crash_recurse", "crash_recurse"]),
    ("canary", "virt:el3+gicv3", ["canary"]),
    ("canary", "virt:el1+gicv2", ["canary"]),
    ("rodata", "virt:el3+gicv3", ["data abort", "permission", "crash_rodata"]),
    ("guard", "virt:el3+gicv3", ["data abort", "not mapped", "crash_guard"]),
    ("monitor", "virt:el3+gicv3",
     ["EL3.*undefined instruction", r"^run: monitor\+0x\w+ is monitor_main\+"]),
    # BRK: the monitor has no message of its own for it, its report says where
    ("mon-canary", "virt:el3+gicv3",
     [r"EL3.*BRK", r"^run: monitor\+0x\w+ is __stack_chk_fail\+"]),
    ("mon-stack", "virt:el3+gicv3",
     [r"EL3.*BRK", r"^run: monitor\+0x\w+ is __stack_chk_fail\+"]),
]

# What only some CPUs have: CRASH_TEST, variant, CPU, QEMU, what the report says.
# Before FEAT_FPAC a bad signature makes an address that nothing is mapped at.
GUARDS = [
    ("pac", "virt:el3+gicv3", "max", "new", ["(pointer authentication|instruction abort)"]),
    ("pac", "virt:el3+gicv3", "max", "old", ["(pointer authentication|instruction abort)"]),
    ("pac", "virt:el1+gicv2", "max", "new", ["(pointer authentication|instruction abort)"]),
    ("pac", "virt:el3+gicv3", "max,pauth-qarma3=on", "new",
     ["(pointer authentication|instruction abort)"]),
    ("pac", "virt:el3+gicv3", "cortex-a72", "new",
     ["^crash test: the forged return address was taken: this CPU has no PAC"]),
    ("pac", "virt:el3+gicv3+BRANCH_PROTECTION=n", "max", "new",
     ["^crash test: the forged return address was taken"]),
    ("bti", "virt:el3+gicv3", "max", "new", [r"no branch target \(BTI\)", "crash_no_pad"]),
    ("bti", "virt:el3+gicv3", "max", "old", [r"no branch target \(BTI\)", "crash_no_pad"]),
    ("bti", "virt:el1+gicv2", "max", "new", [r"EL1.*no branch target \(BTI\)", "crash_no_pad"]),
    ("bti", "virt:el3+gicv3", "cortex-a72", "new",
     ["^crash test: a branch to no landing pad was taken: this CPU has no BTI"]),
    ("bti", "virt:el3+gicv3+BRANCH_PROTECTION=n", "max", "new",
     ["^crash test: a branch to no landing pad was taken"]),
]


# A name that is no test, as long as any: the image is built once and patched.
BLANK = "------------"


def crashing(variant, name, folder):
    """A build whose image commits the crash @name, and QEMU's words for it."""
    if name.startswith("mon"):   # is compiled in, not looked up
        return build(f'{variant}+debug+CRASH_TEST="{name}"'), ""
    out = build(f'{variant}+debug+CRASH_TEST="{BLANK}"')
    image = (out / "aglet.bin").read_bytes()
    assert image.count(BLANK.encode()) == 1 and len(name) <= len(BLANK)
    bad = folder / "aglet.bin"
    bad.write_bytes(image.replace(BLANK.encode(), name.encode().ljust(len(BLANK), b"\0")))
    return out, f"-bios {bad}"


@pytest.mark.parametrize("name,variant,says", CRASHES,
                         ids=lambda v: v if isinstance(v, str) else "")
def test_crash_report(name, variant, says, tmp_path):
    folder, words = crashing(variant, name, tmp_path)
    last = r" sp  [0-9a-f]{16}$|^panic: "
    run = play("run", folder, limit=40, QEMU_ARGS=words)
    run.expect_lines([last])
    for text in says:
        run.expect_lines([text])
    run.expect_lines([r"^run: FAILED: QEMU ended with status 1"])
    run.expect_none([r"^1\.\.\d"])


@pytest.mark.parametrize("name,variant,cpu,qemu,says", GUARDS,
                         ids=lambda v: v if isinstance(v, str) else "")
def test_guard_of_the_cpu(name, variant, cpu, qemu, says, tmp_path):
    """Where the CPU has PAC and BTI they stop it; elsewhere the test itself says that not."""
    folder, words = crashing(variant, name, tmp_path)
    run = play("run", folder, limit=40, CPU=cpu, QEMU=QEMUS[qemu], QEMU_ARGS=words)
    run.expect_lines(says)
    run.expect_lines([r"^run: FAILED: QEMU ended with status 1"])
    run.expect_none([r"^1\.\.\d"])
