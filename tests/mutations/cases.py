# SPDX-License-Identifier: BSD-2-Clause
"""The faults, where they are played, and what must turn red: the *.cases."""
import re
from pathlib import Path
from typing import NamedTuple

import rows
from oracle import judge, table
from oracle.verdict import ABSENT

HERE = Path(__file__).resolve().parent
HEADER = HERE.parents[1] / "include/mutation.h"
# The variants in which the rows of the duty tables are played, by kernel level.
VARIANTS = "el2", "el1"
# Words beside rules: no CPU comes to the kernel; its report just breaks off.
DEAD, ENDS = "dead", "ends"
# Why a case is not played, as it begins in a file. The second: not counted.
NO_CPU, ELSEWHERE = "no CPU has ", "played in "


class CaseError(Exception):
    """A line of a .cases file says something that cannot be."""


class Fault(NamedTuple):
    """@row is None for a fault outside the duty tables."""
    name: str
    number: int
    row: rows.Row | None = None


class Case(NamedTuple):
    """@host, @kernel: {rule: CPUs or None}; @dead, @ends: see code.cases."""
    fault: Fault
    variant: str
    host: dict
    kernel: dict
    dead: bool = False
    ends: bool = False
    why: str = ""
    # Not written down: whether the machine has the feature decides.
    default: bool = False

    @property
    def hidden(self):
        return not (self.host or self.kernel or self.dead or self.ends)

    @property
    def impossible(self):
        return self.hidden and self.why.startswith(NO_CPU)


def lines(name):
    """The lines of a .cases file that say something, with where they stand."""
    for number, line in enumerate((HERE / name).read_text().splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            yield f"{name}:{number}", line


def variants():
    """{name: (variant for bench.build, CPU, CPUs, start, which QEMU)}"""
    return {words[0]: tuple(words[1:]) for words in
            (line.split() for _, line in lines("variants.cases"))}


def code_faults():
    """The faults of include/mutation.h, numbered as the compiler does."""
    text = re.search(r"enum mutation_number {(.*?)};", HEADER.read_text(), re.S)[1]
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    number = -1
    for name, value in re.findall(r"MUTATION_(\w+)(?: = (\d+))?", text):
        number = int(value) if value else number + 1
        if name not in ("NONE", "EL3", "EL2"):
            yield Fault(name, number)


def field_names():
    """{(register, high, low): its name in boot-protocol.tsv}"""
    found = {}
    for row in table.read().values():
        for one in row.clauses:
            if match := re.match(r"\w+\.\w+", one.text):
                found[one.field] = match[0]
    return found


def row_faults():
    """The rows of the duty tables; the second of a name ends in #2."""
    names, seen = field_names(), {}
    for row in rows.rows():
        high, low = row.mask.bit_length() - 1, (row.mask & -row.mask).bit_length() - 1
        bits = f"{high}:{low}" if high != low else f"{low}"
        name = names.get(table.Field(row.register, high, low), f"{row.register}[{bits}]")
        seen[name] = seen.get(name, 0) + 1
        yield Fault(name + (f"#{seen[name]}" if seen[name] > 1 else ""), row.number, row)


def expectation(text, where):
    """{rule: CPUs}, CPUs None if they do not matter."""
    found = {}
    for word in [] if text in ("-", DEAD, ENDS) else text.split(","):
        if word == ENDS:
            continue
        rule, _, cpu = word.partition("@")
        if not table.ID.fullmatch(rule):
            raise CaseError(f"{where}: {word} is not a rule")
        found[rule] = {int(cpu)} if cpu else None
    return found


def written(name, faults, known):
    """The cases of a file, {(fault, variant): Case}."""
    found = {}
    for where, line in lines(name):
        words, _, why = line.partition(";")
        words = words.split()
        if len(words) != 4 or words[0] not in faults or words[1] not in known:
            raise CaseError(f"{where}: not a fault and a variant that there are, "
                            "and two columns of rules")
        fault, host, kernel = faults[words[0]], words[2], words[3]
        case = Case(fault, words[1], expectation(host, where),
                    expectation(kernel, where), host == DEAD,
                    ENDS in kernel.split(","), why.strip())
        if not (case.host and (case.kernel or case.ends) or case.dead or case.why):
            raise CaseError(f"{where}: why does one of the two not see it?")
        if case.why.startswith(ELSEWHERE) and not case.hidden:
            raise CaseError(f"{where}: rules that it does not turn red here")
        if found.setdefault((fault.name, words[1]), case) is not case:
            raise CaseError(f"{where}: stands twice")
    return found


def defaults(fault):
    """A duty row that no file names: its own rule, in both oracles."""
    row = fault.row
    for variant in VARIANTS:
        if row.kernel_el in (0, int(variant[-1])):
            cpus = {1} if row.same else None
            yield Case(fault, variant, {row.rule: cpus}, {row.rule: cpus},
                       default=True)


def cases():
    """Every fault in every variant in which it is played."""
    known = variants()
    code = {fault.name: fault for fault in code_faults()}
    duties = {fault.name: fault for fault in row_faults()}
    found = written("code.cases", code, known)
    unused = set(code) - {name for name, _ in found}
    if unused:
        raise CaseError(f"code.cases: no line for {' '.join(sorted(unused))}")
    found.update({(f.name, c.variant): c for f in duties.values() for c in defaults(f)})
    found.update(written("tables.cases", duties, known))
    played = [c for c in found.values() if not c.why.startswith(ELSEWHERE)]
    return sorted(played, key=lambda c: (c.variant, c.fault.number))


def feature_there(case, entry):
    """Has this CPU what the row is about, by the texts of boot-protocol.tsv?"""
    rule, row = table.read()[case.fault.row.rule], case.fault.row
    verdict = judge.judge(rule, entry)
    if verdict and verdict.kind == ABSENT:
        return False
    wheres = [one.where for one in rule.clauses
              if one.field.register == row.register and one.where
              and one.field.of(row.mask) and row.mask >> one.field.high + 1 == 0]
    return all(table.holds(where, entry.value, entry.el) is not False
               for where in [rule.present_if, *wheres])
