#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""The conformance report as the console shows it, and the verdict on it."""
import re

PLAN = re.compile(r"^1\.\.(\d+)$")
ROW = re.compile(r"^(ok|not ok) (\d+) - (.*)$")
SUMMARY = re.compile(r"^SUMMARY: (\d+) ok, (\d+) not ok, (\d+) skipped")


class Report:
    """Feed it lines in order; ask it for problems when the machine ended."""

    def __init__(self):
        self.plan = None
        self.rows = {}
        self.summary = None
        self.double = []

    def line(self, text):
        text = text.strip("\r\n")
        if match := PLAN.match(text):
            self.double += ["a second plan"] if self.plan is not None else []
            self.plan = int(match[1])
        elif match := ROW.match(text):
            number = int(match[2])
            self.double += [f"row {number} twice"] if number in self.rows else []
            self.rows[number] = (match[1] == "ok", match[3])
        elif match := SUMMARY.match(text):
            self.double += ["a second summary"] if self.summary else []
            self.summary = tuple(int(n) for n in match.groups())

    def counts(self):
        """(ok, not ok, skipped), counted from the rows themselves."""
        skipped = sum(ok and "# SKIP" in text for ok, text in self.rows.values())
        good = sum(ok for ok, _ in self.rows.values()) - skipped
        return good, len(self.rows) - good - skipped, skipped

    def problems(self):
        """Every reason why this report is not green; empty when it is."""
        if self.plan is None:
            return ["no report: the kernel printed no plan (1..N)"]
        found = list(self.double)
        missing = sorted(set(range(1, self.plan + 1)) - set(self.rows))
        if missing:
            found.append(f"{len(missing)} of {self.plan} rows did not come, "
                         f"the first is {missing[0]}")
        if len(self.rows) > self.plan - len(missing):
            found.append("rows beyond the plan")
        found += [f"not ok {n} - {text}"
                  for n, (ok, text) in sorted(self.rows.items()) if not ok]
        if self.plan == 0 or self.counts()[0] == 0:
            found.append("not one row is ok")
        if self.summary is None:
            found.append("no SUMMARY line")
        elif self.summary != self.counts():
            found.append("SUMMARY says %d ok, %d not ok, %d skipped" % self.summary
                         + "; the rows say %d, %d, %d" % self.counts())
        return found
