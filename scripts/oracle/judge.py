# SPDX-License-Identifier: BSD-2-Clause
"""What a stopped CPU says about each rule; from docs/boot-protocol.tsv.

Nothing here comes from the loader's tables or from the kernel's: an oracle
that shares a table with what it judges shares the table's mistakes.
"""
from oracle import table
from oracle.by_hand import BY_HAND
from oracle.verdict import ABSENT, BLIND, UNBOUND, Verdict, strongest, want


def not_bound(row, entry):
    """Why the condition of a row does not hold here, or an empty text."""
    facts = entry.facts
    says = {
        "EL3 present": (facts.has_el(3), "no EL3"),
        "EL2 present": (facts.has_el(2), "no EL2"),
        "entry at EL1": (entry.el == 1, f"entered at EL{entry.el}"),
        "entry at EL2": (entry.el == 2, f"entered at EL{entry.el}"),
        "primary": (entry.primary, "a secondary"),
        "secondary": (not entry.primary, "the primary"),
    }
    for word in row.condition.split(", "):
        good, why = says.get(word, (True, ""))
        if not good:
            return why
    return ""


def clause(one, entry):
    """The verdict of one clause."""
    holds = table.holds(one.where, entry.value, entry.el)
    if holds is None:
        return Verdict(BLIND, f"{one.where}: not readable")
    if not holds:
        return Verdict(ABSENT if "ID_" in one.where else UNBOUND, f"not {one.where}")
    level = int(one.field.register[-1])
    if not entry.facts.has_el(level):
        return Verdict(UNBOUND, f"no EL{level}")
    raw = entry.value(one.field.register)
    if raw is None:
        return Verdict(BLIND, f"{one.field.register} is not shown")
    found, text = one.field.of(raw), f"{one.field.register} = {raw:#x}"
    if one.same:
        return same(one, entry, found, text)
    if one.other is None:
        return want(found in one.values, text)
    other = entry.value(one.other.register)
    if other is None:
        return Verdict(BLIND, f"{one.other.register} is not shown")
    return want(found == one.other.of(other),
                f"{text}, {one.other.register} = {other:#x}")


def same(one, entry, found, text):
    """As on the first CPU, or as when this CPU came first."""
    if one.same == "the same as long as the kernel runs":
        if entry.first is entry:
            return Verdict(UNBOUND, "the first entry, nothing to compare")
        before = entry.first
    else:
        before = entry.boot
    reference = one.field.of(before.value(one.field.register))
    return want(found == reference, f"{text}, wanted {reference:#x}")


def judge(row, entry):
    """The verdict of one row at one entry, None if the host never sees it."""
    by_hand, clauses = BY_HAND.get(row.id), row.clauses
    if not (by_hand or clauses):
        return None
    if why := not_bound(row, entry):
        return Verdict(UNBOUND, why)
    present = table.holds(row.present_if, entry.value, entry.el)
    if not present:
        return Verdict(BLIND if present is None else ABSENT, row.present_if)
    if by_hand:
        return by_hand(entry)
    return strongest([clause(one, entry) for one in clauses])


def rows_seen(rows):
    """The rows about which the host can say anything at all."""
    return [r for r in rows.values() if r.id in BY_HAND or r.clauses]


def verdicts(rows, entries):
    """{(row ID, CPU): verdict} over all entries of each CPU."""
    found = {}
    for entry in entries:
        for row in rows.values():
            if verdict := judge(row, entry):
                found.setdefault((row.id, entry.cpu), []).append(verdict)
    return {key: strongest(list_) for key, list_ in found.items()}


def registers(rows):
    """Every register that a verdict may need, to be read at each entry."""
    names = set()
    for row in rows.values():
        conditions = [row.present_if]
        for one in row.clauses:
            names |= {one.field.register} | ({one.other.register} if one.other else set())
            conditions.append(one.where)
        for condition in conditions:
            names |= {term[1].register for way in table.terms(condition)
                      for term in way if term[0] != "entry"}
    return names
