# SPDX-License-Identifier: BSD-2-Clause
"""The runner itself: its command line, its errors, its verdict, the debugger."""
import subprocess

import pytest

import tap
from bench import PYTHON, TOP, build, environment, play

GOOD = ["1..3", "ok 1 - A", "ok 2 - B # SKIP no EL3", "ok 3 - C cpu1",
        "SUMMARY: 2 ok, 0 not ok, 1 skipped"]


def report(lines):
    result = tap.Report()
    for line in lines:
        result.line(line)
    return result.problems()


def test_good_report():
    assert report(["noise", *GOOD]) == []


@pytest.mark.parametrize("change,problem", [
    (lambda t: t[1:], "no plan"),
    (lambda t: t[:1], "3 of 3 rows did not come"),
    (lambda t: t[:2] + t[3:], "the first is 2"),
    (lambda t: t[:-1], "no SUMMARY"),
    (lambda t: t + ["SUMMARY: 2 ok, 0 not ok, 1 skipped"], "second summary"),
    (lambda t: t + ["1..3"], "second plan"),
    (lambda t: t[:2] + ["not ok 2 - B: expected 0x1, found 0x0"] + t[3:], "not ok 2 - B"),
    (lambda t: t[:-1] + ["SUMMARY: 3 ok, 0 not ok, 0 skipped"], "the rows say"),
    (lambda t: t[:4] + ["ok 4 - D"] + t[4:], "beyond the plan"),
    (lambda t: t[:4] + ["ok 3 - C"] + t[4:], "row 3 twice"),
    (lambda t: ["1..0", "SUMMARY: 0 ok, 0 not ok, 0 skipped"], "not one row"),
])
def test_bad_report(change, problem):
    assert any(problem in p for p in report(change(list(GOOD))))


@pytest.mark.parametrize("config,given,wanted", [
    ("EL3_PRESENT=y EL2_PRESENT=y GICV3=y", {},
     ["virt,secure=on,virtualization=on,gic-version=3", "-smp 4", "-m 512M", "-bios"]),
    ("GICV2=y", {"SMP": "2", "MEM": "1G", "CPU": "max"},
     ["-M virt,gic-version=2 ", "-smp 2", "-m 1G", "-cpu max"]),
    ("GICV3=y", {"QEMU_ARGS": "-M gic-version=2,acpi=off -d int"},
     ["-M virt,gic-version=2,acpi=off ", "-d int"]),
    ("GICV3=y", {"KERNEL": "Makefile", "CMDLINE": "two words"},
     ["-kernel Makefile", "-append 'two words'"]),
])
def test_command_line(tmp_path, config, given, wanted):
    lines = ['CONFIG_BOARD="virt"'] + [f"CONFIG_{word}" for word in config.split()]
    (tmp_path / ".config").write_text("\n".join(lines) + "\n")
    run = play("command", tmp_path, **given)
    run.expect_status(0)
    for text in wanted:
        run.expect(text in run.lines[-1], f"not in the command: {text}")


@pytest.mark.parametrize("config,given,error", [
    (None, {}, r"\.config: no such file; configure first"),
    ('BOARD="moon"', {}, r"board moon: .* boards/moon/run\.args"),
    ('BOARD="virt"', {"KERNEL": "/nowhere"}, "KERNEL=/nowhere: no such file"),
    ('BOARD="virt"', {"INITRD": "/nowhere"}, "INITRD=/nowhere: no such file"),
    ('BOARD="virt"', {"DTB": "/nowhere"}, "DTB=/nowhere: no such file"),
    ('BOARD="virt"', {"QEMU": "/nowhere"}, "/nowhere: no such program; give QEMU="),
    ('BOARD="virt"', {"TIMEOUT": "soon"}, "TIMEOUT=soon: not a number"),
    ('BOARD="xlnx-zcu102"', {"KERNEL": "Makefile"}, "cannot hand it to board xlnx-zcu102"),
])
def test_errors(tmp_path, config, given, error):
    if config:
        (tmp_path / ".config").write_text(f"CONFIG_{config}\n"
                                          "CONFIG_SOURCE_EMBEDDED=y\n")
    run = play("run", tmp_path, **given)
    run.expect_lines([f"^run: error: .*{error}"])
    run.expect_status(2)


def test_debugger_stops_where_asked():
    """make debug attaches, knows the symbols and decodes the registers."""
    folder = build("virt:el3+gicv3")
    commands = ("-batch -ex 'aglet-el' -ex 'hbreak boot_main' -ex continue "
                "-ex backtrace -ex aglet-el -ex aglet-regs -ex 'aglet-esr 0x96000046'")
    done = subprocess.run([PYTHON, "scripts/run.py", "debug", "--build", str(folder)],
                          cwd=TOP, env=environment({"GDB_ARGS": commands}), text=True,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, timeout=120, check=False)
    for text in ("EL3", "boot_main", "EL2", "SCTLR_EL2", "data abort", "level 2"):
        assert text in done.stdout, done.stdout
