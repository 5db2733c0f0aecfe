# SPDX-License-Identifier: BSD-2-Clause
"""The runner itself: its command line, its errors, its verdict, the debugger."""
import re
import subprocess

import pexpect
import pytest

import screen
import tap
from bench import PYTHON, TOP, build, environment, play

GOOD = ["1..3", "ok 1 - A", "ok 2 - B # SKIP no EL3", "ok 3 - C cpu1",
        "SUMMARY: 2 ok, 0 not ok, 1 skipped"]


def report(lines):
    result = tap.Report()
    for line in lines:
        result.line(line)
    return result.problems()


HANG = [*GOOD[:3], "# probe BP-SVE-01 cpu1"]
RED = [*GOOD[:3], "not ok 3 - BP-GPR-01 C: expected 0x1, found 0x0 cpu1",
       "SUMMARY: 1 ok, 1 not ok, 1 skipped"]


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


@pytest.mark.parametrize("lines,where", [
    (HANG, "in the probe of BP-SVE-01 on cpu1"),
    ([*GOOD[:2], "# probe BP-FGT-01"], "in the probe of BP-FGT-01"),
    # A probe that has its row is over: not that row is to blame.
    ([*GOOD[:2], "# probe B cpu0", GOOD[2]], "behind 2 - B # SKIP no EL3"),
    (GOOD[:1], "behind its plan"),
])
def test_where_a_report_breaks_off(lines, where):
    assert any(f"; it broke off {where}" in p for p in report(lines))


@pytest.mark.parametrize("rule,group", [
    ("BP-CPU-02", "CPU"), ("BX-21", "BX"), ("HO-08", "HO"), ("PS-03", "PS"),
    ("SM-01", "SM"), ("X", "X")])
def test_group(rule, group):
    assert tap.group(rule) == group


def shown(capsys, chunks, live=False, colour=False, width=80):
    """What a screen makes of @chunks; None is a pause."""
    result = tap.Report()
    view = screen.Screen(result, result.line, live, colour, width)
    for chunk in chunks:
        view.data(chunk.encode()) if chunk else view.pause()
    view.end()
    return capsys.readouterr().out


def test_screen_is_a_table_and_what_is_red(capsys):
    text = shown(capsys, ["loader: hel", "lo\r\n", "\n".join(RED) + "\n", "crash\n"])
    lines = text.splitlines()
    assert lines[0] == "loader: hello" and lines[1] == "crash"
    assert re.search(r"^ +ok +not ok +skip +ok", lines[2])
    assert re.search(r"^A +1 +0 +0 +B +0 +0 +1 +GPR +0 +1 +0$", lines[3])
    assert lines[4:] == ["", RED[3], "SUMMARY: 1 ok, 1 not ok, 1 skipped of 3 rows"]
    assert "\033" not in text


def test_screen_fits_a_narrow_terminal(capsys):
    lines = shown(capsys, ["\n".join(RED) + "\n"], width=24).splitlines()
    assert [line.split()[0] for line in lines[:4]] == ["ok", "A", "B", "GPR"]


def test_screen_colours_what_is_red(capsys):
    text = shown(capsys, ["\n".join(RED) + "\n"], colour=True)
    assert "\033[31mGPR" in text and f"\033[31m{RED[3]}\033[0m" in text
    assert "\033[32mA" in text and "\033[2mB" in text


def test_screen_shows_a_last_word_without_newline(capsys):
    assert shown(capsys, ["loader: dy", None, "ing"]) == "loader: dying\n"
    text = shown(capsys, [*[n + "\n" for n in HANG[:3]], "exce", None, "ption\n"])
    assert text.startswith("exception\n ")


def test_screen_shows_how_far_the_kernel_is(capsys):
    text = shown(capsys, ["\n".join(HANG) + "\n"], live=True)
    assert "row 2 of 3, probe BP-SVE-01 cpu1, 0 not ok" in text


@pytest.fixture
def fake(tmp_path):
    """A build whose QEMU says what it is told and then does what it is told."""
    def make(lines, then):
        (tmp_path / ".config").write_text('CONFIG_BOARD="virt"\n'
                                          "CONFIG_SOURCE_EMBEDDED=y\n")
        (tmp_path / "said").write_text("\n".join(["loader: hello", *lines, ""]))
        program = tmp_path / "qemu"
        program.write_text(f"#!/bin/sh\ncat {tmp_path}/said\n{then}\n")
        program.chmod(0o755)
        return {"QEMU": program, "TAP": ""}
    return make


@pytest.mark.parametrize("lines,then,status,wanted", [
    (GOOD, "exit 0", 0, ["^loader: hello$", "^SUMMARY: 2 ok, 0 not ok, 1 skipped of 3", "^run: green$"]),
    (GOOD, "exit 1", 1, ["^SUMMARY: 2 ok", "^run: FAILED: QEMU ended with status 1$"]),
    (RED, "exit 1", 1, ["^not ok 3 - ", "^SUMMARY: 1 ok, 1 not ok",
                        "^run: FAILED: 1 of 3 rows not ok$"]),
    (HANG, "exec sleep 30", 1, ["^run: FAILED: 1 of 3 .* probe of BP-SVE-01 on cpu1$",
                                "^run: FAILED: the machine did not end in 2 s"]),
    (["1..9", *GOOD[1:]], "exit 0", 1, ["^run: FAILED: 6 of 9 rows did not come"]),
    ([], "exit 0", 1, ["^loader: hello$", "^run: FAILED: no report"]),
])
def test_verdict(fake, tmp_path, lines, then, status, wanted):
    run = play("run", tmp_path, TIMEOUT=2, **fake(lines, then))
    run.expect_status(status)
    run.expect_lines(wanted)
    run.expect_none(["^ok ", "^# probe", "\033"])


def test_raw_report(fake, tmp_path):
    run = play("run", tmp_path, **{**fake(RED, "exit 1"), "TAP": 1})
    assert run.lines[1:6] == RED
    run.expect_lines(["^run: FAILED: not ok 3 - BP-GPR-01"])


@pytest.mark.parametrize("env,coloured", [({}, True), ({"NO_COLOR": "1"}, False),
                                          ({"TERM": "dumb"}, False)])
def test_terminal(fake, tmp_path, env, coloured):
    given = environment({"TERM": "xterm", **fake(RED, "exit 1"), **env})
    kept = {k: v for k, v in given.items() if env or k != "NO_COLOR"}
    text, status = pexpect.run(f"{PYTHON} scripts/run.py run --build {tmp_path}",
                               cwd=str(TOP), env=kept, withexitstatus=True)
    assert status == 1
    assert (b"\033[31mnot ok 3" in text) == coloured
    assert b"not ok 3 - BP-GPR-01" in text and b"ok 1 - A" not in text
    assert (b"row 3 of 3" in text) == (env.get("TERM") != "dumb")


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
