# SPDX-License-Identifier: BSD-2-Clause
"""The kernel's own verdicts, as its report on the console gives them."""
import re

import tap
from oracle.verdict import (ABSENT, BLIND, NOT_OK, OK, UNBOUND, Verdict, strongest)

ROW = re.compile(r"(\S+) (.*?)(?: cpu(\d+))?$")
# Reasons of a skip that say: the rule does not bind here. All others: not seen.
NO_BINDING = re.compile(r"no EL[23]|entered at EL[12]")


class Console(tap.Report):
    """A report that keeps its lines."""

    def __init__(self):
        super().__init__()
        self.lines = []

    def line(self, text):
        self.lines.append(text)
        super().line(text)

    def verdicts(self):
        """{(row ID, CPU): Verdict}; rows that name no CPU are about CPU 0.

        The row whose probe ended the report is not ok, too.
        """
        found = {}
        for good, text in self.rows.values():
            if match := ROW.match(text):
                key = (match[1], int(match[3] or 0))
                found.setdefault(key, []).append(verdict(good, match[2]))
        if self.probe and self.summary is None:
            key = (self.probe[0], int((self.probe[1] or "cpu0")[3:]))
            found.setdefault(key, []).append(Verdict(NOT_OK, "it never came back"))
        return {key: strongest(list_) for key, list_ in found.items()}


def verdict(good, text):
    if not good:
        return Verdict(NOT_OK, text)
    if not text.startswith("# SKIP "):
        return Verdict(OK, text)
    why = text.removeprefix("# SKIP ")
    if why == "feature absent":
        return Verdict(ABSENT, why)
    return Verdict(UNBOUND if NO_BINDING.search(why) else BLIND, why)
