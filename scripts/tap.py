#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""The conformance report as the console shows it, and the verdict on it."""
import re

PLAN = re.compile(r"^1\.\.(\d+)$")
ROW = re.compile(r"^(ok|not ok) (\d+) - (.*)$")
PROBE = re.compile(r"^# probe (\S+)(?: (cpu\d+))?")
SUMMARY = re.compile(r"^SUMMARY: (\d+) ok, (\d+) not ok, (\d+) skipped")
OK, NOT_OK, SKIPPED = range(3)


def is_report(text):
    """A line that belongs to the report, not to whoever else has a console."""
    return any(p.match(text) for p in (PLAN, ROW, PROBE, SUMMARY))


def row_id(text):
    """The rule's ID in the text of a row."""
    return text.split(" ", 1)[0]


def group(rule):
    """BP-CPU-02 belongs to CPU, HO-08 to HO."""
    words = rule.split("-")
    return words[1] if words[0] == "BP" and len(words) > 1 else words[0]


class Report:
    """Feed it lines in order; ask it for problems when the machine ended."""

    def __init__(self):
        self.plan = None
        self.rows = {}
        self.summary = None
        self.double = []
        self.probe = None       # (ID, CPU or None): announced, no row yet
        self.last = None        # number of the newest row

    def line(self, text):
        text = text.strip("\r\n")
        if match := PLAN.match(text):
            self.double += ["a second plan"] if self.plan is not None else []
            self.plan = int(match[1])
        elif match := ROW.match(text):
            number = int(match[2])
            self.double += [f"row {number} twice"] if number in self.rows else []
            self.rows[number] = (match[1] == "ok", match[3])
            self.probe, self.last = None, number
        elif match := PROBE.match(text):
            self.probe = match.groups()
        elif match := SUMMARY.match(text):
            self.double += ["a second summary"] if self.summary else []
            self.summary = tuple(int(n) for n in match.groups())

    @staticmethod
    def verdict(row):
        good, text = row
        return NOT_OK if not good else SKIPPED if "# SKIP" in text else OK

    def counts(self):
        """(ok, not ok, skipped), counted from the rows themselves."""
        verdicts = [self.verdict(row) for row in self.rows.values()]
        return tuple(verdicts.count(v) for v in (OK, NOT_OK, SKIPPED))

    def groups(self):
        """{group: [ok, not ok, skipped]} in the order of the report."""
        found = {}
        for row in self.rows.values():
            counts = found.setdefault(group(row_id(row[1])), [0, 0, 0])
            counts[self.verdict(row)] += 1
        return found

    def failures(self):
        """The text of each row that is not ok, by number."""
        return [f"not ok {n} - {text}"
                for n, (ok, text) in sorted(self.rows.items()) if not ok]

    def whereabouts(self):
        """What a report that breaks off said last."""
        if self.probe:
            rule, cpu = self.probe
            return f"it broke off in the probe of {rule}" + \
                (f" on {cpu}" if cpu else "")
        if self.last is not None:
            return f"it broke off behind {self.last} - {self.rows[self.last][1]}"
        return "it broke off behind its plan"

    def missing(self):
        """The numbers of the plan that have no row."""
        return sorted(set(range(1, self.plan + 1)) - set(self.rows))

    def broken(self):
        """Why this report cannot be believed, whatever its rows say."""
        if self.plan is None:
            return ["no report: the kernel printed no plan (1..N)"]
        found = list(self.double)
        missing = self.missing()
        if missing:
            end = "" if self.summary else f"; {self.whereabouts()}"
            found.append(f"{len(missing)} of {self.plan} rows did not come, "
                         f"the first is {missing[0]}{end}")
        if len(self.rows) > self.plan - len(missing):
            found.append("rows beyond the plan")
        if self.plan == 0 or self.counts()[0] == 0:
            found.append("not one row is ok")
        if self.summary is None:
            found.append("no SUMMARY line")
        elif self.summary != self.counts():
            found.append("SUMMARY says %d ok, %d not ok, %d skipped" % self.summary
                         + "; the rows say %d, %d, %d" % self.counts())
        return found

    def problems(self):
        """Every reason why this report is not green; empty when it is."""
        return self.broken() + self.failures()
