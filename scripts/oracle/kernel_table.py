# SPDX-License-Identifier: BSD-2-Clause
"""The conformance kernel's own table of rows, read out of its file.

The kernel is linked at address 0, so an address is an offset into
conformance.Image. The layouts are those of kernel/include/check.h and probe.h.
"""
import re
import struct
import subprocess
from pathlib import Path
from typing import NamedTuple

SCOPES = ["once", "each CPU", "each secondary", "each secondary", "once, at the end"]
CHECK = struct.Struct("<5Q")            # id, text, run, arg, scope
PROBE = struct.Struct("<2Q4I")          # stub, id, gate, gate2, by, flags
# enum probe_by: the levels from which the instruction can be tried.
BY = [(2, 1), (2,), (1,), (1,), (2, 1)]


class KernelRow(NamedTuple):
    rule: str
    text: str
    scope: str
    levels: tuple       # empty if the table does not tell


class Image:
    def __init__(self, build):
        self.data = (Path(build) / "conformance.Image").read_bytes()
        names = subprocess.run(
            ["aarch64-linux-gnu-nm", str(Path(build) / "conformance.elf")],
            check=True, capture_output=True, text=True).stdout
        self.symbols = {name: int(address, 16) for address, name in
                        re.findall(r"^(\w+) \w (\S+)$", names, re.M)}

    def string(self, address):
        return self.data[address:self.data.index(b"\0", address)].decode()

    def probe_levels(self, rule, arg):
        """The levels of a row of the probe tables, empty for other rows."""
        if not 0 < arg <= len(self.data) - PROBE.size:
            return ()
        _, name, _, _, by, _ = PROBE.unpack_from(self.data, arg)
        named = self.data[name:name + len(rule) + 1] == rule.encode() + b"\0"
        return BY[by] if named and by < len(BY) else ()


def kernel_rows(build):
    """Every row of the table, in the order of the report."""
    image = Image(build)
    start, end = image.symbols["__checks_start"], image.symbols["__checks_end"]
    for (at,) in struct.iter_unpack("<Q", image.data[start:end]):
        rule, text, _, arg, scope = CHECK.unpack_from(image.data, at)
        rule = image.string(rule)
        yield KernelRow(rule, image.string(text), SCOPES[scope],
                        image.probe_levels(rule, arg))
