#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""make reach: what can run before a kernel is verified, and who fuzzes it.

usage: reach.py --build FOLDER [--functions]

The graph is read from the relocations of the objects that were linked: each
function and each constant is a section of its own, so a section that refers to
another one may run it. A table of function pointers, and a set of
include/table.h, refer to all that is in them: more is found than can happen,
never less. Entry points are the steps up to and with verify, which reads
signatures that nobody has checked yet.

A file is covered by the fuzzers that are linked with it, or docs/reach.tsv
says why it needs none. Status 1 if one has neither.
"""
import argparse
import fnmatch
import os
import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

TOP = Path(__file__).resolve().parent.parent
REASONS = TOP / "docs/reach.tsv"
FUZZERS = TOP / "tests/fuzz"
ENTRIES = ("step_board", "step_find", "step_inspect", "step_place", "step_load",
           "step_verify")
SYMBOL = re.compile(r"^[0-9a-f]{16} (.{7}) (\S+)\t[0-9a-f]{16} (?:\.hidden )?(\S+)$", re.M)
RECORDS = re.compile(r"^RELOCATION RECORDS FOR \[(\S+)\]:\n.*\n((?:[0-9a-f]{16} .*\n?)*)", re.M)
TARGET = re.compile(r"^[0-9a-f]{16} R_AARCH64_\S+ +(\S+?)(?:[-+]0x[0-9a-f]+)?$", re.M)
BOUND = re.compile(r"__table_(\w+)_(?:start|end)$")
UNDEFINED = "*UND*"


class Error(Exception):
    """The graph cannot be read: what, and the remedy."""


class Section(NamedTuple):
    """A node: a section of one object."""
    object: str
    name: str


class Graph:
    """Sections, who refers to whom, and where the symbols are."""

    def __init__(self):
        self.refers = defaultdict(set)      # Section: {Section or name of a symbol}
        self.functions = defaultdict(set)   # Section: {name}
        self.exported = {}                  # name: Section
        self.tables = defaultdict(set)      # set of include/table.h: {Section}

    def read(self, name, text):
        """Take in what objdump -rt says of one object."""
        local = {}
        for flags, section, symbol in SYMBOL.findall(text):
            if section == UNDEFINED or section.startswith("*"):
                continue
            node = Section(name, section)
            local[symbol] = node
            if flags[0] in "gu!":
                self.exported.setdefault(symbol, node)
            if flags[6] == "F":
                self.functions[node].add(symbol)
        for section, lines in RECORDS.findall(text):
            node = Section(name, section)
            for target in TARGET.findall(lines):
                self.refers[node].add(local.get(target, target))
            if match := re.match(r"\.table\.(\w+)\.", section):
                self.tables[match[1]].add(node)

    def next_of(self, node):
        """The sections that @node refers to, and names that no object has."""
        for target in self.refers[node]:
            if isinstance(target, Section):
                yield target
            elif match := BOUND.match(target):
                yield from self.tables[match[1]]
            else:
                yield self.exported.get(target, target)

    def reached(self, entries):
        """All that the functions @entries lead to: sections, and foreign names."""
        missing = [name for name in entries if name not in self.exported]
        if missing:
            raise Error(f"no function {missing[0]} in the objects: build first, or "
                        "ENTRIES in scripts/reach.py is out of date")
        todo, seen = [self.exported[name] for name in entries], set()
        while todo:
            node = todo.pop()
            if node in seen:
                continue
            seen.add(node)
            if isinstance(node, Section):
                todo += self.next_of(node)
        return seen


def linked_objects(build):
    """The loader's objects, as the linker was given them."""
    text = (build / "aglet.map").read_text() if (build / "aglet.map").is_file() else ""
    found = [Path(n) for n in re.findall(r"^LOAD (\S+\.o)$", text, re.M)]
    inside = [n for n in found if n.name != "monitor.o" and n.parent.name != "kallsyms"]
    if not inside:
        raise Error(f"{build}/aglet.map: names no object: run make O={build}")
    return inside


def object_name(path, build):
    """boot/find.o of /tmp/build/boot/find.o, whatever the linker called it."""
    return os.path.relpath(path.resolve(), build.resolve())


def read_graph(build):
    objdump = os.environ.get("CROSS_COMPILE", "aarch64-linux-gnu-") + "objdump"
    graph = Graph()
    for path in linked_objects(build):
        told = subprocess.run([objdump, "-rt", path], capture_output=True, text=True,
                              check=True).stdout
        graph.read(object_name(path, build), told)
    return graph


def source_of(name):
    """boot/find.c of boot/find.o; assembly is called .S."""
    stem = name.removesuffix(".o")
    return f"{stem}.c" if (TOP / f"{stem}.c").is_file() else f"{stem}.S"


def addresses(build):
    """The names that the link script gives to places."""
    text = (build / "aglet.map").read_text()
    return set(re.findall(r"^ +0x[0-9a-f]+ +(\w+) = ", text, re.M))


def files_reached(graph):
    """{source file: [function]} and the names that nothing of ours has."""
    files, foreign = defaultdict(set), set()
    for node in graph.reached(ENTRIES):
        if isinstance(node, str):
            foreign.add(node)
        elif graph.functions[node]:
            files[source_of(node.object)] |= graph.functions[node]
    return {name: sorted(found) for name, found in sorted(files.items())}, sorted(foreign)


def fuzzed():
    """{source file: [fuzzer]}: what each is linked with, or includes."""
    found = defaultdict(list)
    for source in sorted(FUZZERS.glob("fuzz_*.c")):
        text = source.read_text()
        lines = re.findall(r"^ \* link: (.*)$", text, re.M)
        patterns = [pattern for line in lines for pattern in line.split()]
        patterns += re.findall(r'^#include "\.\./\.\./(\S+\.c)"', text, re.M)
        for path in {path for pattern in patterns for path in TOP.glob(pattern)}:
            found[str(path.relative_to(TOP))].append(source.stem.removeprefix("fuzz_"))
    return found


class Reason(NamedTuple):
    """Why the files of a pattern need no fuzzer, and the test that shows it, or -."""
    pattern: str
    test: str
    why: str


def reasons(path=REASONS):
    """The lines of docs/reach.tsv; the first that fits a file counts."""
    found = []
    for line in path.read_text().splitlines():
        if line and not line.startswith("#"):
            words = line.split("\t")
            if len(words) != 3 or not all(words):
                raise Error(f"{path.name}: not pattern, test, reason with tabs: {line}")
            found.append(Reason(*words))
    return found


def reason_for(name, known):
    return next((r for r in known if fnmatch.fnmatch(name, r.pattern)), None)


def cover(name, by_fuzzer, known):
    """Who fuzzes a file, or why nobody has to; empty if neither."""
    if name in by_fuzzer:
        return "fuzz: " + " ".join(by_fuzzer[name])
    reason = reason_for(name, known)
    return reason.why if reason else ""


def report(files, foreign, functions):
    """Print a line a file; return those that nobody covers."""
    by_fuzzer, known = fuzzed(), reasons()
    bare = []
    for name, found in files.items():
        says = cover(name, by_fuzzer, known)
        print(f"{name:<32} {len(found):>3}  {says or 'NO FUZZER, NO REASON'}")
        if functions:
            print(f"    {' '.join(found)}")
        bare += [] if says else [name]
    total = sum(map(len, files.values()))
    with_fuzzer = sum(name in by_fuzzer for name in files)
    print(f"of libraries: {' '.join(foreign)}")
    print(f"reach: {total} functions of {len(files)} files before verify; {with_fuzzer} "
          f"files fuzzed, {len(files) - with_fuzzer - len(bare)} with a reason, {len(bare)} bare")
    return bare


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--build", type=Path, required=True)
    parser.add_argument("--functions", action="store_true", help="name them all")
    args = parser.parse_args()
    try:
        files, foreign = files_reached(read_graph(args.build))
        foreign = [name for name in foreign if name not in addresses(args.build)]
        bare = report(files, foreign, args.functions)
    except Error as error:
        sys.exit(f"error: {error}")
    return bool(bare)


if __name__ == "__main__":
    sys.exit(main())
