# SPDX-License-Identifier: BSD-2-Clause
"""One tampered file, and what must become of it."""
from dataclasses import dataclass

# Refused; or refused or nothing that counts is changed; or accepted.
MUST, MAY, GOOD = "must be refused", "must be refused or change nothing", "must be accepted"


@dataclass
class Case:
    group: str          # what kind of change: a line of the summary
    name: str
    data: bytes
    original: str       # name of the one that it was made from
    want: str = MUST
    again: bytes = b""  # what a lying disk says to who reads a byte once more
