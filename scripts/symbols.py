# SPDX-License-Identifier: BSD-2-Clause
"""Names for the monitor's addresses in a crash report.

The resident monitor has no room for its own names, so its report says
monitor+0x1338; the host has aglet.elf and says which function that is.
"""
import bisect
import os
import re
import subprocess

import qemu

OFFSET = re.compile(r"\bmonitor\+0x([0-9a-f]+)")


def functions(build):
    """[(address, name)] of aglet.elf, sorted; empty without the tools."""
    tool = (qemu.variable("CROSS_COMPILE") or "aarch64-linux-gnu-") + "nm"
    elf = os.path.join(build, "aglet.elf")
    try:
        text = subprocess.run([tool, elf], capture_output=True, text=True,
                              check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return []
    return sorted((int(address, 16), name) for address, name in
                  re.findall(r"^([0-9a-f]+) [tT] (\w+)", text, re.M))


def explain(build, lines):
    """Lines that name each monitor+0x... of a console, once each."""
    offsets = list(dict.fromkeys(m for line in lines
                                 for m in OFFSET.findall(line)))
    base = qemu.read_config(build).get("CONFIG_MONITOR_ADDR")
    names = functions(build) if offsets and base else []
    for text in offsets if names else []:
        address = int(base, 0) + int(text, 16)
        at, name = names[bisect.bisect_right(names, (address, "~")) - 1]
        yield f"monitor+0x{text} is {name}+{address - at:#x}"
