# SPDX-License-Identifier: BSD-2-Clause
"""Verdicts, and how several about the same row and CPU become one."""
from typing import NamedTuple

# From the strongest to the weakest: of several verdicts the strongest stays.
NOT_OK, OK, ABSENT, UNBOUND, BLIND = KINDS = (
    "not ok", "ok", "feature absent", "not bound", "not seen")


class Verdict(NamedTuple):
    """@kind of KINDS; @text: what was found, or why there is no verdict."""
    kind: str
    text: str = ""

    @property
    def judges(self):
        return self.kind in (OK, NOT_OK)


def want(good, text):
    return Verdict(OK if good else NOT_OK, text)


def strongest(verdicts):
    return min(verdicts, key=lambda v: KINDS.index(v.kind))
