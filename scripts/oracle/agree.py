# SPDX-License-Identifier: BSD-2-Clause
"""Compares the two oracles, and shows what the host's says."""
import sys
from pathlib import Path

import qemu
from oracle.machine import observe
from oracle.verdict import ABSENT, NOT_OK, UNBOUND


def disagree(host, kernel):
    """Do these two verdicts about one row and CPU contradict each other?

    A row that does not bind may still be checked, and be ok: the kernel looks
    at MIDR_EL1 at EL2, too. What is not seen contradicts nothing.
    """
    if host.judges and kernel.judges:
        return host.kind != kernel.kind
    if host.judges or kernel.judges:
        judging, other = (host, kernel) if host.judges else (kernel, host)
        if other.kind == UNBOUND:
            return other is kernel or judging.kind == NOT_OK
        return other.kind == ABSENT
    return False


def contradictions(seen):
    """A line for each row and CPU about which the two disagree."""
    host, kernel = seen.host, seen.kernel
    return [f"{row} cpu{cpu}: the host says {host[row, cpu].kind} "
            f"({host[row, cpu].text}), the kernel {kernel[row, cpu].kind} "
            f"({kernel[row, cpu].text})"
            for row, cpu in sorted(set(host) & set(kernel))
            if disagree(host[row, cpu], kernel[row, cpu])]


def agreements(seen):
    """How many rows, each on one CPU, both oracles have judged alike."""
    host, kernel = seen.host, seen.kernel
    return sum(host[key].judges and host[key].kind == kernel[key].kind
               for key in set(host) & set(kernel))


def observe_build(build, given=None, **more):
    """Boot a build folder of ours; see machine.observe()."""
    words = qemu.command(build, given, ["-no-reboot"])
    return observe(words, Path(build) / "conformance.elf",
                   Path(build) / "aglet.elf", **more)


def show(build, limit):
    """make oracle: every verdict of the host, then whether the two agree."""
    seen = observe_build(build, limit=limit or None)
    rows = list(seen.rows)
    for (row, cpu), verdict in sorted(seen.host.items(),
                                      key=lambda i: (i[0][1], rows.index(i[0][0]))):
        mark = verdict.kind if verdict.judges else f"skip ({verdict.kind})"
        print(f"{mark} - {row} cpu{cpu}: {verdict.text}")
    problems = contradictions(seen) + seen.console.problems()
    problems += [f"not ok: {row} cpu{cpu}: {verdict.text}"
                 for (row, cpu), verdict in seen.host.items()
                 if verdict.kind == NOT_OK]
    if seen.trouble:
        problems.append(seen.trouble)
    for problem in problems:
        print(f"oracle: FAILED: {problem}")
    print(f"oracle: {len(seen.entries)} entries of {len(seen.facts.threads)} CPUs; "
          f"{agreements(seen)} verdicts by both, "
          f"{len(contradictions(seen))} contradictions")
    sys.stdout.flush()
    return 1 if problems else 0
