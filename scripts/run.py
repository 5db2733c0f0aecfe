#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""Starts a build in QEMU: run (a kernel), linux (Debian's), debug (gdb), oracle.

Variables of make and the environment: KERNEL INITRD CMDLINE DTB DISK SMP MEM
CPU QEMU QEMU_ARGS; TIMEOUT=s ends a machine that nobody watches (0: never);
TAP=1 shows the report as the kernel prints it.
"""
import argparse
import os
import select
import shlex
import subprocess
import sys
import time
from pathlib import Path

import disk
import gdb_session
import linux
import qemu
import screen
import symbols
import tap
from oracle import agree

# A whole boot takes some seconds; a slow or busy host a few times that.
TIMEOUT = 300
# Seconds without a byte after which the screen is brought up to date.
PAUSE = 0.5


def say(text):
    print(f"run: {text}", flush=True)


def from_disk():
    """A disk and nothing else to boot: nobody knows what is on it."""
    return bool(qemu.variable("DISK")) and not qemu.variable("KERNEL")


def is_conformance(build):
    """The kernel that this run will boot is our own conformance kernel."""
    kernel = qemu.variable("KERNEL")
    if from_disk():
        return False
    embedded = qemu.read_config(build).get("CONFIG_PAYLOAD_KERNEL", "")
    return (Path(kernel).name == "conformance.Image" if kernel
            else not embedded)


def conformance_variables(build):
    """What QEMU must hand over so that our kernel starts as it was asked.

    QEMU takes a command line or an initrd only beside a kernel, and a build
    without embedded files has no other kernel.
    """
    embedded = "CONFIG_SOURCE_EMBEDDED" in qemu.read_config(build)
    wants = qemu.variable("CMDLINE") or qemu.variable("INITRD")
    if qemu.variable("KERNEL") or (embedded and not wants):
        return {}
    return {"KERNEL": f"{build}/conformance.Image"}


def time_limit():
    text = qemu.variable("TIMEOUT") or str(TIMEOUT)
    if not text.isdigit():
        raise qemu.UsageError(f"TIMEOUT={text}: not a number of seconds; "
                              "give seconds, 0 for no limit")
    return int(text)


def relay(machine, sink, limit, halted):
    """Give the console to @sink as it comes; False when the limit was reached."""
    end = time.monotonic() + limit if limit else None
    while not halted():
        left = end - time.monotonic() if end else PAUSE
        if left <= 0:
            return False
        if not select.select([machine.stdout], [], [], min(left, PAUSE))[0]:
            sink.pause()
            continue
        data = os.read(machine.stdout.fileno(), 65536)
        if not data:
            return True
        sink.data(data)
    return True


def watch(words, sink, limit, halted=lambda: False):
    """Run QEMU with its console on @sink. Return: problems with its end.

    Who is @halted cannot switch the machine off: that is done for it.
    """
    keyboard = None if sys.stdin.isatty() else subprocess.DEVNULL
    with subprocess.Popen(words, stdin=keyboard,
                          stdout=subprocess.PIPE) as machine:
        ended = False
        try:
            ended = relay(machine, sink, limit, halted)
        finally:
            if not ended or halted():
                machine.kill()
            sink.end()
    status = 0 if halted() else machine.returncode
    if not ended:
        return [f"the machine did not end in {limit} s (TIMEOUT=)"]
    return [f"QEMU ended with status {status}"] if status else []


def verdict(problems, good):
    """The last line, and the exit status that agrees with it."""
    paint = screen.painter()
    for problem in problems:
        say(paint(f"FAILED: {problem}", screen.RED))
    if not problems:
        say(paint(good, screen.GREEN))
    return 1 if problems else 0


def run_conformance(build):
    """The report of our kernel; one from a disk may be another, without any."""
    report = tap.Report()
    given = {} if from_disk() else conformance_variables(build)
    words = qemu.command(build, given, ["-no-reboot"])
    limit = 0 if sys.stdin.isatty() else time_limit()
    raw = bool(qemu.variable("TAP"))
    console = []

    def on_line(line):
        report.line(line)
        console.append(line)

    problems = watch(words, screen.for_report(report, on_line, raw), limit)
    for text in symbols.explain(build, console):
        say(text)
    if from_disk() and report.plan is None:
        return verdict(problems, "the machine has ended")
    # The rows themselves stand above already, unless the report is raw.
    red = report.failures()
    if red and not raw:
        red = [f"{len(red)} of {report.plan} rows not ok"]
    return verdict(report.broken() + red + problems, "green")


def run_kernel(build):
    """Any other kernel: its console is the terminal, its status is ours."""
    return subprocess.call(qemu.command(build, extra=["-no-reboot"]))


def run(build):
    if is_conformance(build) or from_disk():
        return run_conformance(build)
    return run_kernel(build)


def linux_variables(build):
    """By QEMU, or (DISK=1) on a disk that is made now, or on one that is there.

    A board to which QEMU can hand no kernel starts from a disk anyway.
    """
    given = linux.variables(build, interactive=sys.stdin.isatty())
    image = qemu.variable("DISK")
    if not image and qemu.takes(build, "KERNEL"):
        return given
    if image in ("", "1"):
        wishes = {**disk.given(), **given}
        wishes["DTB"] = wishes["DTB"] or linux.tree(build)
        image = disk.build(f"{build}/linux.img", wishes)
    return {"DISK": image, **dict.fromkeys(given, "")}


def cpus_of(words):
    """CPUs that a kernel can have: -smp n, or those of one of its sockets."""
    smp = words[len(words) - words[::-1].index("-smp")]
    count, _, sockets = smp.partition(",sockets=")
    return int(count) // int(sockets or 1)


def run_linux(build):
    words = qemu.command(build, linux_variables(build))
    if sys.stdin.isatty():
        say("Linux; end QEMU with poweroff, or with Ctrl-A X")
        return subprocess.call(words)
    log = linux.Log(cpus_of(words))
    problems = watch(words, screen.Raw(log.line), time_limit(), log.is_halted)
    return verdict(log.problems() + problems, f"{log.cpus} CPUs in user space")


def debug(build):
    given = conformance_variables(build) if is_conformance(build) else {}
    return gdb_session.attach(build, qemu.command(build, given, ["-no-reboot"]))


def oracle(build):
    return agree.show(build, time_limit())


ACTIONS = {"run": run, "linux": run_linux, "debug": debug, "oracle": oracle}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("action", choices=[*ACTIONS, "command"])
    parser.add_argument("--build", default="build", help="build folder (O=)")
    args = parser.parse_args()
    try:
        if args.action == "command":
            print(shlex.join(qemu.command(args.build)))
            return 0
        return ACTIONS[args.action](args.build)
    except qemu.UsageError as error:
        print(f"run: error: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
