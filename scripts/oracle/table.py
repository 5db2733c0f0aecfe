# SPDX-License-Identifier: BSD-2-Clause
"""docs/boot-protocol.tsv: every rule, and what of it a register can show.

The columns `required` and `present_if` are written for people and for this
file. A requirement on registers is one or more clauses, separated by `; `:

    SCR_EL3.APK (bit 16) = 1
    MDCR_EL3.SBRBE (bits 33:32) = 0b01 or 0b11
    ZCR_EL3.LEN (bits 3:0) = the same on all CPUs
    VTTBR_EL2 = 0
    MDCR_EL2.HPMN (bits 4:0) = PMCR_EL0.N (bits 15:11) where <condition>

A condition is made of `ID_AA64PFR1_EL1.SME [27:24] >= 1` (also !=, =) and
`entry at EL1`, joined with `and`, which binds tighter, and `or`.
"""
import re
from pathlib import Path
from typing import NamedTuple

TSV = Path(__file__).resolve().parents[2] / "docs/boot-protocol.tsv"
COLUMNS = ["id", "condition", "required", "set_by", "at_el2", "at_el1",
           "present_if", "qemu"]
# What QEMU has of a row: yes, only the newest we use, no such feature, the
# register reads as constant, or a violation changes nothing there.
QEMU_WORDS = {"yes", "new", "no feature", "constant", "silent"}
ID = re.compile(r"\b(?:BP-[A-Z0-9]+|BX|HO|PS|SM)-\d\d\b")

REGISTER = r"[A-Z][A-Z0-9_]*_EL[0-3]"
BITS = r"\(bits? (\d+)(?::(\d+))?\)"
CLAUSE = re.compile(rf"({REGISTER})(?:\.\w+ {BITS})? = (.*)")
OPERAND = re.compile(rf"({REGISTER})(?:\.\w+ {BITS})?")
TERM = re.compile(r"(\w+)\.\w+ \[(\d+):(\d+)\] (>=|!=|=) (\d+)")


class TableError(Exception):
    """The table says something that nobody understands."""


class Field(NamedTuple):
    """Bits high:low of a register."""
    register: str
    high: int = 63
    low: int = 0

    def of(self, value):
        return value >> self.low & (1 << self.high - self.low + 1) - 1


class Clause(NamedTuple):
    """@field must be one of @values, as @other, or as it was: @same."""
    text: str
    field: Field
    values: tuple
    other: Field | None
    same: str
    where: str


class Row(NamedTuple):
    id: str
    condition: str
    required: str
    set_by: str
    at_el2: str
    at_el1: str
    present_if: str
    qemu: str

    @property
    def clauses(self):
        """The requirement as clauses; empty if it is not one on registers."""
        found = [clause(text) for text in self.required.split("; ")]
        return found if all(found) else []


def field(register, high, low):
    return Field(register, *(int(n) for n in (high, low or high) if n is not None))


def clause(text):
    """One clause, None for prose."""
    body, _, where = text.partition(" where ")
    match = CLAUSE.fullmatch(body)
    if not match:
        return None
    what, value = field(*match.groups()[:3]), match[4]
    if value.startswith("the same "):
        return Clause(text, what, (), None, value, where)
    if other := OPERAND.fullmatch(value):
        return Clause(text, what, (), field(*other.groups()), "", where)
    numbers = value.split(" or ")
    if not all(re.fullmatch(r"0b[01]+|\d+", n) for n in numbers):
        return None
    return Clause(text, what, tuple(int(n, 0) for n in numbers), None, "", where)


def terms(condition):
    """[[term]]: alternatives of conjunctions, as tuples for holds()."""
    if condition in ("", "-"):
        return [[]]
    return [[term(text) for text in way.split(" and ")]
            for way in condition.split(" or ")]


def term(text):
    if match := re.fullmatch(r"entry at EL([12])", text):
        return ("entry", int(match[1]))
    if not (match := TERM.fullmatch(text)):
        raise TableError(f"'{text}' is not a condition")
    return (match[4], Field(match[1], int(match[2]), int(match[3])), int(match[5]))


def holds(condition, value_of, entry_el):
    """True or False; None if a register that decides cannot be read.

    @value_of(register name): its value or None.
    """
    unknown = False
    for way in terms(condition):
        verdicts = [one_holds(t, value_of, entry_el) for t in way]
        if all(verdicts):
            return True
        unknown |= False not in verdicts
    return None if unknown else False


def one_holds(parsed, value_of, entry_el):
    if parsed[0] == "entry":
        return entry_el == parsed[1]
    sign, what, number = parsed
    if (value := value_of(what.register)) is None:
        return None
    found = what.of(value)
    return {">=": found >= number, "=": found == number, "!=": found != number}[sign]


def read(path=TSV):
    """{id: Row} in the order of the file; every column is understood."""
    lines = path.read_text().splitlines()
    if lines[0].split("\t") != COLUMNS:
        raise TableError(f"{path.name}:1: the columns are {' '.join(COLUMNS)}")
    rows = {}
    for number, line in enumerate(lines[1:], 2):
        where = f"{path.name}:{number}"
        words = line.split("\t")
        if len(words) != len(COLUMNS) or not all(words):
            raise TableError(f"{where}: {len(words)} columns, not {len(COLUMNS)}, "
                             "or an empty one")
        row = Row(*words)
        if not ID.fullmatch(row.id) or row.id in rows:
            raise TableError(f"{where}: {row.id} is no ID, or stands twice")
        if row.qemu not in QEMU_WORDS:
            raise TableError(f"{where}: {row.qemu} is none of {sorted(QEMU_WORDS)}")
        for condition in [row.present_if, *(c.where for c in row.clauses)]:
            terms(condition)
        rows[row.id] = row
    return rows
