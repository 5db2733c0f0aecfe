# SPDX-License-Identifier: BSD-2-Clause
"""Builds variants and plays them in QEMU, for the tests beside this file."""
import fcntl
import functools
import os
import re
import shlex
import signal
import subprocess
import threading
from pathlib import Path

import pytest

import qemu

TOP = Path(__file__).resolve().parents[2]
BUILDS = TOP / "build/tests"
PYTHON = "/usr/bin/python3"
# Variables that an outer make or a user's shell would leak into ours.
LEAKS = ("MAKEFLAGS", "MFLAGS", "MAKELEVEL", "MAKEOVERRIDES", "GNUMAKEFLAGS", "O",
         "LLVM", "V", "W", "KERNEL", "INITRD", "CMDLINE", "DTB", "SMP", "MEM", "CPU",
         "QEMU", "QEMU_ARGS", "FLASH", "TIMEOUT", "TAP", "BOARD_ROOT", "CONFORMANCE")
# Hang detectors: many times what a busy machine of two CPUs needs.
BUILD_LIMIT, RUN_LIMIT, LINUX_LIMIT = 600, 120, 300
# Both QEMU versions: the newest that setup found, and the distribution's.
QEMUS = {"new": "", "old": "/usr/bin/qemu-system-aarch64"}


# One host thread plays all CPUs in turn, so machines side by side do not fight
# for the host's; a quarter of the usual memory is a quarter of the work of filling it.
TURNS = "-accel tcg,thread=single"
MEMORY = "128M"


def environment(given):
    kept = {k: v for k, v in os.environ.items() if k not in LEAKS}
    return {**kept, **{k: str(v) for k, v in given.items() if v}}


def make(folder, *words):
    """make @words in @folder; a lock keeps parallel workers apart."""
    folder.mkdir(parents=True, exist_ok=True)
    command = ["make", f"O={folder.relative_to(TOP)}", *words]
    with open(folder / "lock", "w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        made = subprocess.run(command, cwd=TOP, text=True, env=environment({}),
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              timeout=BUILD_LIMIT, check=False)
    if made.returncode:
        pytest.fail(f"{shlex.join(command)}\n{made.stdout}", pytrace=False)


@functools.cache
def conformance(*options):
    """The folder of the conformance kernel that all variants share."""
    folder = BUILDS / "-".join(["kernel", *options])
    make(folder, "virt_defconfig", "conformance-image", *options)
    return folder


@functools.cache
def build(variant):
    """Build board:word+word once; each word a fragment, SYMBOL=value or llvm.

    Return: the build folder. Whoever comes second finds everything done.
    """
    board, _, words = variant.partition(":")
    words = [w for w in words.split("+") if w]
    folder = BUILDS / re.sub(r"[^\w.+-]+", "-", variant)
    folder.mkdir(parents=True, exist_ok=True)
    goals = [f"{board}_defconfig"]
    goals += [f"{w}.config" for w in words if "=" not in w and w != "llvm"]
    settings = [w for w in words if "=" in w]
    if settings:
        own = folder / "case.config"
        own.write_text("".join(f"CONFIG_{w}\n" for w in settings))
        goals.append(str(own))
    options = ["LLVM=1"] if "llvm" in words else []
    make(folder, *goals, "all", *options,
         f"CONFORMANCE={conformance(*options).relative_to(TOP)}")
    return folder


class Run:
    """What a machine said, and how it ended (status None: we stopped it)."""

    def __init__(self, again):
        self.again = again
        self.lines = []
        self.status = None
        self.hung = False

    def expect(self, good, why):
        """Fail with the console's tail and the command for doing it by hand."""
        if not good:
            dull = ("ok ", "# probe")
            tail = "\n".join([n for n in self.lines if not n.startswith(dull)][-40:])
            pytest.fail(f"{why}\n--- the end of the console, rows that are ok left out\n{tail}\n"
                        f"--- by hand\n{self.again}", pytrace=False)

    def expect_lines(self, patterns):
        """Each pattern is found, each after the one before."""
        rest = iter(self.lines)
        for pattern in patterns:
            self.expect(any(re.search(pattern, line) for line in rest),
                        f"no line (in this order): {pattern}")

    def expect_none(self, patterns):
        for pattern in patterns:
            hit = next((n for n in self.lines if re.search(pattern, n)), None)
            self.expect(hit is None, f"there should be no such line: {hit}")

    def expect_status(self, *wanted):
        self.expect(not self.hung, "the machine did not end, the hang detector did")
        self.expect(self.status in wanted, f"status {self.status}, not {wanted}")


def read_until(process, run, patterns):
    """Collect lines; True once every pattern was seen, in order."""
    left = list(patterns)
    for raw in process.stdout:
        line = raw.decode(errors="replace").rstrip("\r\n")
        run.lines.append(line)
        if left and re.search(left[0], line):
            left.pop(0)
            if not left:
                return True
    return False


def need_machine(folder, program):
    """Skip, by name, a case whose machine no QEMU here has."""
    program = program or qemu.find_qemu()
    name = qemu.machine(qemu.read_config(folder)["CONFIG_BOARD"])
    if name not in qemu.machines(program):
        pytest.skip(f"not run: {folder.name}: {program} has no machine {name}; "
                    "make setup brings the newest QEMU on offer")


def play(action, folder, until=(), limit=RUN_LIMIT, threads=False, **given):
    """scripts/run.py on a build; with @until, stop when those lines came.

    @threads: a host thread for each CPU, as QEMU does when nobody asks.
    """
    if not threads:
        given["QEMU_ARGS"] = f"{TURNS} {given.get('QEMU_ARGS', '')}".strip()
    config = folder / ".config"
    if config.exists() and "BOARD_VIRT=y" in config.read_text():
        given.setdefault("MEM", MEMORY)
    target = {"linux": "run-linux"}.get(action, action)
    words = [f"{k}={v}" for k, v in given.items() if v]
    run = Run(shlex.join(["make", target, f"O={folder}", *words]))
    given.setdefault("TIMEOUT", limit)
    given.setdefault("TAP", 1)
    process = subprocess.Popen(
        [PYTHON, "scripts/run.py", action, "--build", str(folder)], cwd=TOP,
        env=environment(given), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, start_new_session=True)

    def kill():
        os.killpg(process.pid, signal.SIGKILL)

    def hang():
        run.hung = True
        kill()

    # run.py has its own limit; this one is for run.py itself.
    watchdog = threading.Timer(limit + 20, hang)
    watchdog.start()
    try:
        if read_until(process, run, until):
            kill()
            process.wait()
        else:
            run.status = process.wait()
    finally:
        watchdog.cancel()
        if process.poll() is None:
            kill()
        process.stdout.close()
    return run


def table(name):
    """Rows of a .cases file: words in columns, # starts a comment."""
    text = (Path(__file__).parent / name).read_text()
    rows = [line.split("#")[0].split() for line in text.splitlines()]
    return [row for row in rows if row]


def parameters(name, columns, mark=None):
    """pytest parameters of a table; a last word `quick` marks the row."""
    found = []
    for row in table(name):
        marks = [pytest.mark.quick] if row[-1] == "quick" else []
        values = row[:-1] if marks else row
        assert len(values) == columns, f"{name}: {row}: {columns} columns"
        marks += [mark] if mark else []
        found.append(pytest.param(*values, marks=marks, id="-".join(values)))
    return found
