# SPDX-License-Identifier: BSD-2-Clause
"""The stack canary and the key of pointer authentication cannot be guessed."""
import os
import re
import subprocess

import pytest

from bench import QEMUS, build, play

LOUD = "virt:el3+gicv3+LOG_DEBUG=y"
SOURCES = [
    # CPU, words for QEMU, what the console says
    ("max", "", "random, from RNDR"),
    ("cortex-a72", "", "random, from rng-seed"),
    ("cortex-a72", "-M dtb-randomness=off",
     "no entropy: neither RNDR nor a fresh rng-seed, the counter can be guessed"),
]


@pytest.mark.parametrize("qemu", QEMUS)
@pytest.mark.parametrize("cpu,words,says", SOURCES)
def test_console_says_where_it_is_from(cpu, words, says, qemu):
    run = play("run", build(LOUD), until=["^find: "], CPU=cpu, QEMU_ARGS=words,
               QEMU=QEMUS[qemu])
    run.expect_lines([f"^board: canary: {re.escape(says)}$", "^find: "])


def address_of(folder, name):
    """The loader's; the monitor has a local one."""
    told = subprocess.run(["aarch64-linux-gnu-nm", folder / "aglet.elf"], check=True,
                          capture_output=True, text=True).stdout
    return int(re.search(rf"^([0-9a-f]+) [A-Z] {name}$", told, re.M)[1], 16)


def at_handoff(folder, cpu, *words):
    """The values of gdb's expressions @words at the loader's last function."""
    script = folder / f"guard-{os.getpid()}.gdb"    # another worker has its own
    asks = [f"output/x {word}\necho \\n" for word in words]
    script.write_text("\n".join(["hbreak handoff_el2", "continue", *asks, "kill"]))
    run = play("debug", folder, limit=60, CPU=cpu, SMP=1, GDB_ARGS=f"-batch -x {script}")
    numbers = [int(line, 16) for line in run.lines if re.fullmatch(r"0x[0-9a-f]+", line)]
    run.expect(len(numbers) == len(words), f"{len(words)} values, got {numbers}")
    return numbers


@pytest.mark.parametrize("cpu", ["max", "cortex-a72"])
def test_canary_is_another_one_at_each_boot(cpu):
    folder = build("virt:el3+gicv3")
    canary = f"*(unsigned long *){address_of(folder, '__stack_chk_guard'):#x}"
    first, second = (at_handoff(folder, cpu, canary)[0] for _ in range(2))
    assert first and second and first != second
    assert not (first | second) & 0xff, "a NUL byte stops a string"
    assert bin(first ^ second).count("1") > 8, "not a counter"


def test_key_is_another_one_at_each_boot_and_on():
    """SCTLR_EL2 of the loader, before the kernel's is written: EnIA, BT, WXN."""
    folder = build("virt:el3+gicv3")
    words = ("$APIAKEYLO_EL1", "$APIAKEYHI_EL1", "$SCTLR_EL2")
    (low, high, sctlr), (low2, high2, _) = (at_handoff(folder, "max", *words) for _ in "12")
    assert len({low, high, low2, high2, 0}) == 5
    assert all(sctlr >> bit & 1 for bit in (31, 36, 19))
