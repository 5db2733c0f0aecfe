# SPDX-License-Identifier: BSD-2-Clause
"""The conformance kernel finds what other loaders are known to leave wrong."""
import subprocess
import sys
import time
from pathlib import Path

import pytest

import others
import others_table
import qemu
from bench import QEMUS, conformance, parameters

# Our own loader has its lines in conformance.cases; "-" promises nothing.
CASES = [case for case in parameters("others.cases", 6)
         if case.values[0] != "aglet" and case.values[5] != "-"]


@pytest.mark.parametrize("loader,machine,cpu,cpus,version,floor", CASES)
def test_violations_are_found(loader, machine, cpu, cpus, version, floor):
    case = others.Case(loader, machine, cpu, cpus, version, floor)
    kernel = conformance() / "conformance.Image"
    only = [] if floor == "unreached" else floor.split(",")
    result = others.run(case, str(kernel), None, only, lambda r: not r.problems())
    assert result.problems() == [], (result.found(), result.broken)


@pytest.mark.parametrize("width", [1, 4])
@pytest.mark.parametrize("version", QEMUS)
def test_console_is_a_16550(tmp_path, monkeypatch, version, width):
    """On another machine, with registers of a byte and of 32 bits."""
    # Three CPUs of this machine spin from reset on.
    monkeypatch.setattr(others, "SILENT_CPU", 8 * others.SILENT_CPU)
    source = (Path(__file__).parent / "raspi3b.dts").read_text()
    tree = tmp_path / "raspi3b.dtb"
    subprocess.run(["dtc", "-q", "-O", "dtb", "-o", tree, "-"], check=True, text=True,
                   input=source.replace("WIDTH", str(width)))
    kernel = conformance() / "conformance.Image"
    line = [others.program(version), "-M", "raspi3b", "-kernel", kernel, "-dtb", tree,
            "-display", "none", "-serial", "null", "-serial", "stdio",
            "-semihosting-config", "enable=on,target=native"]
    lines, report, _ = others.play(line, [])
    assert "Hello from the conformance kernel." in lines
    assert not report.broken(), lines[-5:]
    assert [n.split()[4] for n in report.failures()] == ["HO-19"]


def result(floor="-", level="EL2", red=(), ends=(), version="1.0", **case):
    given = {"loader": "qemu", "machine": "el3", "cpu": "max", "cpus": "2",
             "qemu": "new", **case}
    return others.Result(others.Case(**given, floor=floor), qemu=version, level=level,
                         red={r: "text" for r in red}, texts={r: "text" for r in red},
                         ends={r: "hang" for r in ends})


@pytest.mark.parametrize("found,problem", [
    (result("BX-1,BX-2", red=["BX-1"], ends=["BX-2"]), None),
    (result("BX-1,BX-2", red=["BX-1"]), "BX-2 was not found"),
    (result("BX-1", level=""), "not reached"),
    (result("-", level=""), "not reached"),
    (result("unreached", level=""), None),
    (result("unreached"), "was reached"),
    (result("green"), None),
    (result("green", ends=["BX-1"]), "BX-1 is not ok"),
])
def test_floor(found, problem):
    assert (found.problems() == []) if not problem else problem in found.problems()[0]


def test_cases_are_chosen_by_parts_of_their_names():
    assert {c.loader for c in others.cases(["u-boot-el2", "qemu-el1"])} == {"u-boot", "qemu"}
    assert len(others.cases()) > len(others.cases(["-old"])) > 1
    with pytest.raises(qemu.UsageError, match="CASES=moon: no such line.*aglet-el1-max"):
        others.cases(["moon"])


PROGRAM = """\
echo 1..3; echo "I run at EL2 on cpu0"; echo "ok 1 - A-1 fine cpu0"
case "$*" in
*B-2*) echo "ok 2 - B-2 # SKIP aglet.skip" ;;
*) echo "# probe B-2 cpu0"; %s ;;
esac
echo "not ok 3 - C-3 bad: expected 0x1, found 0x0 cpu1"
echo "SUMMARY: 1 ok, 1 not ok, 1 skipped"
"""


@pytest.mark.parametrize("end,word", [
    ("while :; do :; done", "hang"), ("sleep 20", "hang"), ("exit 0", "reset")])
def test_row_that_ends_the_machine_is_left_out(tmp_path, monkeypatch, end, word):
    """Spinning and sleeping machines are found out, and the rest is played."""
    fake = tmp_path / "qemu"
    fake.write_text("#!/bin/sh\n" + PROGRAM % end)
    fake.chmod(0o755)
    monkeypatch.setattr(others, "program", lambda name: str(fake))
    monkeypatch.setattr(others, "version", lambda path: "1.0")
    monkeypatch.setattr(others, "SILENT_CPU", 1)
    monkeypatch.setattr(others, "SILENT_CLOCK", 3)
    case = others.Case("qemu", "el3", "max", "1", "new", "-")
    found = others.run(case, "kernel", None)
    assert found.ends == {"B-2": word} and found.level == "EL2"
    assert found.red == {"C-3": "bad: expected 0x1, found 0x0"}
    assert not found.broken and found.counts == (1, 1, 1)


def test_what_is_typed_waits_for_its_prompt():
    """The second line goes out only after the answer to the first."""
    code = ("import sys; print('ready> ', end='', flush=True); a = input()\n"
            "print('A' + a + ' ready> ', end='', flush=True); print('B' + input())")
    start = time.monotonic()
    lines, _, end = others.play([sys.executable, "-c", code],
                                [(b"ready> ", b"1\n"), (b"ready> ", b"2\n")])
    assert lines[0] == "ready> A1 ready> B2" and end == "reset"
    assert time.monotonic() - start < 20


def test_tables():
    text = others_table.section(
        [result(red=["BX-2"], ends=["BX-1"]), result(red=["BX-2"], ends=["BX-1"], version="2.0"),
         result(level="", machine="el2")], "2023")
    lines = text.splitlines()
    assert "| QEMU | EL3 | max | 2 | 1.0, 2.0 | EL2 | 0 | 0 | BX-2 | BX-1 |" in lines
    assert "| QEMU | EL2 | max | 2 | 1.0 | not reached | - | - | - | - |" in lines
    assert "| BX-2 | text | QEMU (EL3) |" in lines
    assert "U-Boot 2023 " in text


def test_only_our_section_is_written(tmp_path, monkeypatch):
    page = tmp_path / "conformance.md"
    monkeypatch.setattr(others_table, "PAGE", page)
    ours = f"{others_table.BEGIN}\nnew\n{others_table.END}"
    others_table.write(ours)
    assert page.read_text() == f"# Conformance\n\n{ours}\n"
    page.write_text(f"# T\nabove\n{others_table.BEGIN}\nold\n{others_table.END}\nbelow\n")
    others_table.write(ours)
    assert page.read_text() == f"# T\nabove\n{ours}\nbelow\n"
    page.write_text("# T\n")
    others_table.write(ours)
    assert page.read_text() == f"# T\n\n{ours}\n"
