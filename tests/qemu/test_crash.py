# SPDX-License-Identifier: BSD-2-Clause
"""A crash of the loader or the monitor leaves a report that a person can read."""
import pytest

from bench import build, play

CRASHES = [
    # CRASH_TEST, variant, what the report says
    ("undefined", "virt:el3+gicv3", ["undefined instruction", "crash_undefined"]),
    ("undefined", "virt:el1+gicv2", ["EL1.*undefined instruction", "crash_undefined"]),
    ("unmapped", "virt:el2+gicv3", ["data abort", "0xdead00000000", "crash_unmapped"]),
    ("text", "virt:el3+gicv3", ["data abort", "permission", "crash_text"]),
    ("execute", "virt:el3+gicv3", ["instruction abort", "permission"]),
    ("stack", "virt:el3+gicv3", ["data abort", "not mapped", "crash_recurse", "crash_recurse"]),
    ("canary", "virt:el3+gicv3", ["canary"]),
    ("monitor", "virt:el3+gicv3",
     ["EL3.*undefined instruction", r"^run: monitor\+0x\w+ is monitor_main\+"]),
]


# A name that is no test, as long as any: the image is built once and patched.
BLANK = "------------"


def crashing(variant, name, folder):
    """A build whose image commits the crash @name, and QEMU's words for it."""
    if name == "monitor":   # is compiled in, not looked up
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
