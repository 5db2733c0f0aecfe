#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""make check-mutations: each fault on purpose turns red what was declared.

usage: run.py [--list | --found] [WORD...]   only faults whose name has a WORD

An image of an unsafe test build gets the number of a fault and boots under
both oracles. Status 0 only if each fault was caught: the violated rules are
those of its case (cases.py), in each oracle, and no others.
"""
import argparse
import concurrent.futures
import os
import sys

import play
import cases


def text(rules):
    """{rule: CPUs} as a .cases file has it; one CPU is worth saying."""
    return ",".join(rule + (f"@{min(cpus)}" if cpus and len(cpus) == 1 else "")
                    for rule, cpus in sorted(rules.items())) or "-"


def differs(who, wanted, found):
    """Why what one oracle found is not what was declared."""
    same = wanted.keys() == found.keys() and all(
        cpus in (None, found[rule]) for rule, cpus in wanted.items())
    return [] if same else [f"{who}: wanted {text(wanted)}, found {text(found)}"]


def problems(case, outcome):
    """Why a fault was not caught; empty if it was."""
    found = differs("host", case.host, outcome.host)
    found += differs("kernel", case.kernel, outcome.kernel)
    if case.dead != outcome.dead:
        found.append("no CPU came to the kernel" if outcome.dead else
                     "a CPU came to the kernel")
    if not outcome.dead and case.ends != outcome.ends:
        found.append("the report broke off" if outcome.ends else
                     "the report did not break off")
    if not outcome.announced:
        found.append("the console does not name the fault")
    # Declared as seen by one of the two only: the other may say ok.
    apart = case.host.keys() ^ case.kernel.keys()
    found += [line for line in outcome.contradictions
              if line.split(" ", 1)[0] not in apart]
    return found


def line(case, host, kernel):
    """A line of a .cases file."""
    return f"{case.fault.name:<26} {case.variant:<8} {host:<19} {kernel}"


def line_found(case, outcome):
    """The line that would have expected what came."""
    rules = text(outcome.kernel)
    ends = cases.ENDS if rules == "-" else rules + "," + cases.ENDS
    return line(case, cases.DEAD if outcome.dead else text(outcome.host),
                ends if outcome.ends and not outcome.dead else rules)


def select(words):
    return [case for case in cases.cases()
            if not words or any(word in case.fault.name for word in words)]


def green_runs(pool, wanted):
    """{variant: the unmutated machine's outcome}; each must be all green."""
    names = sorted({case.variant for case in wanted})
    for name in names:
        play.set_up(name)
    good = cases.Case(cases.Fault("nothing", 0), "", {}, {})
    found = dict(zip(names, pool.map(play.play, names, [0] * len(names))))
    bad = [f"{name}: nothing is mutated, but {problem}" for name in names
           for problem in problems(good, found[name])]
    return found, bad


def run(wanted, jobs, tell):
    """Play @wanted, and @tell(case, outcome, problems) of what was not caught."""
    with concurrent.futures.ProcessPoolExecutor(jobs) as pool:
        green, bad = green_runs(pool, wanted)
        if bad:
            print("\n".join(bad))
            return 1
        absent = [case for case in wanted if case.impossible or case.default and
                  not cases.feature_there(case, green[case.variant].entry)]
        played = [case for case in wanted if case not in absent]
        boots = [pool.submit(play.play, case.variant, case.fault.number,
                             {*case.host, *case.kernel})
                 for case in played]
        caught = 0
        for case, boot in zip(played, boots):
            why = problems(case, boot.result())
            caught += not why and not case.hidden
            if why:
                tell(case, boot.result(), why)
    return verdict(played, absent, caught)


def verdict(played, absent, caught):
    hidden = [case for case in played if case.hidden]
    total = len(played) - len(hidden)
    for case in hidden:
        print(f"{case.fault.name} in {case.variant} cannot be shown: {case.why}")
    print(f"{len(hidden)} cannot be shown")
    print(f"{len(absent)} no CPU has: "
          + " ".join(sorted({case.fault.name for case in absent})))
    print(f"mutations: {caught} of {total} caught")
    return 0 if caught == total else 1


def tell_problems(case, outcome, why):
    for problem in why + outcome.tail:
        print(f"{case.fault.name} in {case.variant}: {problem}", flush=True)


def tell_found(case, outcome, _why):
    print(line_found(case, outcome), flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--found", action="store_true")
    parser.add_argument("word", nargs="*")
    given = parser.parse_args()
    wanted = select(given.word)
    if given.list:
        for case in wanted:
            print(f"{case.fault.number:5} "
                  + line(case, cases.DEAD if case.dead else text(case.host),
                         text(case.kernel)))
        return 0
    # A machine that is being looked at sleeps.
    return run(wanted, int(os.environ.get("JOBS") or 2 * os.cpu_count()),
               tell_found if given.found else tell_problems)


if __name__ == "__main__":
    sys.exit(main())
