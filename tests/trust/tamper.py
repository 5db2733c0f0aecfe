#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""Attack the verification of signed files, and count what is refused.

usage: tamper.py FOLDER [-v] [PART]   FOLDER gets keys, files and objects; PART of a name

A tampered file must be refused. One that is accepted counts apart only if
exactly the same is booted as without the change: configuration, command line,
rollback index, entry, and every byte of kernel, ramdisk and handed tree. For
a byte that is signed or booted not even that will do.
"""
import collections
import subprocess
import sys
from pathlib import Path

import breaks
import flips
import foreign
import moves
import originals
import program
import signatures
import ways_round
from case import GOOD, MUST, Case


def all_cases(made, folder):
    yield from foreign.make(made, folder)
    yield from ways_round.make(made)
    yield from signatures.make(made, folder)
    yield from moves.make(made)
    yield from flips.make(made)


def second(folder):
    """The file of two configurations when the other one is the default."""
    text = originals.source(
        originals.configuration("conf-1", "dev", "sha256,rsa2048") +
        originals.configuration("conf-2", "dev", "sha256,rsa2048", kernel="kernel2",
                                initrd="initrd2"), default="conf-2")
    return Case("", "conf-2", originals.mkimage(folder, "second", text), "two")


def judge(case, verdict, true, signed):
    """"refused", "nothing changed", "another that is signed", or what is wrong."""
    accepted = verdict.startswith("accepted")
    if case.want == GOOD:
        return "accepted" if verdict == true else "WRONG"
    if not accepted:
        return "refused"
    if case.want == MUST:
        return "WRONG"
    if verdict == true:
        return "changed nothing"
    return "chose another that is signed" if verdict in signed else "WRONG"


def shown(counts):
    return ", ".join(f"{n} {what}" for what, n in sorted(counts.items()) if n)


def report(cases, results, verdicts, verbose):
    table, flipped = collections.defaultdict(collections.Counter), collections.Counter()
    for case, result in zip(cases, results):
        table[case.group][result] += 1
        flipped[result] += case.group.startswith("flip: ")
    classes = [group for group in table if group.startswith("flip: ")]
    for group, counts in table.items():
        if verbose or counts["WRONG"] or group not in classes:
            print(f"{group:44} {shown(counts)}")
    print(f"{f'every byte flipped, {len(classes)} classes':44} {shown(flipped)}")
    for case, result, verdict in zip(cases, results, verdicts):
        if result == "WRONG":
            print(f"WRONG: {case.group}: {case.name}: {case.want}: {verdict}")
        elif verbose and case.group in ("known ways round", "signatures", "other files"):
            print(f"  {case.name}: {verdict}")


def main():
    words = [w for w in sys.argv[1:] if w != "-v"]
    if not words:
        sys.exit(__doc__)
    folder = Path(words[0]).resolve()
    made = originals.make(folder / "files")
    try:
        built, objects = program.build(folder, folder / "files")
    except subprocess.CalledProcessError as error:
        sys.exit(f"check-trust: {error.cmd[0]} failed")
    cases = [c for c in all_cases(made, folder / "files") if len(words) < 2 or words[1] in c.name]
    base = [Case("", o.name, o.data, o.name) for o in made.values()] + [second(folder / "files")]
    truth = dict(zip([*made, "conf-2"], program.ask(built, base)))
    verdicts = program.ask_all(built, cases)
    signed = {truth["conf-2"]}
    results = [judge(c, v, truth[c.original], signed if c.original == "two" else ())
               for c, v in zip(cases, verdicts)]
    report(cases, results, verdicts, "-v" in sys.argv or words[1:])
    missed = [] if words[1:] else breaks.check(folder, folder / "files", objects, cases, truth)
    counts = collections.Counter(results)
    print(f"accepted: {counts['accepted']} that nobody tampered with")
    print(f"{counts['changed nothing']} changed nothing that is signed or booted, "
          f"{counts['chose another that is signed']} chose another signed configuration")
    tampered = sum(1 for c, r in zip(cases, results)
                   if c.want != GOOD and r in ("refused", "WRONG"))
    print(f"tampered: {counts['refused']} of {tampered} refused")
    sys.exit(bool(counts["WRONG"] or missed))


if __name__ == "__main__":
    main()
