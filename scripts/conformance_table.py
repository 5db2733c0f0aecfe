#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""Writes the table of docs/conformance.md: who checks each rule, and how.

The rules are those of docs/boot-protocol.tsv. A rule has a verdict by the
kernel's table in a built conformance.elf, by the host oracle, by a test that
docs/conformance.tsv names, by a row of the duty tables (unit tests), or a
reason there why nothing can be seen. Status 1 if a rule has none, if somebody
uses an ID that is not in the table, if a test is gone, or, with --check, if
the page is not what would be written.
"""
import argparse
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from oracle import judge, table
from oracle.kernel_table import kernel_rows

TOP = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TOP / "tests/mutations"))
import rows as duty_rows

PAGE, DATA = TOP / "docs/conformance.md", TOP / "docs/conformance.tsv"
BEGIN, END = "<!-- rules: begin -->", "<!-- rules: end -->"
# Every row of the duty tables is held to a list of facts by this test.
DUTY_TEST = "tests/unit/test_duty_facts.c::duty_rows_are_the_facts"
SOURCES = ["kernel", "arch", "boot", "boards", "drivers", "lib", "include", "docs",
           "README.md"]
INTRO = """\
## Who checks which rule

Written by `make conformance-table` from [boot-protocol.tsv](boot-protocol.tsv),
the kernel's own table in `conformance.elf`, the host oracle's, the duty tables
and [conformance.tsv](conformance.tsv); `make check-config` holds it to them.
The two oracles are told in [testing.md](testing.md#two-oracles). *Levels* are the
exception levels of the kernel at which the row can be judged. *Unit* means a
row of the duty tables, which `{duty}`
holds to a list of facts at every value of the ID field. *QEMU* is what the two
versions of the test-suite have: the feature in both, only in the `new` one, no
such feature, a register that reads as a constant, or no effect that could be
seen (`silent`). A rule whose feature no emulator has is checked wherever it is
there; until then only its unit test has run. A rule that QEMU never breaks is
checked, but here the check cannot turn red."""


class Extra(NamedTuple):
    """A line of docs/conformance.tsv for one rule."""
    kind: str
    where: str
    why: str


class Error(Exception):
    """The table cannot be written: file, reason."""


def check_test(where):
    """The test is there: a function, a TEST() or a line of a .cases file."""
    path, _, name = where.partition("::")
    text = (TOP / path).read_text() if (TOP / path).is_file() else ""
    pattern = {".py": rf"^def {re.escape(name)}\(",
               ".c": rf"^TEST(?:_APART)?\({re.escape(name)}\)",
               ".cases": rf"^{re.escape(name)}\s"}.get(Path(path).suffix)
    if not (name and pattern and re.search(pattern, text, re.M)):
        raise Error(f"{DATA.name}: there is no test {where}")


def read_extras(rules, path=DATA):
    """{rule: [Extra]}; each line names rules that exist and a test that does."""
    found = {}
    for number, line in enumerate(path.read_text().splitlines()[1:], 2):
        words = line.split("\t")
        if len(words) != 4 or words[1] not in ("test", "blind", "broken"):
            raise Error(f"{path.name}:{number}: not rules, kind, where, why")
        if words[1] == "test":
            check_test(words[2])
        for rule in words[0].split():
            if rule not in rules:
                raise Error(f"{path.name}:{number}: there is no rule {rule}")
            found.setdefault(rule, []).append(Extra(*words[1:]))
    return found


def unknown_ids(rules):
    """Where a source uses an ID that is not in the table."""
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", *SOURCES],
                            cwd=TOP, check=True, capture_output=True, text=True).stdout
    for name in listed.splitlines():
        path = TOP / name
        if path.is_file() and path != PAGE:
            for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1):
                for rule in sorted(set(table.ID.findall(line)) - set(rules)):
                    yield f"{name}:{number}: {rule} is not in {table.TSV.name}"


class Sources(NamedTuple):
    """Everything that may give a rule its verdict."""
    rules: dict
    kernel: dict        # rule: [KernelRow]
    host: set
    duties: dict        # rule: {register}
    extras: dict        # rule: [Extra]


def collect(build):
    rules = table.read()
    kernel, duties = {}, {}
    for row in kernel_rows(build):
        kernel.setdefault(row.rule, []).append(row)
    for row in duty_rows.rows():
        duties.setdefault(row.rule, set()).add(row.register)
    host = {row.id for row in judge.rows_seen(rules)}
    check_test(DUTY_TEST)
    wrong = sorted((set(kernel) | set(duties)) - set(rules))
    if wrong:
        raise Error(f"not in {table.TSV.name}: {' '.join(wrong)}")
    return Sources(rules, kernel, host, duties, read_extras(rules))


def verdict(rule, s):
    """Who judges a rule, in one word or two; empty if nobody does."""
    qemu = s.rules[rule].qemu
    absent = qemu == "no feature"
    kinds = {extra.kind for extra in s.extras.get(rule, [])}
    if "broken" in kinds:
        return "not kept"
    if rule in s.kernel:
        return {"no feature": "kernel, no emulator has it",
                "constant": "kernel, QEMU never breaks it",
                "silent": "kernel, QEMU never breaks it"}.get(qemu, "kernel")
    if rule in s.host and not absent:
        return "host oracle"
    if "test" in kinds:
        return "test"
    if rule in s.duties:
        return "unit test only"
    return "not observable" if "blind" in kinds else ""


def levels(row, rule):
    """The levels at which a kernel's row can be judged, as the table says."""
    if row.levels:
        return row.levels
    at_el2, at_el1 = rule.at_el2, rule.at_el1.replace("=", rule.at_el2)
    blind = ("n.a.", "-")
    return [el for el, text in ((2, at_el2), (1, at_el1))
            if f"entry at EL{3 - el}" not in rule.condition and text[:4] not in blind]


def kernel_cell(rule, s):
    told = {}
    for row in s.kernel.get(rule, []):
        at = "/".join(f"EL{n}" for n in levels(row, s.rules[rule])) or "-"
        told.setdefault(f"{row.scope}, {at}", []).append(row.text)
    return "<br>".join(f"{'; '.join(dict.fromkeys(texts))} ({where})"
                       for where, texts in told.items()) or "-"


def host_cell(rule, s):
    if rule not in s.host:
        return "-"
    one = s.rules[rule]
    names = dict.fromkeys(c.field.register for c in one.clauses)
    hidden = all(name.startswith("ICC_") for name in names) and names
    return f"{', '.join(names) or 'by hand'}{' (not shown by QEMU)' if hidden else ''}"


def other_cell(rule, s):
    cells = [f"`{e.where}`: {e.why}" if e.kind == "test" else e.why
             for e in s.extras.get(rule, [])]
    if rule in s.duties:
        cells.append(f"unit: {', '.join(sorted(s.duties[rule]))}")
    return "<br>".join(cells) or "-"


def lines_of(cells):
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def page_section(s):
    """The text between our markers, and the rules without a verdict."""
    verdicts = {rule: verdict(rule, s) for rule in s.rules}
    lines = [BEGIN, INTRO.format(duty=DUTY_TEST), "",
             lines_of(["rule", "verdict", "kernel's rows (where, levels)",
                       "host oracle", "other tests, reasons", "QEMU"]),
             lines_of(["---"] * 6)]
    for rule, row in s.rules.items():
        lines.append(lines_of([rule, verdicts[rule] or "**none**", kernel_cell(rule, s),
                               host_cell(rule, s), other_cell(rule, s), row.qemu]))
    lines += ["", lines_of(["verdict", "rules"]), lines_of(["---"] * 2)]
    count = Counter(filter(None, verdicts.values()))
    lines += [lines_of([name, str(n)]) for name, n in count.most_common()]
    missing = [rule for rule, found in verdicts.items() if not found]
    lines += ["", f"rows: {len(verdicts) - len(missing)} with a verdict, "
              f"{len(missing)} without", END]
    return "\n".join(lines), missing


def with_section(page, section):
    """@page with @section between our markers; all else stays."""
    before, begin, rest = page.partition(BEGIN)
    if begin:
        return before + section + rest.partition(END)[2]
    title, _, rest = page.partition("\n")
    return f"{title}\n\n{section}\n{rest}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--build", default="build", help="folder of conformance.elf")
    parser.add_argument("--check", action="store_true", help="write nothing")
    args = parser.parse_args()
    try:
        sources = collect(args.build)
        section, missing = page_section(sources)
    except (Error, table.TableError) as error:
        print(f"conformance-table: error: {error}", file=sys.stderr)
        return 1
    problems = [f"{rule} has no verdict" for rule in missing]
    problems += unknown_ids(sources.rules)
    page = with_section(PAGE.read_text(), section)
    if not args.check:
        PAGE.write_text(page)
    elif page != PAGE.read_text():
        problems.append(f"docs/{PAGE.name} is out of date: run make conformance-table")
    for problem in problems:
        print(f"conformance-table: {problem}", file=sys.stderr)
    print(section.splitlines()[-2])
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
