#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""The conformance kernel below other people's loaders: QEMU's own, U-Boot.

Plays the lines of tests/qemu/others.cases, or those that are named, and
writes what each loader leaves wrong into docs/conformance.md. A row that
hangs or resets the machine is named and left out of the next try, so that
the rows behind it are reached as well.
"""
import argparse
import os
import re
import select
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import others_table
import qemu
import tap

CASES = qemu.TOP / "tests/qemu/others.cases"
OLD_QEMU = "/usr/bin/qemu-system-aarch64"
UBOOT = "host/usr/lib/u-boot/qemu_arm64/u-boot.bin"
MACHINES = {"el1": "", "el2": ",virtualization=on", "el3-no-el2": ",secure=on",
            "el3": ",secure=on,virtualization=on",
            "el3-kernel-el1": ",secure=on,virtualization=on"}
# What is typed on U-Boot's console, each when it has said that.
DIALOGUE = [(b"autoboot", b"\n"),
            (b"=> ", b"qfw load ${kernel_addr_r} ${ramdisk_addr_r}\n"),
            (b"=> ", b"booti ${kernel_addr_r} - ${fdtcontroladdr}\n")]
# U-Boot's last words when it could not even reset the machine.
DEAD = re.compile(rb"### ERROR ### Please RESET the board ###|"
                  rb"Bail out!|# halted")
# A machine hangs that says nothing while it uses this much time of the
# processor, or of the clock. The kernel itself never works for 1 s in silence.
SILENT_CPU, SILENT_CLOCK = 2, 30
TRIES = 40
# Tries that may come to nothing: a loader that died before the kernel spoke.
WASTED = 2


@dataclass(frozen=True)
class Case:
    loader: str
    machine: str
    cpu: str
    cpus: str
    qemu: str
    floor: str

    def name(self):
        return "-".join((self.loader, self.machine, self.cpu, self.cpus, self.qemu))


@dataclass
class Result:
    """What all tries of one case have shown."""
    case: Case
    qemu: str = ""                              # versions
    level: str = ""                             # where the kernel runs
    counts: tuple = (0, 0, 0)                   # of the last try
    red: dict = field(default_factory=dict)     # {ID: text}
    ends: dict = field(default_factory=dict)    # {ID: "hang" or "reset"}
    texts: dict = field(default_factory=dict)   # {ID: text} of rows that bind
    broken: str = ""                            # why the last try is no verdict

    def reached(self):
        return bool(self.level)

    def found(self):
        return {*self.red, *self.ends}

    def problems(self):
        """Why this is less than the case promises."""
        floor = self.case.floor
        if floor == "unreached":
            return ["the kernel was reached"] if self.reached() else []
        if floor == "green":
            return [self.broken] if self.broken else \
                [f"{rule} is not ok" for rule in sorted(self.found())]
        wanted = [] if floor == "-" else floor.split(",")
        lacking = [f"{rule} was not found" for rule in wanted
                   if rule not in self.found()]
        return lacking if self.reached() else ["the kernel was not reached"]


def cases(parts=()):
    """The lines whose names hold one of @parts, or all of them.

    A word `quick` behind a line is for the tests.
    """
    rows = [line.split("#")[0].split() for line in CASES.read_text().splitlines()]
    found = [Case(*row[:6]) for row in rows if row]
    wanted = [c for c in found if not parts or any(p in c.name() for p in parts)]
    if not wanted:
        raise qemu.UsageError(f"CASES={' '.join(parts)}: no such line, there are: "
                              + " ".join(c.name() for c in found))
    return wanted


def program(name):
    return OLD_QEMU if name == "old" else qemu.find_qemu()


def version(path):
    told = subprocess.run([path, "--version"], capture_output=True, text=True,
                          check=False).stdout
    return re.search(r"version ([\d.]+)", told).group(1)


def uboot():
    path = qemu.TOP / (qemu.variable("DEPS") or ".deps") / UBOOT
    if not path.is_file():
        raise qemu.UsageError(f"{path}: no such file; run make setup")
    return str(path)


def uboot_version():
    return re.search(rb"U-Boot (\d\S+) \(", Path(uboot()).read_bytes())[1].decode()


def command(case, kernel, words, own_build):
    """QEMU's command line for @case; @words go to the kernel."""
    given = {"CPU": case.cpu, "SMP": case.cpus}
    if case.loader == "aglet":
        given |= {"KERNEL": kernel, "CMDLINE": words} if words else {}
        line = qemu.command(own_build(case.machine), given, ["-no-reboot"])
        return [program(case.qemu), *line[1:]]
    line = [program(case.qemu), "-M", "virt,gic-version=3" + MACHINES[case.machine],
            "-cpu", case.cpu, "-smp", case.cpus, "-m", "512M", "-kernel", kernel]
    line += ["-bios", uboot()] if case.loader == "u-boot" else []
    line += ["-append", words] if words else []
    return line + ["-nographic", "-net", "none", "-no-reboot",
                   "-semihosting-config", "enable=on,target=native"]


def cpu_seconds(process):
    """Time of the processor that a program has used."""
    try:
        text = Path(f"/proc/{process.pid}/stat").read_text(encoding="ascii")
    except OSError:
        return 0.0
    user, system = text.rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


class Silence:
    """Tells a machine that hangs from one that waits for a busy host."""

    def __init__(self, process):
        self.process = process
        self.broken()

    def broken(self):
        self.clock, self.cpu = time.monotonic(), cpu_seconds(self.process)

    def too_long(self):
        return (time.monotonic() - self.clock > SILENT_CLOCK or
                cpu_seconds(self.process) - self.cpu > SILENT_CPU)


def converse(process, dialogue):
    """Read until the machine ends, dies or falls silent; type what is due.

    Return: all that it said, and whether it ended by itself.
    """
    said, heard, dialogue = b"", 0, list(dialogue)
    silence = Silence(process)
    while not silence.too_long() and not DEAD.search(said, heard):
        if not select.select([process.stdout], [], [], 0.5)[0]:
            continue
        data = os.read(process.stdout.fileno(), 65536)
        if not data:
            return said, True
        said += data
        silence.broken()
        if dialogue and dialogue[0][0] in said[heard:]:
            process.stdin.write(dialogue.pop(0)[1])
            process.stdin.flush()
            heard = len(said)
    return said, False


def play(line, dialogue):
    """One machine. Return: its lines, its report, how it ended."""
    with subprocess.Popen(line, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT) as process:
        try:
            said, ended = converse(process, dialogue)
        finally:
            process.kill()
    lines = [text.rstrip("\r") for text in
             said.decode(errors="replace").split("\n")]
    report = tap.Report()
    for text in lines:
        report.line(text)
    return lines, report, "reset" if ended else "hang"


def learn(result, lines, report):
    """Enter one try into the result."""
    for text in lines:
        if match := re.match(r"I run at (EL\d)", text):
            result.level = match[1]
    result.counts = report.counts()
    for row in report.rows.values():
        if report.verdict(row) == tap.SKIPPED:
            continue
        rule = tap.row_id(row[1])
        text = re.sub(r" cpu\d+$", "", row[1])[len(rule) + 1:]
        result.texts.setdefault(rule, text.split(": expected")[0])
        if not row[0]:
            result.red.setdefault(rule, text)


def run(case, kernel, own_build, only=(), enough=lambda result: False):
    """Play @case until the report is complete or nobody can be blamed.

    @only: ask for these rows and no others. @enough(result) ends it sooner,
    after a try that found what was wanted.
    """
    result = Result(case, qemu=version(program(case.qemu)))
    dialogue = DIALOGUE if case.loader == "u-boot" else []
    wasted = 0
    for _ in range(TRIES):
        words = [f"aglet.{word}={','.join(rules)}" for word, rules in
                 (("skip", result.ends), ("only", only)) if rules]
        lines, report, end = play(command(case, kernel, " ".join(words), own_build),
                                  dialogue)
        learn(result, lines, report)
        result.broken = "; ".join(report.broken())
        if result.broken:
            result.broken += f"; last line: {lines[-1] or lines[-2:-1]!r}"
        rule = report.probe[0] if report.probe else None
        if rule in (None, *result.ends):
            wasted += 1
            if not result.broken or wasted > WASTED or case.floor == "unreached":
                break
            continue
        result.ends[rule] = end
        if enough(result):
            break
    return result


def make_own(folder):
    """own_build(machine): our loader for that machine, below @folder."""
    def own_build(machine):
        out = f"{folder}/others/{machine}"
        subprocess.run([os.environ.get("MAKE", "make"), "-s", f"O={out}",
                        "virt_defconfig", f"{machine}.config", "all"],
                       cwd=qemu.TOP, check=True, stdout=subprocess.DEVNULL,
                       env={k: v for k, v in os.environ.items()
                            if k not in ("O", "MAKEFLAGS", "MFLAGS", "MAKELEVEL")})
        return out
    return own_build


def tell(result):
    case = result.case
    words = f"{len(result.red)} red, {len(result.ends)} hang or reset" \
        if result.reached() else "the kernel was not reached"
    print(f"others: {case.name()}: {words}", flush=True)
    for problem in result.problems():
        print(f"others: FAILED: {case.name()}: {problem}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--build", default="build", help="build folder (O=)")
    parser.add_argument("cases", nargs="*", help="names, or parts; default: all, "
                        "which writes docs/conformance.md")
    args = parser.parse_args()
    own_build, results = make_own(args.build), []
    kernel = f"{args.build}/conformance.Image"
    try:
        wanted = cases(args.cases)
        for machine in sorted({c.machine for c in wanted if c.loader == "aglet"}):
            own_build(machine)
        with ThreadPoolExecutor(int(qemu.variable("JOBS") or os.cpu_count())) as pool:
            for result in pool.map(lambda c: run(c, kernel, own_build), wanted):
                results.append(result)
                tell(result)
    except qemu.UsageError as error:
        print(f"others: error: {error}", file=sys.stderr)
        return 2
    text = others_table.section(results, uboot_version())
    print(text) if args.cases else others_table.write(text)
    return 1 if any(r.problems() for r in results) else 0


if __name__ == "__main__":
    sys.exit(main())
