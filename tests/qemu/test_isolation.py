# SPDX-License-Identifier: BSD-2-Clause
"""The conformance kernel attacks: the secure world stays shut, and says so if not."""
import re
import shutil
import subprocess
import sys

import pytest

import qemu
from bench import QEMUS, TOP, build, need_machine, play

sys.path.insert(0, str(TOP / "tests/mutations"))
import cases  # noqa: E402
import image  # noqa: E402

ROWS = [f"BP-ISO-{n:02}" for n in range(1, 15)]
EL3, EL1 = "virt:el3+gicv3", "virt:el3-kernel-el1+gicv3"
EMPTY = 0x46000000      # ordinary RAM that nobody uses
# The same numbers every time; the short sweep of every boot has none.
FUZZ = "aglet.fuzz=0x4000 aglet.seed=0x5eed"


def rows(run):
    """{rule: "ok", "skip" or "not ok"} of the attacks."""
    found = {}
    for line in run.lines:
        if match := re.match(r"(ok|not ok) \d+ - (BP-ISO-\d\d) ?(# SKIP)?", line):
            found[match[2]] = "skip" if match[3] else match[1]
    return found


def attack(variant, *rules, words="", **more):
    """Play only these rows, with words for the kernel."""
    only = f"aglet.only={','.join(rules)}" if rules else ""
    if variant.startswith("virt"):
        more["SMP"] = 2
    return play("run", build(variant), CMDLINE=f"{only} {words}".strip(), **more)


@pytest.mark.parametrize("qemu_name", QEMUS)
@pytest.mark.parametrize("variant", [EL3, EL1, "virt:el3-no-el2+gicv2"])
def test_secure_world_is_shut(variant, qemu_name):
    run = attack(variant, *ROWS, QEMU=QEMUS[qemu_name])
    run.expect_status(0)
    assert rows(run) == {rule: "skip" if rule == "BP-ISO-13" else "ok" for rule in ROWS}


@pytest.mark.parametrize("variant,cpu", [(EL3, "max"), (EL1, "cortex-a72")])
def test_every_function_number(variant, cpu):
    """All fast calls of two owners, a part of all others, and some at random."""
    run = attack(variant, "BP-ISO-13", "BP-ISO-14", words=FUZZ, CPU=cpu)
    run.expect_lines([r"^# fuzz: \d{6} calls$", r"^ok \d+ - BP-ISO-13 ", r"^ok \d+ - BP-ISO-14 "])
    run.expect_status(0)


@pytest.mark.parametrize("fault", ["OWNER_0", "OWNER_X17", "LEAK_X3"])
def test_long_fuzz_finds(fault, tmp_path):
    """An answer, a register that is lost, an address that is told."""
    number = next(c.fault.number for c in cases.cases() if c.fault.name == fault)
    folder = build(f"{EL3}+DEBUG=y+UNSAFE_TEST_BUILD=y")
    bad = image.with_fault(folder, number, tmp_path / "aglet.bin")
    run = play("run", folder, SMP=2, QEMU_ARGS=f"-bios {bad}",
               CMDLINE=f"aglet.only=BP-ISO-13 {FUZZ}")
    run.expect_status(1)
    run.expect_lines([r"^# fuzz: \d{6} calls$", r"^not ok \d+ - BP-ISO-13 "])


def test_the_same_words_make_the_same_calls():
    """Calls that would not come back are left out; how many depends on the seed."""
    def calls(seed):
        run = attack(EL3, "BP-ISO-13", words=f"aglet.fuzz=0x1000 aglet.seed={seed}")
        run.expect_lines([r"^# fuzz: "])
        return next(line for line in run.lines if line.startswith("# fuzz"))
    assert calls("0x1") == calls("0x1") != calls("0x2")


def test_memory_that_is_open_is_red():
    """Where the loader was, which has gone: RAM that holds something."""
    where = qemu.read_config(build(EL3))["CONFIG_LOAD_ADDR"]
    run = attack(EL3, *ROWS[:6], words=f"aglet.secure={where}:0x10000")
    found = rows(run)
    assert [found[r] for r in ROWS[:6]] == ["not ok", "not ok", "skip", "ok", "ok", "not ok"]
    run.expect_lines([rf"^not ok \d+ - BP-ISO-01 .* found {where}"])


def test_memory_that_runs_is_red():
    """Zeroes look like nothing, but can be written, and they are executed."""
    run = attack(EL3, *ROWS[:6], words=f"aglet.secure={EMPTY:#x}:0x10000")
    run.expect_lines([rf"^not ok \d+ - BP-ISO-02 .* found {EMPTY:#x}", "^# probe BP-ISO-03",
                      r"^run: FAILED: .* broke off in the probe of BP-ISO-03"])


def tree_that_lies(folder, build_folder, *nodes):
    """The machine's tree, in which ordinary devices are said to be secure."""
    tree = folder / "lie.dtb"
    words = qemu.command(build_folder, extra=["-M", f"dumpdtb={tree}"])
    subprocess.run(words, check=True, capture_output=True)
    for node in nodes:
        for name, value in (("status", "disabled"), ("secure-status", "okay")):
            subprocess.run(["fdtput", "-t", "s", tree, node, name, value], check=True)
    return tree


@pytest.mark.parametrize("node,rule", [("/pl031@9010000", "BP-ISO-05"),
                                       ("/flash@4000000", "BP-ISO-04")])
def test_device_that_is_open_is_red(node, rule, tmp_path):
    if not shutil.which("fdtput"):
        pytest.skip("not run: fdtput is not there; make setup brings it")
    tree = tree_that_lies(tmp_path, build(EL3), node)
    run = attack(EL3, *ROWS[:6], DTB=tree)
    assert [r for r, v in rows(run).items() if v == "not ok"] == [rule]


def test_machine_that_guards_nothing_is_named():
    need_machine(build("raspi3b:el3"), "")
    run = play("run", build("raspi3b:el3"))
    found = rows(run)
    assert "not ok" not in found.values()
    run.expect_lines([r"BP-ISO-01 # SKIP the monitor is in RAM that the machine does not guard"])
    assert found["BP-ISO-07"] == found["BP-ISO-10"] == "ok"


def test_memory_that_no_tree_names():
    """sbsa-ref has secure RAM, but no node that says so."""
    need_machine(build("sbsa-ref:el3"), "")
    where = qemu.read_config(build("sbsa-ref:el3"))["CONFIG_MONITOR_ADDR"]
    only = ",".join(ROWS)
    run = play("run", build(f'sbsa-ref:el3+CMDLINE="aglet.secure={where}:0x10000 '
                            f'aglet.only={only}"'))
    found = rows(run)
    assert [found[r] for r in ROWS[:3]] == ["ok"] * 3
    assert "not ok" not in found.values()
